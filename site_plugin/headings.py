"""Lets long names in headings be broken where a reader would: behind a dot, not inside a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

HEADING: Final = re.compile(r"<h[1-6].*?</h[1-6]>", re.S)
TAG_OR_DOT: Final = re.compile(r"<[^>]*>|(?<=\w)\.(?=[A-Za-z_])")


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return HEADING.sub(lambda heading: with_breaks(heading[0]), html)


def with_breaks(heading: str) -> str:
    """The heading's HTML, with a place to break behind each dot inside a name."""
    return TAG_OR_DOT.sub(lambda found: ".<wbr>" if found[0] == "." else found[0], heading)
