"""Writes down what happens during a run: when, between whom, and from which line of the app."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import FrameType
from typing import Any

from ..clock.budget import OverBudget
from ..clock.here import CURRENT, ENGINE, is_in_thread, origin_of_thread
from ..clock.loop import VirtualLoop
from ..protocol.findings import Finding, Problem
from ..protocol.names import name_of_code
from ..spec import RULES
from .causes import innermost_line, repeats_the_server, told
from .output import Output
from .trace import Trace


class Recorder:
    """The trace of a run in the making.

    ``source`` is the file name of the app's own code: the only one whose lines are recorded.
    """

    def __init__(self, loop: VirtualLoop, source: str, events: int) -> None:
        self.trace: Trace[Any] = Trace()
        self._loop = loop
        self.source = source
        self._room = events
        self._closed = False
        self.outputs = Output(self, "print"), Output(self, "stderr")

    def close(self) -> None:
        """Record nothing more: the run is over, what follows is only cleaning up."""
        for output in self.outputs:
            output.finish()
        self._closed = True
        self.trace.time = self._loop.now

    def add(
        self,
        connection: str,
        from_: str,
        to: str,
        kind: str,
        message: Any = None,
        line: int | None = None,
        state: str | None = None,
    ) -> int:
        """Record an event and return its number.

        ``message`` is kept as it is: what the app could still change comes frozen.
        """
        if self._closed:
            return 0
        if self._room <= 0:
            self._loop.over = "events"
            raise OverBudget(self._loop.over)
        self._room -= 1
        about = connection, from_, to, kind, line, state
        return self.trace.events.add(self._loop.now, message, about)

    def find(
        self, problems: Iterable[Problem], connection: str, event: int, line: int | None
    ) -> None:
        for problem in () if self._closed else problems:
            rule = RULES[problem.rule]
            self.trace.findings.append(
                Finding(rule.id, rule.level, event, line, connection, rule.url, problem.values)
            )

    def over_budget(self) -> None:
        """The app's code runs on and on without giving control back."""
        if not self._closed:
            self._loop.over = "loop"
            if is_in_thread():
                self._loop.over_line = self.line_of_caller()
            raise OverBudget(self._loop.over)

    def line_of_caller(self) -> int | None:
        """The line of the app's source that is running now, however deep it has called."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self.source:
                return frame.f_lineno
            frame = frame.f_back
        return origin_of_thread()

    def stands_at(self, frame: FrameType | None) -> tuple[int | None, str]:
        """The line of the app's source at which a thread stands, and what it calls there."""
        inner = called = name_of_frame(frame)
        while frame is not None:
            if frame.f_code.co_filename == self.source:
                return frame.f_lineno, called
            if not frame.f_globals.get("__name__", "").startswith(f"{ENGINE}."):
                called = name_of_frame(frame)
            frame = frame.f_back
        return None, inner

    def line_of_error(self, error: BaseException) -> int | None:
        """The line of the app's source where an exception began, as :mod:`.causes` finds it."""
        return innermost_line(error, self.source)

    def told(self, error: BaseException) -> dict[str, Any]:
        """What a finding says of an exception: its words, and what is behind it."""
        return told(error, self.source)

    def line_of_wait(self, awaitable: Any) -> int | None:
        """The deepest line of the app's source at which a suspended coroutine stands."""
        line = None
        while awaitable is not None:
            frame = getattr(awaitable, "cr_frame", None) or getattr(awaitable, "gi_frame", None)
            if frame is not None and frame.f_code.co_filename == self.source:
                line = frame.f_lineno
            awaitable = getattr(awaitable, "cr_await", None) or getattr(
                awaitable, "gi_yieldfrom", None
            )
        return line

    def here(self) -> tuple[str, str, int | None] | None:
        """For the code that runs now, where it does so for an app: connection, task, line."""
        owner = CURRENT.get()
        if owner is None:
            return None
        return owner.name, owner.actor(), self.line_of_caller()

    def not_awaited(self, coroutine: Any) -> None:
        """A coroutine is gone that nobody has awaited, so that it did nothing."""
        name, actor, line = self.here() or ("", "app", self.line_of_caller())
        code = getattr(coroutine, "cr_code", None)
        if line is None and (code is None or code.co_filename != self.source):
            return  # not by the app's own code
        call = name_of_code(coroutine)
        event = self.add(name, actor, "server", "lost", {"call": call}, line)
        self.find([Problem("app-coroutine-not-awaited", {"call": call})], name, event, line)

    def error_logged(
        self,
        name: str,
        about: dict[str, Any],
        error: BaseException | None,
        event: int,
        line: int | None,
    ) -> None:
        """The app, or its framework, has logged an error."""
        if error is not None and repeats_the_server(error):
            return
        case = {"case": "exception"} if error else {}
        self.find([Problem("app-error-logged", {**about, **case})], name, event, line)

    def what_it_waits_in(self, awaitable: Any) -> str:
        """The function beyond the app's source in which a suspended coroutine waits, or ""."""
        name = ""
        while (code := getattr(awaitable, "cr_code", None)) is not None:
            name = "" if code.co_filename == self.source else code.co_qualname
            awaitable = awaitable.cr_await
        return name

    def blocking(self, seconds: float, call: str) -> None:
        """The app waits on the event loop's thread: nothing else runs until it goes on."""
        name, actor, line = self.here() or ("", "app", self.line_of_caller())
        about = {"seconds": seconds, "call": call}
        event = self.add(name, actor, actor, "blocking", about, line)
        self.find([Problem("loop-blocked", about)], name, event, line)

    def say(self, rule: str, line: int | None = None, **values: Any) -> None:
        """Name something of the code that runs now, or of a line that is given."""
        owner = CURRENT.get()
        name = owner.name if owner else ""
        event = len(self.trace.events)
        self.find([Problem(rule, values)], name, event, line or self.line_of_caller())

    def measure(self, rule: str, line: int | None, **values: Any) -> None:
        """Name what was found by a real clock, which is no part of the trace's JSON."""
        about = RULES[rule]
        event = len(self.trace.events)
        self.trace.measured.append(Finding(rule, about.level, event, line, "", about.url, values))


def name_of_frame(frame: FrameType | None) -> str:
    """The function of a frame, such as "socket.create_connection"."""
    if frame is None:
        return "?"
    return f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_qualname}"
