"""What a run leaves behind: events, findings, outcomes, and their canonical JSON.

The JSON of a run is the same to the byte on every platform: times are virtual, keys come in a
fixed order, and objects that JSON has no word for are named by their type alone.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping, Sized
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, Generic, NamedTuple, TypeVar

from ..spec.model import Level
from .events import Event, Events

SCHEMA: Final = 1
LONGEST: Final = 1024  # bytes or characters of one value that the JSON carries
MOST_ITEMS: Final = 1024  # of one list or dict that the JSON carries
DEEPEST: Final = 12  # lists and dicts within each other


class Finding(NamedTuple):
    """What an event showed to be wrong. ``values`` are what the rule's text names."""

    rule: str
    level: Level
    event: int
    line: int | None
    connection: str
    spec: str
    values: Mapping[str, Any]


@dataclass
class HttpOutcome:
    """What an HTTP client got. ``body`` is whole; the JSON cuts it.

    ``complete`` is false when the response did not end as it should. ``exception`` is the app's
    own, as "Type: text". Where a client made several requests, ``responses`` has an outcome for
    each, and the fields here are those of the last.
    """

    status: int | None = None
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    complete: bool = False
    exception: str | None = None
    responses: list[HttpOutcome] = field(default_factory=list, repr=False)

    def as_data(self) -> dict[str, Any]:
        data = self._own_data()
        if len(self.responses) > 1:
            data["responses"] = [response._own_data() for response in self.responses]
        return data

    def _own_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"protocol": "http", "status": self.status}
        data["headers"] = [[_latin(name), _latin(value)] for name, value in self.headers]
        data["body"] = to_json_value(self.body)
        data["complete"] = self.complete
        if self.exception is not None:
            data["exception"] = self.exception
        return data


@dataclass
class LifespanOutcome:
    """What the server heard of the app's start and end. ``supported``: it took part at all."""

    supported: bool = False
    started: bool = False
    stopped: bool = False
    message: str = ""
    exception: str | None = None

    def as_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"protocol": "lifespan", "supported": self.supported}
        data |= {"started": self.started, "stopped": self.stopped}
        if self.message:
            data["message"] = to_json_value(self.message)
        if self.exception is not None:
            data["exception"] = self.exception
        return data


@dataclass
class WebSocketOutcome:
    """What a WebSocket client got. ``received`` are the app's messages, str or bytes.

    ``status``, ``headers`` and ``body`` are those of the HTTP response where the handshake was
    denied; ``headers`` are those of the handshake where it was accepted. ``code`` and ``reason``
    are those with which the connection was closed, by whichever side.
    """

    accepted: bool = False
    subprotocol: str | None = None
    status: int | None = None
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    received: list[str | bytes] = field(default_factory=list)
    code: int | None = None
    reason: str = ""
    exception: str | None = None

    def as_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"protocol": "websocket", "accepted": self.accepted}
        if self.subprotocol is not None:
            data["subprotocol"] = self.subprotocol
        data["headers"] = [[_latin(name), _latin(value)] for name, value in self.headers]
        if self.status is not None:
            data |= {"status": self.status, "body": to_json_value(self.body)}
        data["received"] = [to_json_value(message) for message in self.received]
        data |= {"code": self.code, "reason": self.reason}
        if self.exception is not None:
            data["exception"] = self.exception
        return data


Outcome = HttpOutcome | WebSocketOutcome | LifespanOutcome


O_co = TypeVar("O_co", covariant=True)


@dataclass
class Trace(Generic[O_co]):
    """Everything that was seen in one run. ``time`` is the virtual second at which it ended.

    ``tracebacks`` are the lines of the app's own code through which an exception came, by the
    number of the event at which it ended the app. ``measured`` are findings by a real clock, which
    differ from run to run. Neither is part of the JSON.
    """

    events: Events = field(default_factory=Events)
    findings: list[Finding] = field(default_factory=list)
    outcomes: dict[str, Any] = field(default_factory=dict)
    time: float = 0.0
    tracebacks: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    measured: list[Finding] = field(default_factory=list, compare=False)

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
            "time": plain_number(self.time),
            "events": [_event_data(event) for event in self.events],
            "findings": [_finding_data(finding) for finding in self.findings],
            "outcomes": {name: outcome.as_data() for name, outcome in self.outcomes.items()},
        }

    def to_json(self) -> str:
        """Canonical JSON: the same bytes (in UTF-8) for the same run on every platform."""
        return dump(self.as_data())


