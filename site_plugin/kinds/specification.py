"""Writes the reference from the engine's data: a fence ``specification`` says which part of it.

    ```specification
    show: messages
    of: http
    ```

The fence becomes Markdown with headings of its own, so that contents and search find every type;
each key has an anchor (``#http-response-start-status``), to which the demos link.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple

import yaml

from asgiscope.reference.specification import in_language, specification
from site_plugin.fences import Place, RawFence, replaced
from site_plugin.reference_html import SECTIONS
from site_plugin.registry import Context, Kind, register

NAME: Final = "specification"


class Part(NamedTuple):
    """What a fence asks for: one of SECTIONS, and of what."""

    show: str
    of: str


def read(fence: RawFence, place: Place) -> Part:
    """What a fence asks for. Raises :class:`FenceError` for what it cannot mean."""
    try:
        wanted = yaml.safe_load(fence.text)
    except yaml.YAMLError:
        wanted = None
    if not isinstance(wanted, dict) or set(wanted) != {"show", "of"}:
        raise place.error(fence.start, "write this fence as two lines:  show: ...  and  of: ...")
    part = Part(str(wanted["show"]), str(wanted["of"]))
    if part.show not in SECTIONS:
        raise place.error(fence.start, f"show: one of {', '.join(SECTIONS)}")
    return part


def render(part: Part, at: Context) -> str:
    """The part as Markdown. Raises :class:`FenceError` when there is nothing of it."""
    text = SECTIONS[part.show](_data(at.language), part.of, at.language)
    if not text:
        raise at.error(f"of: there is nothing of {part.of!r} to show")
    return text


def expand(markdown: str, language: str, place: Place) -> str:
    """The page with each fence written out, for whoever wants all its diagrams."""

    def write(fence: RawFence) -> str | None:
        if fence.language != NAME:
            return None
        return render(read(fence, place), Context(fence, place, language))

    return replaced(markdown, write)


@cache
def _data(language: str) -> dict[str, Any]:
    data: dict[str, Any] = in_language(specification(), language)
    return data


register(Kind(NAME, read, render))
