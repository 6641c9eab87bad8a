"""One HTTP request, as the server sees it: from the client to the app and back."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from ..client.steps import Body, Disconnect, End, Request, Step
from ..protocol import http
from ..protocol.findings import Problem, any_fatal
from ..protocol.http import HttpState
from ..protocol.response import ResponseLength
from ..trace.outcomes import HttpOutcome
from ..trace.recorder import Recorder
from .exchange import Exchange
from .payloads import body_of, extension_data, header_data, request_data
from .write_buffer import WriteBuffer

DISCONNECT: Final = {"type": "http.disconnect"}
SERVER_ERROR: Final = b"Internal Server Error"


class HttpExchange(Exchange):
    """A request and the response to it, open until the client has nothing to wait for."""

    protocol = "http"

    def __init__(
        self,
        recorder: Recorder,
        name: str,
        request: Request,
        scope: dict[str, Any],
        buffer: WriteBuffer,
    ) -> None:
        super().__init__(recorder, name, scope, buffer)
        self.state: HttpState = HttpState.START
        self.outcome = HttpOutcome()
        self._length = ResponseLength(request.method)
        self._incoming: deque[tuple[bytes, bool]] = deque()
        self._body_read = False
        if not request.streamed:
            self._incoming.append((request.body, False))
        self.record("client", "server", "request", request_data(request))

    # From the client ------------------------------------------------------------------------

    @property
    def body_complete(self) -> bool:
        """Whether the end of the request's body has come from the client."""
        return self._body_read or any(not more for _, more in self._incoming)

    def take(self, step: Step) -> None:
        if isinstance(step, Body):
            self._feed(step)
        elif isinstance(step, End):
            self._feed(Body(b"", last=True))
        elif isinstance(step, Disconnect):
            self._disconnect()

    def _feed(self, body: Body) -> None:
        """A piece of the request's body has come."""
        piece = {"body": body.data, "more_body": not body.last}
        self.record("client", "server", "body", piece)
        if self.state is not HttpState.GONE:
            self._incoming.append((body.data, not body.last))
            self.on_change()

    def leave(self) -> None:
        self._disconnect("timeout")

    def _disconnect(self, reason: str | None = None) -> None:
        """The client leaves. What it has not read is lost."""
        if self.open:
            self.state = HttpState.GONE
        message = {"reason": reason} if reason else None
        self.record("client", "server", "disconnect", message)
        self.buffer.discard()
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

    def advance(self, message: Mapping[str, Any]) -> list[Problem]:
        state, problems = http.step(self.state, message)
        if not problems:
            problems = self._validate_content(message)
            if problems and any_fatal(problems):
                return problems
        elif self.state is HttpState.GONE and not self.raises_when_gone:
            problems = [problem.in_case("silent") for problem in problems]
        self.state = state
        return problems

    def _validate_content(self, message: Mapping[str, Any]) -> list[Problem]:
        kind = message["type"]
        if kind == http.START:
            return self._length.validate_start(message)
        if kind == http.BODY:
            last = not message.get("more_body", False)
            return self._length.validate_body(len(message.get("body", b"")), last)
        if kind == http.PATH and self._length.sent:
            return [Problem("http-pathsend-mixed", {})]
        return []

    @property
    def gone(self) -> bool:
        return self.state is HttpState.GONE

    def carry_out(self, message: Mapping[str, Any], before: HttpState) -> bool:
        if before is HttpState.GONE:
            self.send_to_nobody()
        if before in (HttpState.GONE, HttpState.COMPLETE):
            return False  # ignored, as the specification says
        kind = message["type"]
        if kind == http.START:
            self._start(message)
        elif kind in (http.BODY, http.ZERO_COPY, http.PATH):
            if self._write(body_of(message)):
                return True
        elif kind in _CARRIED:
            self.record("server", "client", _CARRIED[kind], extension_data(message))
        if self.state is HttpState.COMPLETE:
            self._complete()
        return False

    def resume(self) -> None:
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

    def _write(self, data: bytes) -> bool:
        """Let the client read it. Returns whether it has too much to read now."""
        self._length.sent += len(data)
        if not self._length.carries_body:
            return False
        self.buffer.write(data)
        return self.buffer.over

    def deliver(self, data: bytes) -> None:
        """The client has read a piece."""
        self.outcome.body += data
        self.record("server", "client", "data", {"body": data})
        if self.state is HttpState.COMPLETE and not self.buffer.buffered:
            self._complete()

    def _complete(self) -> None:
        """The response has ended; once the client has read it all, it is done."""
        if self.open and not self.buffer.buffered:
            self.outcome.complete = True
            self.record("server", "client", "complete")
            self._finish()
        else:
            self.on_change()

    def _finish(self) -> None:
        self.open = False
        self.on_change()

    # The end of the call --------------------------------------------------------------------

    def unstick(self, waiting: bool, event: int, line: int | None) -> bool:
        """The client can still leave, which is what a real one would do in the end."""
        if not self.open or not (waiting or self.buffer.over):
            return False
        if waiting and self.body_complete:
            self._waits_for_ever(event, line)
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
