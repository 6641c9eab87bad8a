"""The arrows and marks of the demos' figures (runtime/view/chart.ts has the same shapes)."""

from __future__ import annotations

import re
from typing import Final

from drawing.parsed import Message
from drawing.picture import Point, Stroke

CLEAR: Final = 3.0  # px between a tip and the lane that it points to
AWAY: Final = 5.0  # px between a lane and the arrow that leaves it
_LONG: Final = 9.0  # px, a tip
_HALF: Final = 4.5
_RECEIVE: Final = re.compile(r"(await )?receive\(\)")
_CALL: Final = re.compile(r"(await )?app\(")


def kind_of(message: Message, rightwards: bool) -> str:
    """What an arrow is, as the demos have it; Mermaid knows only whether it is dashed.

    An answer to the right is what receive() returns, an answer to the left is a return.
    """
    if message.tip == "cross":
        return "raise"
    if _RECEIVE.fullmatch(message.text) or (message.line == "solid" and message.tip == "open"):
        return "receive"
    if _CALL.match(message.text):
        return "call"
    if message.tip == "none":
        return "line" if message.line == "solid" else "dashed"
    if message.line == "dashed":
        return "event" if rightwards else "return"
    return "send"


def arrow(kind: str, start: float, end: float, y: float) -> tuple[Stroke, ...]:
    """A level arrow from one lane to another."""
    way = 1 if end > start else -1
    if kind in ("line", "dashed"):
        return (Stroke("shaft", (((start + way * AWAY, y), (end - way * AWAY, y)),)),)
    head = tip(kind, (end - way * CLEAR, y), way)
    back = CLEAR if kind in OPEN else CLEAR + _LONG - 1
    rows = (y - 1, y + 1) if kind == "call" else (y,)
    runs = tuple(((start + way * AWAY, row), (end - way * back, row)) for row in rows)
    return Stroke("shaft", runs), head


OPEN: Final = frozenset({"receive", "event", "return"})


def tip(kind: str, point: Point, way: int) -> Stroke:
    """An arrow's head: filled for what is sent, open for what is received, a cross for an error."""
    x, y = point
    back = x - way * _LONG
    if kind == "raise":
        one, other = ((back, y - _HALF), (x, y + _HALF)), ((back, y + _HALF), (x, y - _HALF))
        return Stroke("tip", (one, other))
    points = ((back, y - _HALF), (x, y), (back, y + _HALF))
    return Stroke("tip", (points,), closed=kind not in OPEN)


def diamond(x: float, y: float, half: float) -> Stroke:
    """The mark of what happens at a lane."""
    return Stroke("tip", (((x, y - half), (x + half, y), (x, y + half), (x - half, y)),), True)


def rectangle(name: str, left: float, top: float, right: float, bottom: float) -> Stroke:
    """Four sides."""
    return Stroke(name, (((left, top), (right, top), (right, bottom), (left, bottom)),), True)
