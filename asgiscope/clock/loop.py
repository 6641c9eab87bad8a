"""An asyncio event loop whose time is virtual.

Waiting costs nothing: when nothing is ready, the clock jumps to the next timer. So a day of
virtual time takes milliseconds, and every platform sees the same order of events at the same
times.

Two things are added to what an event loop does. ``settled()`` is awaited by the peers of an app:
it returns when everything else that could run now has run, so that a peer acts on an app at rest.
``on_advance`` is asked before the clock moves to a time; if it returns true, it has acted itself.
``on_idle`` is called when nothing is ready and no timer is pending, that is, when nothing can
ever happen again unless someone outside acts; it returns whether it has acted.

Sockets, pipes and processes are real. While the app waits for one, the clock stands, and the loop
really waits: no longer than until the next timer would fire by a real clock, and no longer than
``patience`` without a sign of life; see :mod:`asgiscope.clock.real_waits`.
"""

from __future__ import annotations

import asyncio
import functools
from asyncio import events, tasks
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .budget import OverBudget
from .real_waits import LazySelector, RealWaits

if TYPE_CHECKING:
    from .threads import Threads


class Deadlock(RuntimeError):
    """Nothing can happen any more, and ``on_idle`` had nothing to say."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop that jumps from timer to timer. ``turns`` and ``seconds`` bound a run.

    ``patience`` is the number of real seconds that it waits for something real.
    """

    def __init__(self, turns: int = 200_000, seconds: float = 1e7, patience: float = 10.0) -> None:
        super().__init__(LazySelector(self._turn))
        self.now = 0.0
        self.on_idle: Callable[[], bool] = lambda: False
        self.on_advance: Callable[[float], bool] = lambda when: False
        self.on_turn: Callable[[], None] | None = None
        self.on_task: Callable[[asyncio.Task[Any]], None] = lambda task: None
        self.execute: Callable[[Any, Callable[[], Any]], asyncio.Future[Any]] | None = None
        self.threads: Threads | None = None
        self.over = ""  # the limit that was passed, when it was noticed elsewhere
        self.over_line: int | None = None  # of the app's code that passed it
        self.over_call = ""  # what it called there
        self.not_followed: list[tuple[str, int | None]] = []  # waits of threads, and their lines
        self.turns_left = turns
        self.waits = RealWaits(self, patience)
        self._end = seconds
        self._settling: deque[asyncio.Future[None]] = deque()
        self._tasks: list[asyncio.Task[Any]] = []

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
        """Work for a thread; see :mod:`asgiscope.clock.threads`, which sets ``execute``."""
        if self.execute is None:
            raise RuntimeError("this event loop has no threads")
        chosen = executor or self._default_executor  # type: ignore[attr-defined]
        return self.execute(chosen, functools.partial(func, *args))

    def tasks_left(self) -> list[asyncio.Task[Any]]:
        """The tasks that have not ended, in the order of their creation."""
        self._tasks = [task for task in self._tasks if not task.done()]
        return self._tasks

    def forget_failures(self) -> None:
        """Let nobody be told later of tasks that failed because the run was stopped."""
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.exception()

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

    def _turn(self, timeout: float | None) -> list[Any]:
        """Called by ``BaseEventLoop`` before each turn; ``timeout`` is 0 when callbacks are due.

        Returns what is ready of the real sockets and pipes, of which most runs have none.
        """
        if self.on_turn is not None:
            self.on_turn()
        self.turns_left -= 1
        if self.turns_left < 0:
            self.over = "turns"
        if self.over:
            raise OverBudget(self.over)
        if self.threads is not None or self.waits.files is not None:
            found = self._real_turn(timeout)
            if found is not None:
                return found
        if timeout == 0 or self._settle_one():
            return []
        if timeout is not None:
            when: float = self._scheduled[0]._when  # type: ignore[attr-defined]
            if not self.on_advance(when):
                self.advance_to(when)
        elif not self.on_idle():
            raise Deadlock
        return []

    def _real_turn(self, timeout: float | None) -> list[Any] | None:
        """Let threads go on, and look or wait for what is real; None if nothing came of it."""
        if self.threads is not None and self.threads.poll():
            timeout = 0
        found = self.waits.look() if self.waits.files is not None else []
        if found or timeout == 0 or self._settle_one() or self.waits.wait(timeout):
            return found
        return None

    def _settle_one(self) -> bool:
        """Wake the first of those who wait until nothing else can run; whether there was one."""
        while self._settling:
            waiter = self._settling.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return True
        return False

    @property
    def has_ready(self) -> bool:
        return bool(self._ready)  # type: ignore[attr-defined]

    def grant(self, turns: int) -> None:
        """Allow some more turns, to clean up after a run that went over its budget."""
        self.turns_left, self.over, self._end = turns, "", float("inf")
        self.waits.left = 0.0

    def advance_to(self, when: float) -> None:
        self.allow(when)
        self.now = max(self.now, when)

    def allow(self, when: float) -> None:
        """Raise unless the run may take so long."""
        if when > self._end:
            self.over = "seconds"
            raise OverBudget(self.over)

    # What a loop of its own thread needs for signals and for other threads, and this one does not

    def _make_self_pipe(self) -> None:
        """Nobody has to wake a loop that really waits only for a moment at a time."""

    def _close_self_pipe(self) -> None:
        """There is none."""

    def _write_to_self(self) -> None:
        """There is none."""

    def add_signal_handler(  # type: ignore[override]
        self, sig: Any, callback: Any, *args: Any
    ) -> None:
        """Signals belong to a real server: none ever comes in a run."""

    def remove_signal_handler(self, sig: Any) -> bool:
        return False

    def close(self) -> None:
        """Close the loop and let go of who listens, so that what a run took is free at once."""
        super().close()
        self.threads = self.execute = None
        del self.on_idle, self.on_advance, self.on_turn, self.on_task
        self.set_exception_handler(None)
        self.waits.destroy()


class OutsideAnyLoop:
    """Leaves the running event loop, if there is one, for the time of a nested run.

    In the browser the caller may itself stand inside Pyodide's loop.
    """

    def __enter__(self) -> None:
        self._loop = events._get_running_loop()
        self._task = tasks.current_task(self._loop) if self._loop else None
        if self._loop and self._task:
            tasks._leave_task(self._loop, self._task)
        events._set_running_loop(None)

    def __exit__(self, *_: object) -> None:
        events._set_running_loop(self._loop)
        if self._loop and self._task:
            tasks._enter_task(self._loop, self._task)