def dump(data: Any) -> str:
    """JSON without blanks. A lone surrogate becomes its ``\\\\udXXX`` escape, which JSON allows."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def plain_number(seconds: float) -> float | int:
    rounded = round(seconds, 6)
    return int(rounded) if rounded == int(rounded) else rounded


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


def _latin(value: bytes) -> str:
    return value.decode("latin-1")


_PLAIN: Final = frozenset((str, bytes, int, float, bool, type(None)))


def freeze(value: Any) -> Any:
    """A copy that later changes to the original do not reach. Other objects become their type."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict or isinstance(value, dict):
        if _PLAIN.issuperset(map(type, value.values())):
            return dict(value)
        return {key: item if type(item) in _PLAIN else freeze(item) for key, item in value.items()}
    if kind is tuple or kind is list or isinstance(value, (list, tuple)):
        if _PLAIN.issuperset(map(type, value)):
            return list(value)
        return [item if type(item) in _PLAIN else freeze(item) for item in value]
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, (str, bytes, int, float)):  # a subclass, such as HTTPStatus
        bases: tuple[Any, ...] = (str, bytes, int, float)
        return next(base(value) for base in bases if isinstance(value, base))
    return Opaque(kind.__name__)


class Opaque(NamedTuple):
    """An object that a trace cannot hold, named by its type."""

    type: str


def to_json_value(value: Any, room: int = DEEPEST) -> Any:
    """A frozen value as what JSON can say; see ``$bytes``, ``$base64``, ``$text``, ``$repr``.

    ``room`` is how deep it may go on: what is deeper, and what a list or a dict has beyond
    ``MOST_ITEMS``, becomes a ``$repr`` that tells of it.
    """
    if isinstance(value, Opaque):
        return {"$repr": f"<{value.type}>"}
    if isinstance(value, bytes):
        return _bytes_value(value)
    if isinstance(value, str):
        return value if len(value) <= LONGEST else _long_text(value)
    if isinstance(value, (dict, list)) and not room:
        return {"$repr": "{…}" if isinstance(value, dict) else "[…]"}
    if isinstance(value, dict):
        first = islice(value.items(), MOST_ITEMS)
        items = {_key(key): to_json_value(item, room - 1) for key, item in first}
        return items if len(value) <= MOST_ITEMS else {**items, "…": _left_out(value)}
    if isinstance(value, list):
        shown = [to_json_value(item, room - 1) for item in value[:MOST_ITEMS]]
        return shown if len(value) <= MOST_ITEMS else [*shown, _left_out(value)]
    if isinstance(value, float):
        return plain_number(value) if math.isfinite(value) else {"$repr": repr(value)}
    return value


def _left_out(items: Sized) -> dict[str, str]:
    return {"$repr": f"… {len(items) - MOST_ITEMS} more"}


def _key(key: Any) -> str:
    return key if isinstance(key, str) else f"<{type(key).__name__}>"


def _long_text(value: str) -> dict[str, Any]:
    return {"$text": value[:LONGEST], "$length": len(value)}


def _bytes_value(value: bytes) -> dict[str, Any]:
    shown = value[:LONGEST]
    data: dict[str, Any] = {}
    text = _printable(shown, cut=len(value) > LONGEST)
    if text is None:
        data["$base64"] = base64.b64encode(shown).decode()
    else:
        data["$bytes"] = text
    if len(value) > LONGEST:
        data["$length"] = len(value)
    return data


def _printable(value: bytes, cut: bool) -> str | None:
    """The bytes as text, if they are text. Where they were cut, the last character may be half."""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError as error:
        if not cut or error.start < len(value) - 3:
            return None
        text = value[: error.start].decode("utf-8")
    return text if all(char.isprintable() or char in "\r\n\t" for char in text) else None
