"""What a run leaves behind: events, findings, outcomes, and their canonical JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from ..protocol.findings import Finding
from .events import Event, Events
from .values import dump, plain_number, to_json_value

SCHEMA: Final = 1

O_co = TypeVar("O_co", covariant=True)


@dataclass
class Trace(Generic[O_co]):
    """Everything that was seen in one run. ``time`` is the virtual second at which it ended.

    ``tracebacks`` are the lines of the app's own code through which an exception came, by the
    number of the event at which it ended the app. ``measured`` are findings by a real clock, which
    differ from run to run. Neither is part of the JSON. ``server`` is the real server that ran the
    app, such as "Uvicorn 0.54.0", and empty for the mock server.
    """

    events: Events = field(default_factory=Events)
    findings: list[Finding] = field(default_factory=list)
    outcomes: dict[str, Any] = field(default_factory=dict)
    time: float = 0.0
    tracebacks: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    measured: list[Finding] = field(default_factory=list, compare=False)
    server: str = ""

    @property
    def outcome(self) -> O_co:
        """The only client's outcome (the lifespan beside one client does not count)."""
        names = [name for name in self.outcomes if name != "lifespan"] or list(self.outcomes)
        if len(names) != 1:
            raise LookupError(f"several clients ran; name one of them: {', '.join(names)}")
        outcome: O_co = self.outcomes[names[0]]
        return outcome

    def broken_rules(self) -> list[str]:
        """The ids of the findings above the level of a note, in order, each once."""
        rules = (f.rule for f in self.findings if f.level != "note")
        return list(dict.fromkeys(rules))

    def as_data(self) -> dict[str, Any]:
        """The trace as what JSON can say."""
        return {
            "schema": SCHEMA,
            **({"server": self.server} if self.server else {}),
            "time": plain_number(self.time),
            "events": [_event_data(event) for event in self.events],
            "findings": [_finding_data(finding) for finding in self.findings],
            "outcomes": {name: outcome.as_data() for name, outcome in self.outcomes.items()},
        }

    def to_json(self) -> str:
        """Canonical JSON: the same bytes (in UTF-8) for the same run on every platform."""
        return dump(self.as_data())


def _event_data(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = {"n": event.n, "t": plain_number(event.t)}
    data |= {"connection": event.connection, "from": event.from_, "to": event.to}
    data["kind"] = event.kind
    if event.message is not None:
        data["message"] = to_json_value(event.message)
    if event.line is not None:
        data["line"] = event.line
    if event.state is not None:
        data["state"] = event.state
    return data


def _finding_data(finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {"rule": finding.rule, "level": finding.level, "event": finding.event}
    if finding.line is not None:
        data["line"] = finding.line
    data |= {"connection": finding.connection, "spec": finding.spec}
    if finding.values:
        data["values"] = to_json_value(dict(finding.values))
    return data
