"""Finds fenced blocks in Markdown, and says where in the file they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.exceptions import PluginError

from common.places import ROOT

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

OPENING: Final = re.compile(r"^(?P<indent>[ \t]*)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>.*)$")


class FenceError(PluginError):
    """A mistake in a page; the text begins with ``docs/...md:LINE``, and MkDocs ends with it."""

    def __init__(self, page: str, line: int, text: str) -> None:
        super().__init__(f"{page}:{line}: {text}")


@dataclass(frozen=True)
class Place:
    """A page's file as messages name it, and the line of the file before its Markdown begins."""

    page: str
    offset: int

    def error(self, index: int, text: str) -> FenceError:
        """A mistake in the Markdown's line ``index``, from 0."""
        return FenceError(self.page, self.offset + index + 1, text)


@dataclass(frozen=True)
class RawFence:
    """A fenced block: its language, its indent and marks, its lines from 0 (end excluded)."""

    language: str
    indent: str
    ticks: str
    start: int
    end: int
    text: str
    closed: bool


def scan(markdown: str) -> Iterator[RawFence]:
    """The outermost fenced blocks of a page, in order."""
    lines = markdown.split("\n")
    index = 0
    while index < len(lines):
        opening = OPENING.match(lines[index])
        if opening is None:
            index += 1
            continue
        last = _closing_line(lines, index, opening["ticks"])
        yield RawFence(
            language=(opening["info"].split() or [""])[0],
            indent=opening["indent"],
            ticks=opening["ticks"],
            start=index,
            end=min(last + 1, len(lines)),
            text="\n".join(lines[index + 1 : last]),
            closed=last < len(lines),
        )
        index = last + 1


def replaced(markdown: str, write: Callable[[RawFence], str | None]) -> str:
    """The page with what ``write`` gives in place of each fence; None leaves the fence there."""
    lines = markdown.split("\n")
    for fence, text in reversed([(fence, write(fence)) for fence in scan(markdown)]):
        if text is not None:
            lines[fence.start : fence.end] = ["", *text.split("\n"), ""]
    return "\n".join(lines)


def _closing_line(lines: list[str], start: int, ticks: str) -> int:
    closing = re.compile(rf"^[ \t]*{re.escape(ticks[0])}{{{len(ticks)},}}[ \t]*$")
    for index in range(start + 1, len(lines)):
        if closing.match(lines[index]):
            return index
    return len(lines)


def place_of(page: Page, markdown: str) -> Place:
    """Where the Markdown of a page, as MkDocs hands it on, stands in the page's file."""
    path = Path(page.file.abs_src_path or page.file.src_uri)
    whole = page.file.content_string
    offset = whole[: whole.rfind(markdown)].count("\n") if markdown in whole else 0
    base = ROOT if path.is_relative_to(ROOT) else path.parents[2]
    return Place(path.relative_to(base).as_posix(), offset)
