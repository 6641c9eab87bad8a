"""A trace as a Mermaid sequence diagram, to copy into a document or an issue."""

from __future__ import annotations

from typing import Any, Final

from .events import Event
from .repeats import LeftOut, folded
from .summary import summary
from .text import alike, gap
from .trace import Trace

OTHERS: Final = "app/others"
MOST_LANES: Final = 30  # more cannot be told apart: the others share one
_ORDER: Final = ("client", "server", "app")
_ENTITIES: Final = str.maketrans({"#": "#35;", ";": "#59;", "<": "#lt;", ">": "#gt;", "\\": "#92;"})
_ARROW: Final = {
    "receive": "-)",
    "event": "-->>",
    "return": "-->>",
    "raise": "--x",
    "refuse": "--x",
}


def as_mermaid(trace: Trace[Any], full: bool = True) -> str:
    """The text of a ``sequenceDiagram`` with the lanes client, server and the app's tasks.

    Without ``full``, what repeats is a note that says how often.
    """
    ends = (end for event in trace.events for end in (event.from_, event.to))
    lanes = sorted(dict.fromkeys(ends), key=lambda lane: _ORDER.index(lane.split("/")[0]))
    if len(lanes) > MOST_LANES:
        lanes = [*lanes[: MOST_LANES - 1], OTHERS]
    several = len({event.connection for event in trace.events} - {""}) > 1
    lines = ["sequenceDiagram"]
    lines += [f"    participant {_id(lane)} as {lane}" for lane in lanes]
    drawn = set(lanes)
    for event in trace.events if full else folded(trace.events, alike(trace)):
        row = _gap(event, lanes) if isinstance(event, LeftOut) else _line(event, several, drawn)
        lines.append(f"    {row}")
    return "\n".join(lines) + "\n"


def _line(event: Event, several: bool, lanes: set[str]) -> str:
    arrow = _ARROW.get(event.kind, "->>")
    label = summary(event)
    if several and event.connection:
        label = f"[{event.connection}] {label}"
    sender, receiver = (end if end in lanes else OTHERS for end in (event.from_, event.to))
    return f"{_id(sender)}{arrow}{_id(receiver)}: {_escape(label)}"


def _gap(left_out: LeftOut, lanes: list[str]) -> str:
    over = ",".join(dict.fromkeys((_id(lanes[0]), _id(lanes[-1]))))
    return f"Note over {over}: {_escape(gap(left_out, 'en'))}"


def _id(lane: str) -> str:
    return lane.replace("/", "")


def _escape(text: str) -> str:
    """Characters that Mermaid reads as its own become entities."""
    return text.translate(_ENTITIES)
