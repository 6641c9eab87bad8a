"""One WebSocket, as the server sees it: from the client's frames to the app's messages and back."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from ..client.steps import Close, Connect, Data, Disconnect, Step
from ..protocol import websocket
from ..protocol.findings import Problem, any_fatal
from ..protocol.validation import newer_keys
from ..protocol.websocket import WebSocketState
from ..spec.scopes import NEWEST
from ..trace.outcomes import WebSocketOutcome
from ..trace.recorder import Recorder
from ..trace.values import freeze
from .exchange import Exchange
from .payloads import header_data
from .write_buffer import WriteBuffer

FRAME: Final = 2  # bytes that a frame takes beside its content
ABNORMAL: Final = 1006  # RFC 6455: the connection ended without a close frame
NO_CODE: Final = 1005  # RFC 6455: the close frame held no code
GOING_AWAY: Final = 1001


class WebSocketExchange(Exchange):
    """A handshake and what follows it, open until the connection, or the denial, has ended."""

    protocol = "websocket"

    def __init__(
        self,
        recorder: Recorder,
        name: str,
        connect: Connect,
        scope: dict[str, Any],
        buffer: WriteBuffer,
    ) -> None:
        super().__init__(recorder, name, scope, buffer)
        self.state: WebSocketState = WebSocketState.HANDSHAKE
        self.outcome = WebSocketOutcome()
        self._offered = connect.subprotocols
        self._incoming: deque[dict[str, Any]] = deque([{"type": "websocket.connect"}])
        self._connect_taken = False
        self._end: dict[str, Any] = {}  # the websocket.disconnect that the app will be told
        self._frames: deque[list[Any]] = deque()  # [bytes left to read, kind, message]
        asked = {
            "target": connect.request.target,
            "headers": header_data(connect.request.headers),
            "subprotocols": list(connect.subprotocols),
        }
        self.record("client", "server", "connect", asked)

    # From the client ------------------------------------------------------------------------

    def take(self, step: Step) -> None:
        if isinstance(step, Data):
            self._feed(step.kind, step.content)
        elif isinstance(step, Close):
            self._close_by_client(step.code, step.reason)
        elif isinstance(step, Disconnect):
            self._disconnect()

    def _feed(self, kind: str, content: str | bytes) -> None:
        """A message, ``kind`` "text" or "bytes", has come from the client."""
        self.record("client", "server", kind, {kind: content})
        self._incoming.append({"type": "websocket.receive", kind: content})
        self.on_change()

    def _close_by_client(self, code: int | None, reason: str) -> None:
        """The client closes; without a code the app is told 1005."""
        told = {"reason": reason} if reason else {}
        self.record("client", "server", "close", {"code": code, **told} if code else told or None)
        self._gone(NO_CODE if code is None else code, reason)

    def _disconnect(self, reason: str | None = None) -> None:
        """The client is lost, without a close frame."""
        self.record("client", "server", "disconnect", {"reason": reason} if reason else None)
        self._gone(ABNORMAL, "")

    def leave(self) -> None:
        """The client has nothing more to do, and goes as a browser does when a page is left."""
        if self.state is WebSocketState.OPEN:
            self._close_by_client(GOING_AWAY, "")
        else:
            self._disconnect("timeout")

    def _gone(self, code: int, reason: str) -> None:
        if self.state in (WebSocketState.HANDSHAKE, WebSocketState.DENYING, WebSocketState.OPEN):
            self.state = WebSocketState.GONE
        self.outcome.code, self.outcome.reason = code, reason
        self._finish(code, reason)
        self.buffer.discard()

    # To the app -----------------------------------------------------------------------------

    def next_event(self) -> Mapping[str, Any] | None:
        if self._incoming:
            self._connect_taken = True
            return self._incoming.popleft()
        return self._end or None

    # From the app ---------------------------------------------------------------------------

    def advance(self, message: Mapping[str, Any]) -> list[Problem]:
        state, problems = websocket.step(self.state, message)
        if not problems:
            problems = websocket.validate_content(message, self._offered)
            if self.state is WebSocketState.HANDSHAKE and not self._connect_taken:
                problems.append(Problem("websocket-connect-first", {"type": message["type"]}))
            if self.spec_version != NEWEST:
                problems += newer_keys(message, self.spec_version)
            if problems and any_fatal(problems):
                return problems
        elif not self.raises_when_gone:
            problems = [problem.in_case("silent") for problem in problems]
        self.state = state
        return problems

    @property
    def gone(self) -> bool:
        return self.state is WebSocketState.GONE

    def carry_out(self, message: Mapping[str, Any], before: WebSocketState) -> bool:
        if before not in (WebSocketState.HANDSHAKE, WebSocketState.DENYING, WebSocketState.OPEN):
            self.send_to_nobody()
            return False
        self._CARRIERS[message["type"]](self, message)
        return message["type"] == websocket.SEND and self.buffer.over

    def _accept(self, message: Mapping[str, Any]) -> None:
        outcome = self.outcome
        outcome.accepted, outcome.subprotocol = True, message.get("subprotocol")
        headers = [(bytes(name), bytes(value)) for name, value in message.get("headers") or ()]
        outcome.headers = headers
        data: dict[str, Any] = {"headers": header_data(tuple(headers))}
        if outcome.subprotocol is not None:
            data["subprotocol"] = outcome.subprotocol
        self.record("server", "client", "accept", freeze(data))
        self.answered = True
        self.on_change()

    def _send_data(self, message: Mapping[str, Any]) -> None:
        kind = "bytes" if message.get("bytes") is not None else "text"
        content = bytes(message["bytes"]) if kind == "bytes" else message["text"]
        raw = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        self._frames.append([len(raw) + FRAME, kind, content])
        self.buffer.write(bytes(FRAME) + raw)

    def deliver(self, data: bytes) -> None:
        """The client has read some bytes; every message that is whole now reaches it."""
        size = len(data)
        while self._frames and size >= self._frames[0][0]:
            left, kind, content = self._frames.popleft()
            size -= left
            self.outcome.received.append(content)
            self.record("server", "client", kind, freeze({kind: content}))
        if self._frames:
            self._frames[0][0] -= size

    def _close(self, message: Mapping[str, Any]) -> None:
        code, reason = message.get("code", 1000), message.get("reason") or ""
        if self.state is WebSocketState.DENIED:
            self._deny(403, [], b"")
            return
        self.outcome.code, self.outcome.reason = code, reason
        told = {"code": code, "reason": reason} if reason else {"code": code}
        self.record("server", "client", "close", freeze(told))
        self._finish(code, reason)

    def _start_denial(self, message: Mapping[str, Any]) -> None:
        headers = [(bytes(name), bytes(value)) for name, value in message.get("headers") or ()]
        self._deny(message["status"], headers, None)

    def _deny_body(self, message: Mapping[str, Any]) -> None:
        body = bytes(message.get("body", b""))
        self.outcome.body += body
        if body:
            self.record("server", "client", "data", {"body": body})
        if self.state is WebSocketState.DENIED:
            self.record("server", "client", "complete")
            self._finish(ABNORMAL, "")

    def _deny(self, status: int, headers: list[tuple[bytes, bytes]], body: bytes | None) -> None:
        """An HTTP response instead of the handshake; ``body`` is None where it follows."""
        self.outcome.status, self.outcome.headers = int(status), headers
        data = {"status": int(status), "headers": header_data(tuple(headers))}
        self.record("server", "client", "reject", data)
        if body is not None:
            self._finish(ABNORMAL, "")

    def _finish(self, code: int, reason: str) -> None:
        if not self._end:
            self._end = {"type": "websocket.disconnect", "code": code}
            if self.spec_version >= "2.5":
                self._end["reason"] = reason
        self.answered, self.open = True, False
        self.on_change()

    _CARRIERS: Final = {
        websocket.ACCEPT: _accept,
        websocket.SEND: _send_data,
        websocket.CLOSE: _close,
        websocket.DENIAL: _start_denial,
        websocket.DENIAL_BODY: _deny_body,
    }

    # The end of the call --------------------------------------------------------------------

    def unstick(self, waiting: bool, event: int, line: int | None) -> bool:
        if not self.open or not (waiting or self.buffer.over):
            return False
        if waiting and self.state is WebSocketState.HANDSHAKE:
            self.find("websocket-no-reply", event, line, case="waits")
        self.leave()
        return True

    def ended(self, event: int, line: int | None, excused: bool) -> None:
        rule = websocket.UNFINISHED.get(self.state)
        if rule is None:
            return
        if not excused:
            self.find(rule, event, line)
        if self.state is WebSocketState.HANDSHAKE:
            self.state = WebSocketState.DENIED
            self._deny(500, [], b"")
            return
        self.state = WebSocketState.CLOSED
        code = 1011 if excused else 1000
        self.outcome.code = code
        self.record("server", "client", "close", {"code": code})
        self._finish(code, "")
