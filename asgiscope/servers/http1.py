"""A client of HTTP/1.1 by h11, which becomes one of a WebSocket where the server agrees."""

from __future__ import annotations

import re
from typing import Any, Final

from ..client.steps import ClientError, Close, Connect, Data, Request
from ..server.payloads import header_data, request_data
from ..trace.outcomes import HttpOutcome, WebSocketOutcome
from .adapter import inside
from .client_end import ClientEnd
from .frames import Frames

with inside("h11"):
    import h11

KEY: Final = b"dGhlIHNhbXBsZSBub25jZQ=="  # the sample of RFC 6455: any will do here
_METHOD: Final = re.compile(rb"[A-Z]+(?= )")
SWITCHING: Final = 101
HINTS: Final = 103


def head_of(request: Request) -> h11.Request:
    """The head of a request. Raises ``h11.LocalProtocolError`` where it would be no HTTP."""
    return h11.Request(method=request.method, target=request.target, headers=list(request.headers))


def handshake(connect: Connect) -> Request:
    """The request that asks for a WebSocket."""
    headers = [
        *connect.request.headers,
        (b"upgrade", b"websocket"),
        (b"connection", b"Upgrade"),
        (b"sec-websocket-key", KEY),
        (b"sec-websocket-version", b"13"),
    ]
    if connect.subprotocols:
        offered = ", ".join(connect.subprotocols).encode()
        headers.append((b"sec-websocket-protocol", offered))
    return connect.request._replace(headers=tuple(headers))


