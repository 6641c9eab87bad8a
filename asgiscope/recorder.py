"""Writes down what happens during a run: when, between whom, and from which line of the app."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Final

from .clock import OverBudget, VirtualLoop
from .findings import Problem
from .here import at_its_time, is_in_thread, origin_of_thread
from .spec import RULES
from .trace import Event, Finding, Trace

if TYPE_CHECKING:
    from .connection import Connection

CURRENT: Final[ContextVar[Connection | None]] = ContextVar("connection", default=None)
ENGINE: Final = "asgiscope."
LONGEST_OUTPUT: Final = 65_536  # characters of printed text that a run keeps


class Recorder:
    """The trace of a run in the making.

    ``source`` is the file name of the app's own code: the only one whose lines are recorded.
    """

    def __init__(self, loop: VirtualLoop, source: str, events: int) -> None:
        self.trace = Trace()
        self._loop = loop
        self._source = source
        self._room = events
        self._closed = False
        self.output = Output(self)

    def close(self) -> None:
        """Record nothing more: the run is over, what follows is only cleaning up."""
        self.output.finish()
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
        events = self.trace.events
        n = len(events) + 1
        if self._closed:
            return 0
        if n > self._room:
            self._loop.over = "events"
            raise OverBudget(self._loop.over)
        events.append(Event(n, self._loop.now, connection, from_, to, kind, message, line, state))
        return n

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
            if frame.f_code.co_filename == self._source:
                return frame.f_lineno
            frame = frame.f_back
        return origin_of_thread()

    def stands_at(self, frame: FrameType | None) -> tuple[int | None, str]:
        """The line of the app's source at which a thread stands, and what it calls there."""
        inner = called = name_of_frame(frame)
        while frame is not None:
            if frame.f_code.co_filename == self._source:
                return frame.f_lineno, called
            if not frame.f_globals.get("__name__", "").startswith(ENGINE):
                called = name_of_frame(frame)
            frame = frame.f_back
        return None, inner

    def line_of_error(self, error: BaseException) -> int | None:
        """The deepest line of the app's source through which an exception came."""
        if isinstance(error, SyntaxError) and error.filename == self._source:
            return error.lineno
        line = None
        trace: TracebackType | None = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == self._source:
                line = trace.tb_lineno
            trace = trace.tb_next
        if line is None and isinstance(error, BaseExceptionGroup):
            return self.line_of_error(error.exceptions[0])
        return line

    def line_of_wait(self, awaitable: Any) -> int | None:
        """The deepest line of the app's source at which a suspended coroutine stands."""
        line = None
        while awaitable is not None:
            frame = getattr(awaitable, "cr_frame", None) or getattr(awaitable, "gi_frame", None)
            if frame is not None and frame.f_code.co_filename == self._source:
                line = frame.f_lineno
            awaitable = getattr(awaitable, "cr_await", None) or getattr(
                awaitable, "gi_yieldfrom", None
            )
        return line

    def blocking(self, seconds: float, call: str) -> None:
        """The app waits on the event loop's thread: nothing else runs until it goes on."""
        connection = CURRENT.get()
        name = connection.name if connection else ""
        actor = connection.actor() if connection else "app"
        line = self.line_of_caller()
        about = {"seconds": seconds, "call": call}
        event = self.add(name, actor, actor, "blocking", about, line)
        self.find([Problem("loop-blocked", about)], name, event, line)

    def say(self, rule: str, line: int | None = None, **values: Any) -> None:
        """Name something of the code that runs now, or of a line that is given."""
        connection = CURRENT.get()
        name = connection.name if connection else ""
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


class Output:
    """Stands in for ``sys.stdout``: every printed line becomes an event."""

    encoding = "utf-8"

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._room = LONGEST_OUTPUT
        self._pending = ""
        self._where: tuple[str, str, int | None] = ("", "app", None)

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        connection = CURRENT.get()
        if connection:
            line = self._recorder.line_of_caller()
            self._where = (connection.name, connection.actor(), line)
        *lines, self._pending = (self._pending + text).split("\n")
        if lines:
            self._record("\n".join(lines))
        return len(text)

    def _record(self, text: str) -> None:
        if self._room <= 0:
            return
        text = text[: self._room]
        self._room -= len(text) + 1
        name, actor, line = self._where
        add = partial(self._recorder.add, name, actor, actor, "print", {"text": text}, line)
        at_its_time(add)

    def flush(self) -> None:
        """Lines are recorded as they end; what is pending waits for its end."""

    def isatty(self) -> bool:
        return False

    def finish(self) -> None:
        if self._pending:
            self._record(self._pending)
            self._pending = ""


@contextmanager
def recorded_output(recorder: Recorder) -> Iterator[None]:
    """Turn what is printed into events for the time of a run."""
    real = sys.stdout
    sys.stdout = recorder.output
    try:
        yield
    finally:
        sys.stdout = real


def current_task() -> asyncio.Task[Any] | None:
    try:
        return asyncio.current_task()
    except RuntimeError:  # no loop is running
        return None
