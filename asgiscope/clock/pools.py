"""The pools of threads of a run: the default one, and those that the app has made."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import Context
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from . import thread_facts
from .here import CURRENT, context_of_a_thread, here
from .pool_workers import Deliver, OnEnd, Pool, PoolWorker

if TYPE_CHECKING:
    from .threads import Threads

WORKERS: Final = 32  # the most that asyncio's default executor starts, whatever the machine


class Pools:
    """Hands functions to the threads of pools, or lets them wait in line."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads
        self._run = threads.run
        self._default = Pool(WORKERS)
        self._pools: WeakKeyDictionary[Any, Pool] = WeakKeyDictionary()
        self._told_full: set[int] = set()

    def execute(self, executor: Any, function: Callable[[], Any]) -> asyncio.Future[Any]:
        """What ``loop.run_in_executor`` does; a pool of processes counts as one of threads."""
        if executor is not None and not hasattr(executor, "_max_workers"):
            return asyncio.wrap_future(executor.submit(function), loop=self._run.loop)
        future: asyncio.Future[Any] = self._run.loop.create_future()
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
            self._pools[executor] = Pool(executor._max_workers, executor)
        return self._pools[executor]

    def _hand_over(self, pool: Pool, function: Callable[[], Any], future: Any) -> None:
        start = functools.partial(self._start, pool, function, future)
        if pool.busy < pool.size:
            start()
        else:
            pool.waiting.append(start)
            if pool is self._default:
                self.tell_full(id(pool), pool.size)

    def tell_full(self, which: int, size: float) -> None:
        """Work has to wait because all threads of a shared pool are busy; told once a pool.

        Of a pool of its own the app knows the size.
        """
        if which not in self._told_full:
            self._told_full.add(which)
            self._run.on_rule("thread-pool-full", size=size)

    def _start(self, pool: Pool, function: Callable[[], Any], future: Any) -> None:
        if future.cancelled():
            return
        pool.busy += 1
        on_end = functools.partial(self._end, pool, future)
        self.begin(pool, function, on_end)

    def _end(self, pool: Pool, future: Any, deliver: Deliver) -> None:
        pool.busy -= 1
        if not future.done():
            deliver(future)
        while pool.waiting and pool.busy < pool.size:
            pool.waiting.popleft()()

    def begin(
        self,
        pool: Pool,
        function: Callable[[], Any],
        on_end: OnEnd,
        context: Context | None = None,
    ) -> None:
        """Run a function on a thread of a pool, and say so when it has ended.

        A thread sees no context variables but those of the context that it is given.
        """
        context = context or context_of_a_thread()
        line = self._run.line_of_start()
        if not thread_facts.REAL:
            from .inline_threads import run_inline

            when, deliver = run_inline(self._run, functools.partial(context.run, function))
            self._threads.at(when, functools.partial(on_end, deliver))
            return
        worker = pool.idle.pop() if pool.idle else PoolWorker(self._threads, pool)
        worker.origin, worker.owner = line, CURRENT.get()
        worker.work(functools.partial(context.run, function), on_end)

    def settle(self, executor: Any) -> None:
        """Block until an executor has nothing to do."""
        pool = self._pool_of(executor)
        place = here()
        if place is not None:
            place.wait(lambda: not pool.busy, None, "ThreadPoolExecutor.shutdown")
