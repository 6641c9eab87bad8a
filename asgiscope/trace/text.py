"""A trace for a terminal: lanes side by side, one event a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final

from ..protocol.explain import explain
from ..protocol.findings import Finding
from ..texts import words
from .events import Event
from .header_text import in_lines, in_one_line, pairs_of
from .outcomes import HttpOutcome, Outcome, WebSocketOutcome
from .repeats import LeftOut, folded
from .summary import summary
from .trace import Trace

WIDTH: Final = 24  # columns between two lanes
SHOWN: Final = 200  # of a body or a message: bytes, or characters
_ORDER: Final = ("client", "server", "app")
_MARK: Final = {"error": "✗", "warning": "!", "note": "·"}
_COLOUR: Final = {"client": "36", "server": "34", "app": "31", "error": "31;1", "dim": "2"}


class Painter:
    """Colours for a terminal that has them; plain text for everything else."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, what: str) -> str:
        return f"\033[{_COLOUR[what]}m{text}\033[0m" if self._colour else text


def as_text(
    trace: Trace[Any], language: str = "en", colour: bool = False, full: bool = True
) -> str:
    """The trace as lanes, then its findings, then what each client got.

    Without ``full``, what repeats is left out, and said so.
    """
    paint = Painter(colour)
    lines = [*_lanes(trace, language, paint, full), "", *_findings(trace, language, paint, full)]
    return "\n".join([*lines, "", *_outcomes(trace, language, full)]) + "\n"


def gap(left_out: LeftOut, language: str) -> str:
    kind = "alike" if left_out.alike else "left-out"
    return _told(language)[kind].format(count=left_out.size)


def _told(language: str) -> Mapping[str, str]:
    told: Mapping[str, str] = words(language, "events").TERMINAL
    return told


def alike(trace: Trace[Any]) -> Any:
    """A key for events: those that have the same show the same, but for values and time."""
    found: dict[int, list[str]] = {}
    for finding in trace.findings:
        found.setdefault(finding.event, []).append(finding.rule)

    def key(event: Event) -> Hashable:
        kind = event.message.get("type") if isinstance(event.message, dict) else None
        return (*event[2:6], *event[7:], str(kind), *found.get(event.n, ()))

    return key


def _lanes(trace: Trace[Any], language: str, paint: Painter, full: bool) -> Iterator[str]:
    names = words(language, "events").LANES
    several = len({event.connection for event in trace.events} - {""}) > 1
    yield " " * 9 + "".join(paint(_pad(names[lane], WIDTH + 1), lane) for lane in _ORDER).rstrip()
    broken = {finding.event: finding.level for finding in reversed(trace.findings)}
    for event in trace.events if full else folded(trace.events, alike(trace)):
        if isinstance(event, LeftOut):
            yield paint(" " * 9 + gap(event, language), "dim")
        else:
            yield _event(event, broken.get(event.n, ""), several, language, paint)


def _event(event: Event, level: str, several: bool, language: str, paint: Painter) -> str:
    time = paint(f"{event.t:7.3f} ", "dim")
    mark = _MARK[level] if level else " "
    sender, receiver = (end.partition("/")[0] for end in (event.from_, event.to))
    label = _label(event, language)
    if several and event.connection:
        label = f"[{event.connection}] {label}"
    lane = sender if sender in _COLOUR else "dim"
    return f"{time}{mark}{paint(_arrow(sender, receiver, label), lane)}".rstrip()


def _label(event: Event, language: str) -> str:
    """The event in a few words, and its headers with their values."""
    message: Mapping[str, Any] = event.message if isinstance(event.message, dict) else {}
    pairs = pairs_of(message.get("headers"))
    if pairs is None or event.kind == "call":
        return summary(event, language)
    shown = [pair for pair in pairs if event.kind != "request" or pair[0].lower() != "host"]
    return f"{summary(event, language)}  {in_one_line(shown)}".rstrip()


def _arrow(sender: str, receiver: str, label: str) -> str:
    """The three life lines with an arrow between two of them, and what passes written beside."""
    start, end = _ORDER.index(sender), _ORDER.index(receiver)
    left, right = min(start, end), max(start, end)
    cells = ["│" + " " * WIDTH, "│" + " " * WIDTH, "│"]
    if left == right:
        cells[left] = "●" + cells[left][1:]
    elif start < end:
        cells[left] = "├" + "─" * (WIDTH - 1) + "▶"
    else:
        cells[left] = "│◀" + "─" * (WIDTH - 1)
        cells[right] = "┤" + cells[right][1:]
    return "".join(cells) + "  " + label


def _findings(trace: Trace[Any], language: str, paint: Painter, full: bool) -> Iterator[str]:
    found = [*trace.findings, *trace.measured]
    if not found:
        yield _told(language)["none"]
    for finding in found if full else folded(found, _place_of):
        if isinstance(finding, LeftOut):
            yield gap(finding, language)
            continue
        yield from _finding(finding, language, paint)
        frames = () if finding.level == "note" else trace.tracebacks.get(finding.event, ())
        for frame in frames:
            yield paint(f"      {frame}", "dim")


def _place_of(finding: Finding) -> Hashable:
    return finding.rule, finding.connection, finding.line


def _finding(finding: Finding, language: str, paint: Painter) -> Iterator[str]:
    told, said = _told(language), explain(finding, language)
    where = [told["event"].format(n=finding.event)]
    if finding.line:
        where.append(told["line"].format(line=finding.line))
    style = "error" if finding.level == "error" else "dim"
    mark = paint(f"{_MARK[finding.level]} {said.title} [{finding.rule}]", style)
    yield f"{mark} ({', '.join(where)})"
    yield f"    {said.text}"
    yield f"    {said.fix}"
    yield f"    {finding.spec}"


def _outcomes(trace: Trace[Any], language: str, full: bool) -> Iterator[str]:
    for name, outcome in trace.outcomes.items():
        lines = list(_outcome_lines(outcome, language, full))
        for line in lines if full else folded(lines, _first_word):
            text = gap(line, language) if isinstance(line, LeftOut) else line
            yield f"    {text}" if text.startswith(" ") else f"{name}: {text}"


def _first_word(line: str) -> Hashable:
    return line.split()[0]


def _outcome_lines(outcome: Outcome, language: str, full: bool) -> Iterator[str]:
    told = _told(language)
    if isinstance(outcome, HttpOutcome):
        for response in outcome.responses or [outcome]:
            yield f"{_status(response.status)} {response.body[:SHOWN]!r}"
            yield from (f" {line}" for line in in_lines(pairs_of(response.headers) or ()))
    elif isinstance(outcome, WebSocketOutcome):
        if not outcome.accepted:
            yield told["denied"].format(
                status=_status(outcome.status), body=repr(outcome.body[:SHOWN])
            )
        else:
            rows = outcome.received if full else folded(outcome.received, type)
            received = ", ".join(
                gap(row, language) if isinstance(row, LeftOut) else repr(row[:SHOWN])
                for row in rows
            )
            yield told["accepted"].format(received=received, code=_status(outcome.code))
        yield from (f" {line}" for line in in_lines(pairs_of(outcome.headers) or ()))
    else:
        state = "stopped" if outcome.stopped else "started"
        yield told[state if outcome.started else "not-started"]


def _status(number: int | None) -> str:
    return "—" if number is None else str(number)


def _pad(text: str, width: int) -> str:
    """The text padded to so many columns; a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(0, width - taken)
