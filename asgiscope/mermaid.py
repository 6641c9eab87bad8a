"""A trace as a Mermaid sequence diagram, to copy into a document or an issue."""

from __future__ import annotations

from .events import Event
from .summary import summary
from .trace import Trace

_ARROW = {"receive": "-)", "event": "-->>", "return": "-->>", "raise": "--x", "refuse": "--x"}


def as_mermaid(trace: Trace) -> str:
    """The text of a ``sequenceDiagram`` with the lanes client, server and the app's tasks."""
    seen = {end for event in trace.events for end in (event.from_, event.to)}
    lanes = sorted(seen, key=lambda lane: ("client", "server", "app").index(lane.split("/")[0]))
    several = len({event.connection for event in trace.events}) > 1
    lines = ["sequenceDiagram"]
    lines += [f"    participant {_id(lane)} as {lane}" for lane in lanes]
    lines += [f"    {_line(event, several)}" for event in trace.events]
    return "\n".join(lines) + "\n"


def _line(event: Event, several: bool) -> str:
    arrow = _ARROW.get(event.kind, "->>")
    label = f"[{event.connection}] {summary(event)}" if several else summary(event)
    return f"{_id(event.from_)}{arrow}{_id(event.to)}: {_escape(label)}"


def _id(lane: str) -> str:
    return lane.replace("/", "")


def _escape(text: str) -> str:
    """Characters that Mermaid reads as its own become entities."""
    for char, entity in (("#", "#35;"), (";", "#59;"), ("<", "#lt;"), (">", "#gt;")):
        text = text.replace(char, entity) if char != "#" else text.replace("#", "\0")
    return text.replace("\0", "#35;").replace("\n", "#92;n")
