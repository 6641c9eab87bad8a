"""Writes the reference from the engine's data: a fence ``specification`` says which part of it.

    ```specification
    show: messages
    of: http
    ```

The fence becomes Markdown with headings of its own, so that contents and search find every type;
each key has an anchor (``#http-response-start-status``), to which the demos link.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

PROJECT: Final = Path(__file__).resolve().parent.parent
if str(PROJECT) not in sys.path:  # mkdocs loads hooks by path, from anywhere
    sys.path.insert(0, str(PROJECT))

import yaml  # noqa: E402
from mkdocs.exceptions import PluginError  # noqa: E402

from asgiscope.reference.specification import in_language, specification  # noqa: E402
from hooks.fences import FenceError, Place, RawFence, place_of, replaced  # noqa: E402
from hooks.reference_html import SECTIONS  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

NAME: Final = "specification"


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    try:
        return expand(markdown, config.extra["language"], place_of(page, markdown))
    except FenceError as error:
        raise PluginError(str(error)) from None


def expand(markdown: str, language: str, place: Place) -> str:
    """The page with each fence written out. Raises :class:`FenceError` for what it cannot mean."""
    return replaced(markdown, NAME, lambda fence: _section(fence, language, place).split("\n"))


def _section(fence: RawFence, language: str, place: Place) -> str:
    try:
        wanted = yaml.safe_load(fence.text)
    except yaml.YAMLError:
        wanted = None
    if not isinstance(wanted, dict) or set(wanted) != {"show", "of"}:
        raise place.error(fence.start, "write this fence as two lines:  show: ...  and  of: ...")
    write = SECTIONS.get(wanted["show"])
    if write is None:
        raise place.error(fence.start, f"show: one of {', '.join(SECTIONS)}")
    text = write(_data(language), str(wanted["of"]), language)
    if not text:
        raise place.error(fence.start, f"of: there is nothing of {wanted['of']!r} to show")
    return text


@cache
def _data(language: str) -> dict[str, Any]:
    data: dict[str, Any] = in_language(specification(), language)
    return data
