"""An asyncio event loop whose time is virtual.

Waiting costs nothing: when nothing is ready, the clock jumps to the next timer. So a day of
virtual time takes milliseconds, and every platform sees the same order of events at the same
times. The loop has no sockets, no signals and no threads.

Two things are added to what an event loop does. ``settled()`` is awaited by the peers of an app:
it returns when everything else that could run now has run, so that a peer acts on an app at rest.
``on_advance`` is asked before the clock moves to a time; if it returns true, it has acted itself.
``on_idle`` is called when nothing is ready and no timer is pending, that is, when nothing can
ever happen again unless someone outside acts; it returns whether it has acted.
"""

from __future__ import annotations

import asyncio
import functools
import threading
import time
from asyncio import base_events, events, tasks
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from .swap import Replacement, Swapped

EPOCH: Final = 1_767_225_600.0  # what time.time() begins at: 2026-01-01T00:00:00Z


class Deadlock(RuntimeError):
    """Nothing can happen any more, and ``on_idle`` had nothing to say."""


class OverBudget(BaseException):
    """The run took more turns, virtual seconds or events than it is allowed (the argument says).

    Not an ``Exception``, so that an app that catches everything does not go on for ever.
    """


class VirtualLoop(base_events.BaseEventLoop):
    """An event loop that jumps from timer to timer. ``turns`` and ``seconds`` bound a run."""

    def __init__(self, turns: int = 200_000, seconds: float = 1e7) -> None:
        super().__init__()
        self.now = 0.0
        self.on_idle: Callable[[], bool] = lambda: False
        self.on_advance: Callable[[float], bool] = lambda when: False
        self.on_turn: Callable[[], None] = lambda: None
        self.on_task: Callable[[asyncio.Task[Any]], None] = lambda task: None
        self.threads: Any = None  # the run's virtual threads; see asgiscope.threads
        self.execute: Callable[[Any, Callable[[], Any]], asyncio.Future[Any]] | None = None
        self.over = ""  # the limit that was passed, when it was noticed elsewhere
        self._turns_left = turns
        self._end = seconds
        self._settling: deque[asyncio.Future[None]] = deque()
        self._tasks: list[asyncio.Task[Any]] = []
        self._selector = self  # BaseEventLoop asks its selector once a turn

    def time(self) -> float:
        return self.now

    def create_task(self, coro: Any, **options: Any) -> Any:
        task = super().create_task(coro, **options)
        self._tasks.append(task)
        self.on_task(task)
        return task

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Any, *args: Any
    ) -> asyncio.Future[Any]:
        """Work for a thread; see :mod:`asgiscope.threads`, which sets ``execute``."""
        if self.execute is None:
            raise RuntimeError("this event loop has no threads")
        chosen = executor or self._default_executor  # type: ignore[attr-defined]
        return self.execute(chosen, functools.partial(func, *args))

    def tasks_left(self) -> list[asyncio.Task[Any]]:
        """The tasks that have not ended, in the order of their creation."""
        self._tasks = [task for task in self._tasks if not task.done()]
        return self._tasks

    def call_soon(  # type: ignore[override]
        self, callback: Any, *args: Any, context: Any = None
    ) -> asyncio.Handle:
        """As the base class does it; what its debug mode checks is left to it."""
        if self._debug or self._closed:  # type: ignore[attr-defined]
            return super().call_soon(callback, *args, context=context)
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)  # type: ignore[attr-defined]
        return handle

    @property
    def idle(self) -> bool:
        """Whether nothing else can run without time passing, and nobody waits for that."""
        return not self._ready and not self._settling  # type: ignore[attr-defined]

    async def settled(self) -> None:
        """Return once nothing else can run without time passing; callers in order of asking."""
        waiter = self.create_future()
        self._settling.append(waiter)
        await waiter

    def select(self, timeout: float | None) -> list[Any]:
        """Called by ``BaseEventLoop`` before each turn; ``timeout`` is 0 when callbacks are due."""
        self.on_turn()
        self._turns_left -= 1
        if self._turns_left < 0:
            self.over = "turns"
        if self.over:
            raise OverBudget(self.over)
        if timeout == 0:
            return []
        while self._settling:
            waiter = self._settling.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return []
        if timeout is not None:
            when: float = self._scheduled[0]._when  # type: ignore[attr-defined]
            if not self.on_advance(when):
                self.advance_to(when)
        elif not self.on_idle():
            raise Deadlock
        return []

    def grant(self, turns: int) -> None:
        """Allow some more turns, to clean up after a run that went over its budget."""
        self._turns_left, self.over, self._end = turns, "", float("inf")

    def advance_to(self, when: float) -> None:
        self.allow(when)
        self.now = max(self.now, when)

    def allow(self, when: float) -> None:
        """Raise unless the run may take so long."""
        if when > self._end:
            self.over = "seconds"
            raise OverBudget(self.over)

    async def create_connection(self, *args: Any, **options: Any) -> Any:
        raise NotImplementedError("the mock server's event loop has no sockets")

    create_server = create_datagram_endpoint = create_connection
    getaddrinfo = getnameinfo = create_connection

    async def subprocess_exec(self, *args: Any, **options: Any) -> Any:
        raise NotImplementedError("the mock server's event loop has no processes")

    subprocess_shell = subprocess_exec

    def _process_events(self, event_list: list[Any]) -> None:
        """There are no file descriptors, so there are no events."""

    def _write_to_self(self) -> None:
        """There is no other thread that could have to wake this one."""

    def close(self) -> None:
        """Close the loop and let go of who listens, so that what a run took is free at once."""
        self._selector = self.threads = self.execute = None  # type: ignore[assignment]
        del self.on_idle, self.on_advance, self.on_turn, self.on_task
        self.set_exception_handler(None)
        super().close()


