"""One WebSocket, as the server sees it: from the client's frames to the app's messages and back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from ..client.steps import Connect
from ..protocol import websocket
from ..protocol.findings import Problem, any_fatal
from ..protocol.validation import newer_keys
from ..protocol.websocket import WebSocketState
from ..spec.scopes import NEWEST
from ..trace.recorder import Recorder
from ..trace.trace import WebSocketOutcome, freeze
from .connection import Connection
from .http_connection import header_data
from .write_buffer import Wire

FRAME: Final = 2  # bytes that a frame takes beside its content
ABNORMAL: Final = 1006  # RFC 6455: the connection ended without a close frame
NO_CODE: Final = 1005  # RFC 6455: the close frame held no code
GOING_AWAY: Final = 1001
_KEY: Final = b"dGhlIHNhbXBsZSBub25jZQ=="  # the sample of RFC 6455; the mock server needs no secret


def websocket_scope(connect: Connect, port: int, state: dict[str, Any] | None) -> dict[str, Any]:
    """The scope of a handshake; ``port`` is the client's, ``state`` a copy of the lifespan's."""
    request = connect.request
    headers = [(name.lower(), value) for name, value in request.headers]
    headers += [(b"upgrade", b"websocket"), (b"connection", b"Upgrade")]
    headers += [(b"sec-websocket-key", _KEY), (b"sec-websocket-version", b"13")]
    if connect.subprotocols:
        offered = ", ".join(connect.subprotocols).encode()
        headers.append((b"sec-websocket-protocol", offered))
    scope: dict[str, Any] = {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": request.spec_version},
        "http_version": request.http_version,
        "scheme": {"http": "ws", "https": "wss"}[request.scheme],
        "path": request.path,
        "raw_path": request.raw_path,
        "query_string": request.query,
        "root_path": request.root_path,
        "headers": headers,
        "client": ("127.0.0.1", port),
        "server": ("127.0.0.1", 8000),
        "subprotocols": list(connect.subprotocols),
    }
    if state is not None:
        scope["state"] = state
    if request.extensions:
        scope["extensions"] = dict(request.extensions)
    return scope


class WebSocketConnection(Connection):
    """A handshake and what follows it. ``done`` is set when the connection has ended."""

    protocol = "websocket"

    def __init__(
        self,
        recorder: Recorder,
        name: str,
        connect: Connect,
        scope: dict[str, Any],
        rate: float | None,
    ) -> None:
        super().__init__(recorder, name, scope)
        self.state: WebSocketState = WebSocketState.HANDSHAKE
        self.outcome = WebSocketOutcome()
        loop = asyncio.get_running_loop()
        self.done: asyncio.Future[None] = loop.create_future()
        self.answered: asyncio.Future[None] = loop.create_future()
        self.wire = Wire(self._read, rate)
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

    @property
    def open(self) -> bool:
        """Whether the connection, or the handshake, is still going on."""
        return not self.done.done()

    def feed(self, kind: str, content: str | bytes) -> None:
        """A message, ``kind`` "text" or "bytes", has come from the client."""
        self.record("client", "server", kind, {kind: content})
        self._incoming.append({"type": "websocket.receive", kind: content})
        self.wake()

    def close(self, code: int | None, reason: str) -> None:
        """The client closes; without a code the app is told 1005."""
        told = {"reason": reason} if reason else {}
        self.record("client", "server", "close", {"code": code, **told} if code else told or None)
        self._gone(NO_CODE if code is None else code, reason)

    def disconnect(self, reason: str | None = None) -> None:
        """The client is lost, without a close frame."""
        self.record("client", "server", "disconnect", {"reason": reason} if reason else None)
        self._gone(ABNORMAL, "")

    def leave(self) -> None:
        """The client has nothing more to do, and goes as a browser does when a page is left."""
        if self.state is WebSocketState.OPEN:
            self.close(GOING_AWAY, "")
        else:
            self.disconnect("timeout")

    def _gone(self, code: int, reason: str) -> None:
        if self.state in (WebSocketState.HANDSHAKE, WebSocketState.DENYING, WebSocketState.OPEN):
            self.state = WebSocketState.GONE
        self.outcome.code, self.outcome.reason = code, reason
        self._finish(code, reason)
        self.wire.discard()

    # To the app -----------------------------------------------------------------------------

    def next_event(self) -> Mapping[str, Any] | None:
        if self._incoming:
            self._connect_taken = True
            return self._incoming.popleft()
        return self._end or None

    # From the app ---------------------------------------------------------------------------

    def judge(self, message: Mapping[str, Any]) -> tuple[WebSocketState, list[Problem]]:
        state, problems = websocket.step(self.state, message)
        if not problems:
            problems = websocket.judge_content(message, self._offered)
            if self.state is WebSocketState.HANDSHAKE and not self._connect_taken:
                problems.append(Problem("websocket-connect-first", {"type": message["type"]}))
            if self.spec_version != NEWEST:
                problems += newer_keys(message, self.spec_version)
            if problems and any_fatal(problems):
                state = self.state
        elif not self.raises_when_gone:
            problems = [problem.in_case("silent") for problem in problems]
        return state, problems

    @property
    def gone(self) -> bool:
        return self.state is WebSocketState.GONE

    async def carry_out(self, message: Mapping[str, Any], before: WebSocketState) -> None:
        if before not in (WebSocketState.HANDSHAKE, WebSocketState.DENYING, WebSocketState.OPEN):
            self.send_to_nobody()
            return
        await self._CARRIERS[message["type"]](self, message)

    async def _accept(self, message: Mapping[str, Any]) -> None:
        outcome = self.outcome
        outcome.accepted, outcome.subprotocol = True, message.get("subprotocol")
        headers = [(bytes(name), bytes(value)) for name, value in message.get("headers") or ()]
        outcome.headers = headers
        data: dict[str, Any] = {"headers": header_data(tuple(headers))}
        if outcome.subprotocol is not None:
            data["subprotocol"] = outcome.subprotocol
        self.record("server", "client", "accept", freeze(data))
        self._answer()

    async def _send_data(self, message: Mapping[str, Any]) -> None:
        kind = "bytes" if message.get("bytes") is not None else "text"
        content = bytes(message["bytes"]) if kind == "bytes" else message["text"]
        raw = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        self._frames.append([len(raw) + FRAME, kind, content])
        self.wire.write(bytes(FRAME) + raw)
        if self.wire.over:
            await self.wait_for_room(self.wire)

    def _read(self, data: bytes) -> None:
        """The client has read some bytes; every message that is whole now reaches it."""
        size = len(data)
        while self._frames and size >= self._frames[0][0]:
            left, kind, content = self._frames.popleft()
            size -= left
            self.outcome.received.append(content)
            self.record("server", "client", kind, freeze({kind: content}))
        if self._frames:
            self._frames[0][0] -= size

    async def _close(self, message: Mapping[str, Any]) -> None:
        code, reason = message.get("code", 1000), message.get("reason") or ""
        if self.state is WebSocketState.DENIED:
            self._deny(403, [], b"")
            return
        self.outcome.code, self.outcome.reason = code, reason
        told = {"code": code, "reason": reason} if reason else {"code": code}
        self.record("server", "client", "close", freeze(told))
        self._finish(code, reason)

    async def _start_denial(self, message: Mapping[str, Any]) -> None:
        headers = [(bytes(name), bytes(value)) for name, value in message.get("headers") or ()]
        self._deny(message["status"], headers, None)

    async def _deny_body(self, message: Mapping[str, Any]) -> None:
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

    def _answer(self) -> None:
        if not self.answered.done():
            self.answered.set_result(None)

    def _finish(self, code: int, reason: str) -> None:
        if not self._end:
            self._end = {"type": "websocket.disconnect", "code": code}
            if self.spec_version >= "2.5":
                self._end["reason"] = reason
        self._answer()
        if not self.done.done():
            self.done.set_result(None)
        self.wake()

    _CARRIERS: Final = {
        websocket.ACCEPT: _accept,
        websocket.SEND: _send_data,
        websocket.CLOSE: _close,
        websocket.DENIAL: _start_denial,
        websocket.DENIAL_BODY: _deny_body,
    }

    def let_go(self) -> None:
        super().let_go()
        self.wire.let_go()

    # The end of the call --------------------------------------------------------------------

    def unstick(self) -> bool:
        if not self.open or not (self.waiting or self.wire.over):
            return False
        if self.waiting and self.state is WebSocketState.HANDSHAKE:
            event, line = self.last_receive
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
