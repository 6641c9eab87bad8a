"""One HTTP request, as the server sees it: from the client to the app and back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..client.steps import Body, Headers, Request
from ..protocol import http
from ..protocol.findings import Problem, any_fatal
from ..protocol.http import HttpState
from ..protocol.response import ResponseLength
from ..trace.recorder import Recorder
from ..trace.trace import HttpOutcome, freeze
from .connection import Connection
from .write_buffer import Wire

DISCONNECT: Final = {"type": "http.disconnect"}
SERVER_ERROR: Final = b"Internal Server Error"


def http_scope(request: Request, port: int, state: dict[str, Any] | None) -> dict[str, Any]:
    """The scope of a request; ``port`` is the client's, ``state`` a copy of the lifespan's."""
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": request.spec_version},
        "http_version": request.http_version,
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.raw_path,
        "query_string": request.query,
        "root_path": request.root_path,
        "headers": [(name.lower(), value) for name, value in request.headers],
        "client": ("127.0.0.1", port),
        "server": ("127.0.0.1", 8000),
    }
    if state is not None:
        scope["state"] = state
    if request.extensions:
        scope["extensions"] = dict(request.extensions)
    return scope


class HttpConnection(Connection):
    """A request and the response to it. ``done`` is set when the client has nothing to wait for."""

    protocol = "http"

    def __init__(
        self,
        recorder: Recorder,
        name: str,
        request: Request,
        scope: dict[str, Any],
        rate: float | None,
    ) -> None:
        super().__init__(recorder, name, scope)
        self.state: HttpState = HttpState.START
        self.request = request
        self.outcome = HttpOutcome()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.wire = Wire(self._deliver, rate)
        self._length = ResponseLength(request.method)
        self._incoming: deque[tuple[bytes, bool]] = deque()
        self._body_read = False
        self._sent_path = False
        if not request.streamed:
            self._incoming.append((request.body, False))
        self.record("client", "server", "request", _request_data(request))

    # From the client ------------------------------------------------------------------------

    @property
    def body_complete(self) -> bool:
        """Whether the end of the request's body has come from the client."""
        return self._body_read or any(not more for _, more in self._incoming)

    @property
    def open(self) -> bool:
        """Whether the client is there and the response has not ended."""
        return not self.done.done()

    def feed(self, body: Body) -> None:
        """A piece of the request's body has come."""
        piece = {"body": body.data, "more_body": not body.last}
        self.record("client", "server", "body", piece)
        if self.state is not HttpState.GONE:
            self._incoming.append((body.data, not body.last))
            self.wake()

    def disconnect(self, reason: str | None = None) -> None:
        """The client leaves. What it has not read is lost."""
        if self.open:
            self.state = HttpState.GONE
        message = {"reason": reason} if reason else None
        self.record("client", "server", "disconnect", message)
        self.wire.discard()
        self._finish()

    # To the app -----------------------------------------------------------------------------

    def next_event(self) -> Mapping[str, Any] | None:
        if self.state in (HttpState.GONE, HttpState.COMPLETE):
            return DISCONNECT
        if not self._incoming:
            return None
        body, more = self._incoming.popleft()
        self._body_read = not more
        return {"type": "http.request", "body": body, "more_body": more}

    # From the app ---------------------------------------------------------------------------

    def judge(self, message: Mapping[str, Any]) -> tuple[HttpState, list[Problem]]:
        state, problems = http.step(self.state, message)
        if not problems:
            problems = self._judge_content(message)
            if problems and any_fatal(problems):
                state = self.state
        elif self.state is HttpState.GONE and not self.raises_when_gone:
            problems = [problem.in_case("silent") for problem in problems]
        return state, problems

    def _judge_content(self, message: Mapping[str, Any]) -> list[Problem]:
        kind = message["type"]
        if kind == http.START:
            return self._length.judge_start(message)
        if kind == http.BODY:
            if self._sent_path:
                return [Problem("http-pathsend-mixed", {})]
            last = not message.get("more_body", False)
            return self._length.judge_body(len(message.get("body", b"")), last)
        if kind == http.PATH and self._length.sent:
            return [Problem("http-pathsend-mixed", {})]
        return []

    @property
    def gone(self) -> bool:
        return self.state is HttpState.GONE

    async def carry_out(self, message: Mapping[str, Any], before: HttpState) -> None:
        if before is HttpState.GONE:
            self.send_to_nobody()
        if before in (HttpState.GONE, HttpState.COMPLETE):
            return  # ignored, as the specification says
        kind = message["type"]
        if kind == http.START:
            self._start(message)
        elif kind in (http.BODY, http.ZERO_COPY, http.PATH):
            await self._write(_content(message))
        elif kind in _CARRIED:
            self.record("server", "client", _CARRIED[kind], _carried(message))
        if self.state is HttpState.COMPLETE:
            self._complete()

    def _start(self, message: Mapping[str, Any]) -> None:
        self._length.start(message)
        headers = [
            (bytes(name), bytes(value))
            for name, value in message.get("headers", ())
            if name != b"transfer-encoding"
        ]
        self._respond(int(message["status"]), headers)

    def _respond(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self.outcome.status, self.outcome.headers = status, headers
        data = {"status": status, "headers": header_data(tuple(headers))}
        self.record("server", "client", "response", data)

    async def _write(self, data: bytes) -> None:
        self._length.sent += len(data)
        if not self._length.carries_body:
            return
        self.wire.write(data)
        if self.wire.over:
            await self.wait_for_room(self.wire)

    def _deliver(self, data: bytes) -> None:
        """The client has read a piece."""
        self.outcome.body += data
        self.record("server", "client", "data", {"body": data})
        if self.state is HttpState.COMPLETE and not self.wire.buffered:
            self._complete()

    def _complete(self) -> None:
        """The response has ended; once the client has read it all, it is done."""
        if self.open and not self.wire.buffered:
            self.outcome.complete = True
            self.record("server", "client", "complete")
            self._finish()
        else:
            self.wake()

    def _finish(self) -> None:
        if not self.done.done():
            self.done.set_result(None)
        self.wake()

    def let_go(self) -> None:
        super().let_go()
        self.wire.let_go()

    # The end of the call --------------------------------------------------------------------

    def leave(self) -> None:
        """The client has waited long enough."""
        self.disconnect("timeout")

    def unstick(self) -> bool:
        """The client can still leave, which is what a real one would do in the end."""
        if not self.open or not (self.waiting or self.wire.over):
            return False
        if self.waiting and self.body_complete:
            self._waits_for_ever(*self.last_receive)
        self.leave()
        return True

    def _waits_for_ever(self, event: int, line: int | None) -> None:
        """The app asks for more of a body that it has been given to its end."""
        taken = [
            seen.n
            for seen in self.recorder.trace.events
            if seen.connection == self.name and seen.kind == "event"
        ]
        values = {"case": "body-taken", "taken": taken[-1]} if taken else {"case": "waits"}
        self.find(http.UNFINISHED[self.state], event, line, **values)

    def ended(self, event: int, line: int | None, excused: bool) -> None:
        """The app has returned or raised. ``excused``: what is missing has been named already."""
        rule = http.UNFINISHED.get(self.state)
        if rule is None:
            if self.outcome.status == 500 and not excused:
                self._name_hidden_error(event)
            return
        if not excused:
            self.find(rule, event, line)
        if self.state in (HttpState.START, HttpState.START_DEBUGGED):
            self._answer_error()
        else:
            self.state = HttpState.GONE
            self.record("server", "client", "close")
            self._finish()

    def raised(self, event: int, line: int | None, about: dict[str, Any]) -> None:
        """The app ended by an exception; a framework may have answered 500 before it passed on."""
        if self.state is HttpState.COMPLETE and self.outcome.status == 500:
            self.find("app-raised", event, line, **about, case="answered")
        else:
            super().raised(event, line, about)

    def _name_hidden_error(self, event: int) -> None:
        """The app has answered 500 and raised nothing: say what it has logged, if it has."""
        findings = self.recorder.trace.findings
        mine = [found for found in findings if found.connection == self.name]
        logged = [found for found in mine if found.rule == "app-error-logged"]
        logged = [found for found in logged if "exception" in found.values]
        if not logged:
            self.find("http-error-unexplained", event, None)
            return
        findings.remove(logged[-1])
        values = {**logged[-1].values, "case": ""}
        self.find("app-exception-answered", logged[-1].event, logged[-1].line, **values)

    def _answer_error(self) -> None:
        self.state = HttpState.COMPLETE
        self._respond(500, [(b"content-type", b"text/plain; charset=utf-8")])
        self.outcome.body += SERVER_ERROR
        self.record("server", "client", "data", {"body": SERVER_ERROR})
        self._complete()


_CARRIED: Final = {
    http.TRAILERS: "trailers",
    http.PUSH: "push",
    http.HINT: "early-hint",
    http.DEBUG: "debug",
}


def _carried(message: Mapping[str, Any]) -> dict[str, Any]:
    """An extension's message as the client sees it."""
    data = {key: value for key, value in message.items() if key != "type"}
    if "headers" in data:
        data["headers"] = header_data(tuple((n, v) for n, v in data["headers"]))
    return {key: freeze(value) for key, value in data.items()}


def _content(message: Mapping[str, Any]) -> bytes:
    """The bytes that a body message stands for."""
    if message["type"] == http.BODY:
        return bytes(message.get("body", b""))
    if message["type"] == http.PATH:
        return Path(message["path"]).read_bytes()
    file = message["file"]
    if message.get("offset") is not None:
        file.seek(message["offset"])
    count = message.get("count")
    return bytes(file.read() if count is None else file.read(count))


def _request_data(request: Request) -> dict[str, Any]:
    return {
        "method": request.method,
        "target": request.target,
        "http_version": request.http_version,
        "headers": header_data(request.headers),
    }


def header_data(headers: Headers) -> list[list[str]]:
    return [[name.decode("latin-1"), value.decode("latin-1")] for name, value in headers]