@contextmanager
def outside_any_loop() -> Iterator[None]:
    """Leave the running event loop, if there is one, for the time of a nested run.

    In the browser the caller may itself stand inside Pyodide's loop.
    """
    loop = events._get_running_loop()
    task = tasks.current_task(loop) if loop else None
    if loop and task:
        tasks._leave_task(loop, task)
    events._set_running_loop(None)
    try:
        yield
    finally:
        events._set_running_loop(loop)
        if loop and task:
            tasks._enter_task(loop, task)


@dataclass
class _Active:
    """The run whose time the ``time`` module tells, and the thread that it runs on."""

    loop: VirtualLoop
    on_sleep: Callable[[float], None]
    thread: int
    virtual_thread: VirtualThread | None = None

    @property
    def now(self) -> float:
        return self.virtual_thread.now if self.virtual_thread else self.loop.now


@dataclass
class VirtualThread:
    """Work on a thread of its own, whose clock runs beside the event loop's."""

    now: float


_active: _Active | None = None


def run_here() -> _Active | None:
    """The run on this thread. Code on other threads, and all code after a run, has real time.

    A library first imported during a run may keep these functions for good; so they ask each time.
    """
    return _active if _active and _active.thread == threading.get_ident() else None


def moment(loop: VirtualLoop) -> float:
    """The virtual time for the code that asks: the loop's, or that of its own virtual thread."""
    return _active.now if _active and _active.loop is loop else loop.now


def _teller(name: str, epoch: float) -> Callable[[], float]:
    real: Callable[[], float] = getattr(time, name)

    @functools.wraps(real)
    def now() -> float:
        run = run_here()
        return epoch + run.now if run else real()

    return now


_real_sleep: Final = time.sleep


@functools.wraps(_real_sleep)
def _sleep(seconds: float) -> None:
    run = run_here()
    if run is None:
        return _real_sleep(seconds)
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    if run.virtual_thread:
        run.loop.allow(run.virtual_thread.now + seconds)
        run.virtual_thread.now += seconds
        return None
    run.on_sleep(seconds)
    run.loop.advance_to(run.loop.now + seconds)
    return None


@contextmanager
def in_virtual_thread(loop: VirtualLoop) -> Iterator[VirtualThread]:
    """Let what runs inside see what a thread sees: a clock of its own, and no event loop."""
    run = _active
    if run is None or run.loop is not loop:
        raise RuntimeError("a virtual thread belongs to a run")
    before, thread = run.virtual_thread, VirtualThread(run.now)
    run.virtual_thread = thread
    try:
        with outside_any_loop():
            yield thread
    finally:
        run.virtual_thread = before


virtual_monotonic: Final = _teller("monotonic", 0.0)

_VIRTUAL: Final[tuple[Replacement, ...]] = (
    (time, "sleep", _sleep),
    (time, "time", _teller("time", EPOCH)),
    (time, "monotonic", virtual_monotonic),
    (time, "perf_counter", _teller("perf_counter", 0.0)),
)


@contextmanager
def virtual_time(
    loop: VirtualLoop, on_sleep: Callable[[float], None], *also: Replacement
) -> Iterator[None]:
    """Let the ``time`` module tell the loop's time, on this thread, for the time of a run.

    ``time.sleep`` moves the clock as a real one would pass: no other task runs meanwhile.
    ``on_sleep`` is told of each, before the clock moves. ``also``: what else a run replaces.
    """
    global _active
    before, _active = _active, _Active(loop, on_sleep, threading.get_ident())
    try:
        with Swapped(*_VIRTUAL, *also):
            yield
    finally:
        _active = before
