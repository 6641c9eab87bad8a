"""Virtual threads: work that an app hands to a thread, accounted in virtual time.

There are no threads in the browser, and real ones would bring real time back. So the function runs
at once, on the event loop's own thread, with a clock of its own that ``time.sleep`` moves; its
result is delivered when that clock says. Meanwhile the event loop goes on, as it would.

What differs from a real thread: everything the function does happens when it starts.
"""

from __future__ import annotations

import asyncio
import functools
import heapq
import importlib
import itertools
import math
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from contextvars import Context, copy_context
from types import ModuleType
from typing import Any, Final
from weakref import WeakKeyDictionary

from .clock import VirtualLoop, in_virtual_thread, moment
from .recorder import CURRENT

WORKERS: Final = 32  # the most that asyncio's default executor starts, whatever the machine

Deliver = Callable[[Any], None]  # puts a result, or an exception, into a future of either kind


class EndlessWait(RuntimeError):
    """A wait for another thread that nothing can end."""

    def __init__(self) -> None:
        super().__init__("waits for another thread, but no thread is left that could end the wait")


class Ending:
    """The moment at which a thread's work is done; whoever comes to it first lets it happen."""

    def __init__(self, when: float, number: int, happen: Callable[[], None]) -> None:
        self.when = when
        self.number = number
        self.happened = False
        self._happen = happen

    def __lt__(self, other: Ending) -> bool:
        return (self.when, self.number) < (other.when, other.number)

    def __call__(self) -> None:
        if not self.happened:
            self.happened = True
            self._happen()


class Pool:
    """So many threads at a time; other work waits in line."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.busy = 0
        self.waiting: deque[Callable[[], None]] = deque()


class Threads:
    """The virtual threads of a run."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        loop.threads, loop.execute = self, self.execute
        self._default = Pool(WORKERS)
        self._pools: WeakKeyDictionary[Any, Pool] = WeakKeyDictionary()
        self._endings: list[Ending] = []
        self._numbers = itertools.count()

    @property
    def now(self) -> float:
        """The virtual time for the code that asks: the loop's, or that of its own thread."""
        return moment(self._loop)

    def execute(self, executor: Any, function: Callable[[], Any]) -> asyncio.Future[Any]:
        """What ``loop.run_in_executor`` does; a pool of processes counts as one of threads."""
        if executor is not None and not hasattr(executor, "_max_workers"):
            return asyncio.wrap_future(executor.submit(function), loop=self._loop)
        future: asyncio.Future[Any] = self._loop.create_future()
        self._hand_over(self._pool_of(executor), function, future)
        return future

    def submit(self, executor: Any, function: Callable[[], Any]) -> Future[Any]:
        """What ``ThreadPoolExecutor.submit`` does."""
        future: Future[Any] = Future()

        def work() -> Any:
            future.set_running_or_notify_cancel()
            return function()

        self._hand_over(self._pool_of(executor), work, future)
        return future

    def _pool_of(self, executor: Any) -> Pool:
        if executor is None:
            return self._default
        if executor not in self._pools:
            self._pools[executor] = Pool(executor._max_workers)
        return self._pools[executor]

    def _hand_over(self, pool: Pool, function: Callable[[], Any], future: Any) -> None:
        start = functools.partial(self._start, pool, function, future)
        if pool.busy < pool.size:
            start()
        else:
            pool.waiting.append(start)

    def _start(self, pool: Pool, function: Callable[[], Any], future: Any) -> None:
        if future.cancelled():
            return
        pool.busy += 1
        when, deliver = self.run(function)
        self.at(when, functools.partial(self._end, pool, deliver, future))

    def _end(self, pool: Pool, deliver: Deliver, future: Any) -> None:
        pool.busy -= 1
        if not future.done():
            deliver(future)
        while pool.waiting and pool.busy < pool.size:
            pool.waiting.popleft()()

    def run(
        self, function: Callable[[], Any], context: Context | None = None
    ) -> tuple[float, Deliver]:
        """Run a function as a thread would; when it has ended, and how to hand its result over.

        A thread sees no context variables but those of the context that it is given.
        """
        with in_virtual_thread(self._loop) as thread:
            try:
                result = (context or _context_of_a_thread()).run(function)
            except Exception as error:
                failure = error
                return thread.now, lambda future: future.set_exception(failure)
        return thread.now, lambda future: future.set_result(result)

    def at(self, when: float, happen: Callable[[], None]) -> None:
        """Let a thread's end happen at its time, or sooner for one who blocks until then."""
        ending = Ending(when, next(self._numbers), happen)
        heapq.heappush(self._endings, ending)
        self._loop.call_at(when, ending)

    def settle(self, executor: Any) -> None:
        """Block until an executor has nothing to do."""
        pool = self._pool_of(executor)
        self.block(lambda: not pool.busy, None)

    def block(self, ready: Callable[[], bool], timeout: float | None) -> bool:
        """Let time pass, and other threads end, until something is ready; whether it is."""
        until = math.inf if timeout is None else moment(self._loop) + timeout
        while not ready():
            ending = self._next(until)
            if ending is None:
                if until == math.inf:
                    raise EndlessWait
                self.pass_time(until)
                return ready()
            self.pass_time(ending.when)
            ending()
        return True

    def _next(self, until: float) -> Ending | None:
        while self._endings and self._endings[0].happened:
            heapq.heappop(self._endings)
        if self._endings and self._endings[0].when <= until:
            return self._endings[0]
        return None

    def pass_time(self, until: float) -> None:
        """Sleep, as this thread: when it is the event loop's, the loop is blocked."""
        seconds = until - moment(self._loop)
        if seconds > 0:
            time.sleep(seconds)


def _context_of_a_thread() -> Context:
    """An empty one, but for what the recorder needs: whose connection this is about."""
    context = Context()
    context.run(CURRENT.set, CURRENT.get())
    return context


_EVENT_LOOP: Final = "anyio._core._eventloop"  # imports the backend when it is first asked for
_BACKEND: Final = "anyio._backends._asyncio"


@contextmanager
def anyio_threads(loop: VirtualLoop, threads: Threads) -> Iterator[None]:
    """Let ``anyio.to_thread`` use virtual threads, with anyio's own limit of 40.

    The backend is not imported for that, if it is not yet: it takes longer than most runs.
    """
    event_loop: Any = sys.modules.get(_EVENT_LOOP)
    if event_loop is None:
        yield
        return
    with ExitStack() as stack:

        def import_module(name: str) -> ModuleType:
            module = importlib.import_module(name)
            if name == _BACKEND:
                stack.enter_context(_virtual_backend(module, loop, threads))
            return module

        stack.callback(setattr, event_loop, "import_module", event_loop.import_module)
        event_loop.import_module = import_module
        if _BACKEND in sys.modules:
            import_module(_BACKEND)
        yield


@contextmanager
def _virtual_backend(module: Any, loop: VirtualLoop, threads: Threads) -> Iterator[None]:
    backend: Any = module.AsyncIOBackend
    scope: Any = module.CancelScope
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
            when, deliver = threads.run(functools.partial(function, *args), copy_context())
            future = loop.create_future()
            threads.at(when, functools.partial(_deliver_if_wanted, deliver, future))
            with scope(shield=not abandon_on_cancel):
                return await future

    backend.run_sync_in_worker_thread = in_virtual_thread_of_anyio
    try:
        yield
    finally:
        backend.run_sync_in_worker_thread = real


def _deliver_if_wanted(deliver: Deliver, future: asyncio.Future[Any]) -> None:
    if not future.done():
        deliver(future)
