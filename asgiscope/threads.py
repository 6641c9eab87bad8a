"""Virtual threads: work that an app hands to a thread, accounted in virtual time.

There are no threads in the browser, and real ones would bring real time back. So the function runs
at once, on the event loop's own thread, with a clock of its own that ``time.sleep`` moves; its
result is delivered when that clock says. Meanwhile the event loop goes on, as it would.

What differs from a real thread: everything the function does happens when it starts.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from .clock import VirtualLoop, in_virtual_thread

WORKERS: Final = 32  # the most that asyncio's default executor starts, whatever the machine

Result = TypeVar("Result")


@dataclass
class Executor:
    """The threads of ``loop.run_in_executor``: so many at a time, the others wait in line."""

    loop: VirtualLoop
    free: int = WORKERS
    waiting: deque[Callable[[], None]] = field(default_factory=deque)

    def submit(self, function: Callable[[], Result]) -> asyncio.Future[Result]:
        future: asyncio.Future[Result] = self.loop.create_future()
        start = functools.partial(self._start, function, future)
        if self.free:
            start()
        else:
            self.waiting.append(start)
        return future

    def _start(self, function: Callable[[], Any], future: asyncio.Future[Any]) -> None:
        self.free -= 1
        seconds, deliver = run_thread(self.loop, function)
        self.loop.call_later(seconds, self._end, deliver, future)

    def _end(self, deliver: Callable[[asyncio.Future[Any]], None], future: Any) -> None:
        self.free += 1
        if not future.done():
            deliver(future)
        if self.waiting:
            self.waiting.popleft()()


def run_thread(
    loop: VirtualLoop, function: Callable[[], Any]
) -> tuple[float, Callable[[asyncio.Future[Any]], None]]:
    """Run a function as a thread would; how long it took, and how to hand its result over."""
    with in_virtual_thread(loop) as thread:
        try:
            result = function()
        except Exception as error:
            failure = error
            return thread.elapsed, lambda future: future.set_exception(failure)
    return thread.elapsed, lambda future: future.set_result(result)


_BACKEND: Final = "anyio._backends._asyncio"


@contextmanager
def anyio_threads(loop: VirtualLoop) -> Iterator[None]:
    """Let ``anyio.to_thread`` use virtual threads, with anyio's own limit of 40."""
    if "anyio" not in sys.modules:
        yield
        return
    module = sys.modules.get(_BACKEND) or importlib.import_module(_BACKEND)
    backend: Any = module.AsyncIOBackend
    real = backend.__dict__["run_sync_in_worker_thread"]

    @classmethod  # type: ignore[misc]
    async def in_virtual_thread_of_anyio(
        cls: Any,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        abandon_on_cancel: bool = False,
        limiter: Any = None,
    ) -> Any:
        await asyncio.sleep(0)
        async with limiter or cls.current_default_thread_limiter():
            seconds, deliver = run_thread(loop, functools.partial(function, *args))
            future = loop.create_future()
            loop.call_later(seconds, _deliver_if_wanted, deliver, future)
            return await future

    backend.run_sync_in_worker_thread = in_virtual_thread_of_anyio
    try:
        yield
    finally:
        backend.run_sync_in_worker_thread = real


def _deliver_if_wanted(
    deliver: Callable[[asyncio.Future[Any]], None], future: asyncio.Future[Any]
) -> None:
    if not future.done():
        deliver(future)
