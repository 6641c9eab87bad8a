"""What the clients of a run got."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .values import to_json_value


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


def _latin(value: bytes) -> str:
    return value.decode("latin-1")
