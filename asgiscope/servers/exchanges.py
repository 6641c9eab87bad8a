"""What the rules make of what an app says to a real server, which decides what comes of it.

The tables and checks are those of the mock server's exchanges. What those carry out is left out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from ..protocol import http, lifespan, websocket
from ..protocol.http import HttpState
from ..protocol.response import ResponseLength
from ..protocol.websocket import WebSocketState
from ..server.exchange import Exchange
from ..server.http_exchange import HttpExchange
from ..server.lifespan_exchange import LifespanExchange
from ..server.websocket_exchange import WebSocketExchange
from ..server.write_buffer import WriteBuffer
from ..trace.outcomes import HttpOutcome, LifespanOutcome, WebSocketOutcome
from ..trace.recorder import Recorder

NO_VERSION: Final = "2.0"  # what a scope means that claims none


class RealHttp(HttpExchange):
    """A request, as its messages show it."""

    def __init__(self, recorder: Recorder, name: str, scope: dict[str, Any], outcome: Any) -> None:
        _begin(self, recorder, name, scope)
        self.state = HttpState.START
        self.outcome = outcome if isinstance(outcome, HttpOutcome) else HttpOutcome()
        self._length = ResponseLength(str(scope.get("method", "GET")))
        self._incoming, self._body_read = deque(), False

    def taken(self, message: Mapping[str, Any]) -> None:
        """The server has been given a message that no rule forbids."""
        if message["type"] == http.START:
            self._length.start(message)
        elif message["type"] == http.BODY:
            self._length.sent += len(message.get("body", b""))

    def refused(self, message: Mapping[str, Any], before: Any) -> None:
        """The server has raised for a message that no rule forbids: it is as if it had not come."""
        self.state = before

    def given(self, message: Mapping[str, Any]) -> None:
        """The app has been given an event."""
        self._body_read = self._body_read or not message.get("more_body", False)

    def leave(self) -> None:
        if self.state is not HttpState.COMPLETE:
            self.state = HttpState.GONE

    def ended(self, event: int, line: int | None, excused: bool) -> None:
        rule = http.UNFINISHED.get(self.state)
        if rule is not None and not excused:
            self.find(rule, event, line)


class RealWebSocket(WebSocketExchange):
    """A conversation, as its messages show it."""

    def __init__(self, recorder: Recorder, name: str, scope: dict[str, Any], outcome: Any) -> None:
        _begin(self, recorder, name, scope)
        self.state = WebSocketState.HANDSHAKE
        self.outcome = outcome if isinstance(outcome, WebSocketOutcome) else WebSocketOutcome()
        self._offered = tuple(scope.get("subprotocols") or ())
        self._connect_taken = False

    def taken(self, message: Mapping[str, Any]) -> None:
        """The server has been given a message that no rule forbids."""

    def refused(self, message: Mapping[str, Any], before: Any) -> None:
        """The server has raised for a message that no rule forbids: it is as if it had not come."""
        self.state = before

    def given(self, message: Mapping[str, Any]) -> None:
        """The app has been given an event."""
        self._connect_taken = True

    def leave(self) -> None:
        if self.state in websocket.UNFINISHED:
            self.state = WebSocketState.GONE

    def ended(self, event: int, line: int | None, excused: bool) -> None:
        rule = websocket.UNFINISHED.get(self.state)
        if rule is not None and not excused:
            self.find(rule, event, line)


class RealLifespan(LifespanExchange):
    """The lifespan, as its messages show it."""

    def __init__(self, recorder: Recorder, name: str, scope: dict[str, Any], outcome: Any) -> None:
        super().__init__(recorder, name, with_state=False)
        self.scope = scope
        self.outcome = outcome if isinstance(outcome, LifespanOutcome) else LifespanOutcome()

    def taken(self, message: Mapping[str, Any]) -> None:
        """The server has been given a message that no rule forbids."""
        self.carry_out(message, self.state)

    def refused(self, message: Mapping[str, Any], before: Any) -> None:
        """The server has raised, by which some end a lifespan that has failed."""
        self.taken(message)

    def given(self, message: Mapping[str, Any]) -> None:
        """The app has been given an event."""
        self.state, _ = lifespan.step(self.state, message)

    def leave(self) -> None:
        """There is no client that could."""


RealExchange = RealHttp | RealWebSocket | RealLifespan
OF_PROTOCOL: Final[dict[str, type[RealHttp] | type[RealWebSocket] | type[RealLifespan]]] = {
    "http": RealHttp,
    "websocket": RealWebSocket,
    "lifespan": RealLifespan,
}


def _begin(exchange: Exchange, recorder: Recorder, name: str, scope: dict[str, Any]) -> None:
    """What all exchanges begin with; a mock one would go on and open its connection."""
    told = {**scope, "asgi": {"spec_version": NO_VERSION, **scope.get("asgi", {})}}
    Exchange.__init__(exchange, recorder, name, told, WriteBuffer())
    exchange.scope = scope
