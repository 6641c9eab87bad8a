"""Lets what may be wider than a phone be scrolled by keyboard too: code blocks and tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from common.words import words

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

CODE: Final = re.compile(r'(<div class="[^"]*highlight[^"]*"><pre>(?:<span></span>)?<code)>')
TABLE: Final = re.compile(r"<table>.*?</table>", re.S)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    label = words(config.extra["language"]).TABLE
    html = CODE.sub(r'\1 tabindex="0">', html)
    return TABLE.sub(
        lambda table: (
            f'<div class="table" role="group" aria-label="{label}" tabindex="0">{table[0]}</div>'
        ),
        html,
    )
