"""Numbers the figures of the book: "图 3-2" is the second figure of the third chapter.

Demos and diagrams share one count per page. A page's chapter is its place in the navigation after
the home page, whose own figures have no chapter.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from common.words import words

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

EMPTY: Final = '<span class="figure-number"></span>'
FILLED: Final = '<span class="figure-number">{number}</span>'


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    for chapter, page in enumerate(nav.pages):
        page.chapter = chapter  # type: ignore[attr-defined]


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    chapter = getattr(page, "chapter", 0)
    first, *rest = html.split(EMPTY)
    numbered = [first]
    for count, part in zip(itertools.count(1), rest, strict=False):
        number = f"{chapter}-{count}" if chapter else str(count)
        label = words(config.extra["language"]).FIGURE.format(number=number)
        numbered += [FILLED.format(number=label), part]
    return "".join(numbered)
