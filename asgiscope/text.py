"""A trace for a terminal: lanes side by side, one event a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from .events import Event
from .explain import explain
from .summary import summary
from .trace import HttpOutcome, Outcome, Trace, WebSocketOutcome

WIDTH: Final = 24  # columns between two lanes
SHOWN: Final = 200  # of a body or a message: bytes, or characters
LANES: Final = {
    "zh": {"client": "客户端", "server": "服务器", "app": "应用"},
    "en": {"client": "client", "server": "server", "app": "app"},
}
WORDS: Final = {
    "zh": {"line": "第 {line} 行", "event": "事件 {n}", "none": "没有发现问题。"},
    "en": {"line": "line {line}", "event": "event {n}", "none": "Nothing was found wrong."},
}
_ORDER: Final = ("client", "server", "app")
_MARK: Final = {"error": "✗", "warning": "!", "note": "·"}
_COLOUR: Final = {"client": "36", "server": "34", "app": "31", "error": "31;1", "dim": "2"}


class Painter:
    """Colours for a terminal that has them; plain text for everything else."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, what: str) -> str:
        return f"\033[{_COLOUR[what]}m{text}\033[0m" if self._colour else text


def as_text(trace: Trace, language: str = "en", colour: bool = False) -> str:
    """The trace as lanes, then its findings, then what each client got."""
    paint = Painter(colour)
    lines = [*_lanes(trace, language, paint), "", *_findings(trace, language, paint)]
    return "\n".join([*lines, "", *_outcomes(trace)]) + "\n"


def _lanes(trace: Trace, language: str, paint: Painter) -> Iterator[str]:
    names = LANES[language]
    several = len({event.connection for event in trace.events}) > 1
    yield " " * 9 + "".join(paint(_pad(names[lane], WIDTH + 1), lane) for lane in _ORDER).rstrip()
    broken = {finding.event: finding.level for finding in reversed(trace.findings)}
    for event in trace.events:
        yield _event(event, broken.get(event.n, ""), several, language, paint)


def _event(event: Event, level: str, several: bool, language: str, paint: Painter) -> str:
    time = paint(f"{event.t:7.3f} ", "dim")
    mark = _MARK[level] if level else " "
    sender, receiver = (end.partition("/")[0] for end in (event.from_, event.to))
    label = summary(event, language)
    if several:
        label = f"[{event.connection}] {label}"
    lane = sender if sender in _COLOUR else "dim"
    return f"{time}{mark}{paint(_arrow(sender, receiver, label), lane)}".rstrip()


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


def _findings(trace: Trace, language: str, paint: Painter) -> Iterator[str]:
    words = WORDS[language]
    if not trace.findings:
        yield words["none"]
    for finding in trace.findings:
        said = explain(finding, language)
        where = [words["event"].format(n=finding.event)]
        if finding.line:
            where.append(words["line"].format(line=finding.line))
        style = "error" if finding.level == "error" else "dim"
        mark = paint(f"{_MARK[finding.level]} {said.title} [{finding.rule}]", style)
        yield f"{mark} ({', '.join(where)})"
        yield f"    {said.text}"
        yield f"    {said.fix}"
        yield f"    {finding.spec}"


def _outcomes(trace: Trace) -> Iterator[str]:
    for name, outcome in trace.outcomes.items():
        for line in _outcome_lines(outcome):
            yield f"{name}: {line}"


def _outcome_lines(outcome: Outcome) -> Iterator[str]:
    if isinstance(outcome, HttpOutcome):
        for response in outcome.responses or [outcome]:
            yield f"{_status(response.status)} {response.body[:SHOWN]!r}"
    elif isinstance(outcome, WebSocketOutcome):
        if not outcome.accepted:
            yield f"denied, {_status(outcome.status)} {outcome.body[:SHOWN]!r}"
        else:
            received = ", ".join(repr(message[:SHOWN]) for message in outcome.received)
            yield f"accepted, received [{received}], closed with {_status(outcome.code)}"
    else:
        state = "started" if outcome.started else "not started"
        yield f"{state}{', stopped' if outcome.stopped else ''}"


def _status(number: int | None) -> str:
    return "—" if number is None else str(number)


def _pad(text: str, width: int) -> str:
    """The text padded to so many columns; a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(0, width - taken)