class Http1End(ClientEnd):
    """HTTP/1.1 or 1.0, one request after the other, or a WebSocket."""

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self._http = h11.Connection(h11.CLIENT)
        self._frames: Frames | None = None
        self._waiting = False  # for an answer, or for more of it
        self._raw = False  # what is asked is not known to h11
        self._method, self._upgrades = "GET", False

    @property
    def answered(self) -> bool:
        if self._frames is not None:
            return self._frames.closed
        return not self._waiting

    @property
    def accepted(self) -> bool:
        """Whether the handshake has an answer."""
        return self._frames is not None or not self._waiting

    @property
    def reusable(self) -> bool:
        return not (self.lost or self.ended) and self._frames is None and self._again()

    def _again(self) -> bool:
        if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
            self._http.start_next_cycle()
        return self._http.our_state is h11.IDLE

    # From the client ------------------------------------------------------------------------

    def request(self, request: Request) -> None:
        self.begin(HttpOutcome())
        self.record("client", "server", "request", request_data(request))
        data = self._head(request)
        if not request.streamed:
            data += self._piece(request.body, True)
        self.write(data)

    def open(self, connect: Connect) -> None:
        self.begin(WebSocketOutcome())
        asked = {
            "target": connect.request.target,
            "headers": header_data(connect.request.headers),
            "subprotocols": list(connect.subprotocols),
        }
        self.record("client", "server", "connect", asked)
        self.write(self._head(handshake(connect)) + self._piece(b"", True))

    def _head(self, request: Request) -> bytes:
        self._waiting = True
        head: bytes = self._http.send(head_of(request)) or b""
        if request.http_version == "1.0":  # h11 writes 1.1 only
            head = head.replace(b" HTTP/1.1\r\n", b" HTTP/1.0\r\n", 1)
        return head

    def _piece(self, data: bytes, last: bool) -> bytes:
        made = (self._http.send(h11.Data(data=data)) or b"") if data else b""
        return made + ((self._http.send(h11.EndOfMessage()) or b"") if last else b"")

    def body(self, data: bytes, last: bool) -> None:
        if self.lost or self._http.our_state is not h11.SEND_BODY:
            return
        self.record("client", "server", "body", {"body": data, "more_body": not last})
        self.write(self._piece(data, last))

    def say(self, step: Data | Close) -> None:
        if self._frames is None or self._frames.closing or self.lost:
            return
        if isinstance(step, Data):
            self.record("client", "server", step.kind, {step.kind: step.content})
            self.write(self._frames.message(step.content))
            return
        told = {"reason": step.reason} if step.reason else {}
        about = {"code": step.code, **told} if step.code else told or None
        self.record("client", "server", "close", about)
        if self.exchange is not None:
            self.exchange.leave()
        self.write(self._frames.close(step.code, step.reason))

    def raw(self, data: bytes) -> None:
        """Bytes as they stand; what comes back is read as the answer to a request like theirs."""
        if self._frames is None and self.reusable:
            method = _METHOD.match(data)
            self._method = method.group().decode() if method else "GET"
            self._raw, self._upgrades = True, b"upgrade:" in data.lower()
            self._await_one_more()
        self.write(data)

    def _await_one_more(self) -> None:
        """Let h11 expect an answer to what it has not seen."""
        self.begin(HttpOutcome())
        self._waiting = True
        headers = [("host", "localhost"), *([("upgrade", "websocket")] if self._upgrades else [])]
        asked = h11.Request(method=self._method, target="/", headers=headers)
        self._http.send(asked)
        self._http.send(h11.EndOfMessage())

    # From the server ------------------------------------------------------------------------

    def read(self, data: bytes) -> None:
        if self._frames is not None:
            self._frames.read(data)
            return
        try:
            if data and self._raw and not self._waiting and self._again():
                self._await_one_more()
            self._http.receive_data(data)
            while self._next_event() or self._has_one_more():
                pass
        except h11.RemoteProtocolError:
            self._waiting = False  # the wire shows what it was

    def _has_one_more(self) -> bool:
        """Whether an answer to another request of raw bytes has come with the one before."""
        pending = self._raw and not self._waiting and self._frames is None
        if not pending or not self._http.trailing_data[0] or not self._again():
            return False
        self._await_one_more()
        return True

    def read_end(self) -> None:
        if self._frames is None:
            self.read(b"")
        elif self.lost:
            self.cut()

    def cut(self) -> None:
        if self._frames is not None:
            self._frames.cut()

    def _next_event(self) -> bool:
        event = self._http.next_event()
        if isinstance(event, h11.InformationalResponse):
            self._inform(event)
        elif isinstance(event, h11.Response):
            kind = "reject" if isinstance(self.outcome, WebSocketOutcome) else "response"
            self.respond(kind, event.status_code, list(event.headers))
        elif isinstance(event, h11.Data):
            self.receive_body(bytes(event.data))
        elif isinstance(event, h11.EndOfMessage):
            self._waiting = False
            self.complete()
        else:
            return False
        return self._frames is None

    def _inform(self, event: h11.InformationalResponse) -> None:
        headers = list(event.headers)
        about = {"status": event.status_code, "headers": header_data(tuple(headers))}
        if event.status_code != SWITCHING:
            kind = "early-hint" if event.status_code == HINTS else "response"
            self.record("server", "client", kind, about)
            return
        outcome, known = self.outcome, dict(headers)
        if not isinstance(outcome, WebSocketOutcome):  # asked for by raw bytes
            outcome = WebSocketOutcome()
            self.begin(outcome)
        outcome.accepted, outcome.headers = True, headers
        del about["status"]
        if b"sec-websocket-protocol" in known:
            outcome.subprotocol = known[b"sec-websocket-protocol"].decode("latin-1")
            about["subprotocol"] = outcome.subprotocol
        self.record("server", "client", "accept", about)
        extensions = known.get(b"sec-websocket-extensions", b"").decode("latin-1")
        self._waiting = False
        self._frames = Frames(self, outcome, extensions)
        self._frames.read(self._http.trailing_data[0])

    def react(self, data: bytes) -> None:
        """Answer what has come, once the server is no longer in the middle of writing it."""
        self._loop.call_soon(self.write, data)

    def fail(self) -> None:
        """What has come breaks the rules of the WebSocket."""
        self._loop.call_soon(self.disconnect)


def check_request(request: Request, where: tuple[str, int]) -> None:
    """Raise :class:`ClientError` for a request that no client of HTTP would make."""
    try:
        head_of(request)
    except (h11.LocalProtocolError, UnicodeError) as error:
        raise ClientError(where, "request-no-http", {"found": str(error)}) from None
