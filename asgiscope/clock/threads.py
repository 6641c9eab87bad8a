"""The threads of an app, in virtual time.

Where there are threads, the app's are real, but only one of them runs at a time, and it is always
certain which: a thread goes on until it sleeps, waits or ends, and then gives the baton back to
whoever let it run (:mod:`asgiscope.clock.workers`). So a thread costs no time by itself, and the
order of events is the same each time.

In the browser there are none. There a thread's function runs at once, on the event loop's own
thread, with a clock of its own that ``time.sleep`` moves; its result is delivered when that clock
says (:mod:`asgiscope.clock.inline_threads`). What cannot be followed so is told, and never blamed
on the app.
"""

from __future__ import annotations

import asyncio
import functools
import heapq
import itertools
import math
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import Context
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from ..protocol.errors import EndlessWait
from ..trace.recorder import CURRENT
from .here import LoopPlace, Ready, Run, here
from .thread_facts import is_asleep

if TYPE_CHECKING:
    from .workers import PoolWorker, Worker

WORKERS: Final = 32  # the most that asyncio's default executor starts, whatever the machine
REAL: Final = sys.platform not in ("emscripten", "wasi")

Deliver = Callable[[Any], None]  # puts a result, or an exception, into a future of either kind
OnEnd = Callable[[Deliver], None]


class Ending:
    """A moment at which a thread ends or goes on; whoever comes to it first lets it happen."""

    def __init__(self, when: float, number: int, happen: Callable[[], object]) -> None:
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
    """So many threads at a time; other work waits in line. ``idle`` are threads without work."""

    def __init__(self, size: int, owner: Any = None) -> None:
        self.size = size
        self.busy = 0
        self.waiting: deque[Callable[[], None]] = deque()
        self.idle: list[PoolWorker] = []
        self.initialize: Callable[[], None] | None = None
        if owner is not None and getattr(owner, "_initializer", None) is not None:
            self.initialize = functools.partial(owner._initializer, *owner._initargs)


class Waiting:
    """A thread that waits until something is ready. ``real``: only real time can bring it."""

    def __init__(self, worker: Worker, ready: Ready, call: str, real: bool) -> None:
        self.worker = worker
        self.call = call
        self.ready = ready
        self.real = real
        self.over = False
        self.result = False


class Threads:
    """The threads of a run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._loop = run.loop
        self._default = Pool(WORKERS)
        self._pools: WeakKeyDictionary[Any, Pool] = WeakKeyDictionary()
        self._endings: list[Ending] = []
        self._numbers = itertools.count()
        self._told_full: set[int] = set()
        self.waiting: list[Waiting] = []
        self.workers: list[Worker] = []
        self.away: list[Worker] = []  # in a call that really blocks
        self.back: deque[Worker] = deque()  # returned from such a call, and wants to go on

    # Pools of threads -----------------------------------------------------------------------

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
            self.run.on_rule("thread-pool-full", size=size)

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
        line = self.run.line_of_start()
        if not REAL:
            from .inline_threads import run_inline

            when, deliver = run_inline(self.run, functools.partial(context.run, function))
            self.at(when, functools.partial(on_end, deliver))
            return
        from .workers import PoolWorker

        worker = pool.idle.pop() if pool.idle else PoolWorker(self, pool)
        worker.origin, worker.owner = line, CURRENT.get()
        worker.work(functools.partial(context.run, function), on_end)

    def settle(self, executor: Any) -> None:
        """Block until an executor has nothing to do."""
        pool = self._pool_of(executor)
        place = here()
        if place is not None:
            place.wait(lambda: not pool.busy, None, "ThreadPoolExecutor.shutdown")

    # Time and waiting -----------------------------------------------------------------------

    def at(self, when: float, happen: Callable[[], object]) -> None:
        """Let something happen at its time, or sooner for one who blocks until then."""
        ending = Ending(when, next(self._numbers), happen)
        heapq.heappush(self._endings, ending)
        self._loop.call_at(when, ending)

    def poll(self) -> bool:
        """Let those threads go on whose wait is over; whether there were any."""
        moved = False
        while self.back:
            self.back.popleft().let_go()
            moved = True
        for wait in tuple(self.waiting):
            if not wait.over and wait.ready():
                self.end_wait(wait, True)
                moved = True
        return moved

    def end_wait(self, wait: Waiting, result: bool) -> None:
        if not wait.over:
            wait.over, wait.result = True, result
            self.waiting.remove(wait)
            wait.worker.resume()

    def time_out(self, wait: Waiting) -> None:
        """The time limit of a wait has come."""
        if not wait.over:
            self.end_wait(wait, wait.ready())

    @property
    def really_wait(self) -> bool:
        """Whether a thread waits for what only real time can bring."""
        return bool(self.away) or any(wait.real for wait in self.waiting)

    def name_of_away(self) -> str:
        """The call in which a thread stays that is away."""
        if self.away:
            return self.run.stands_at(self.away[0].frame())[1]
        return "select"

    def stop_runaways(self) -> None:
        """Stop the threads that compute and do not come to an end, and with them the run."""
        for worker in self.away:
            if not is_asleep(worker.native):
                self._loop.over = "loop"
                self._loop.over_line, self._loop.over_call = self.run.stands_at(worker.frame())

    def wait_on_loop(
        self, place: LoopPlace, ready: Ready, timeout: float | None, call: str
    ) -> bool:
        """Block the event loop's thread; time passes, and other threads go on, until it is ready.

        Raises :class:`EndlessWait` when nothing can make it so.
        """
        until = math.inf if timeout is None else self._loop.now + timeout
        while not ready():
            self._count_turn()
            if self.poll():
                continue
            ending = self._next(until)
            when = until if ending is None else ending.when
            if self._loop.waits.wait(None if when == math.inf else when - self._loop.now):
                continue
            if when == math.inf:
                self.run.on_rule("loop-waits-for-ever", call=call)
                raise EndlessWait
            if when > self._loop.now:
                place.pass_time(when - self._loop.now, call)
            if ending is None:
                return ready()
            ending()
        return True

    def _count_turn(self) -> None:
        from .loop import OverBudget

        self._loop.turns_left -= 1
        if self._loop.turns_left < 0:
            self._loop.over = self._loop.over or "turns"
            raise OverBudget(self._loop.over)

    def _next(self, until: float) -> Ending | None:
        while self._endings and self._endings[0].happened:
            heapq.heappop(self._endings)
        if self._endings and self._endings[0].when <= until:
            return self._endings[0]
        return None

    def stuck(self, connection: Any) -> tuple[str, int] | None:
        """The call and the line at which a thread of a connection waits in the app's own code."""
        for wait in self.waiting:
            line, _ = self.run.stands_at(wait.worker.frame())
            if wait.worker.owner is connection and line is not None:
                return wait.call, line
        return None

    def close(self) -> None:
        """The run is over: end what still waits or sleeps. What really blocks is left alone."""
        for _ in range(5):  # a thread may refuse a few times
            for worker in [worker for worker in self.workers if not worker.done]:
                worker.end()
        for worker in self.workers:
            worker.give_up()


def context_of_a_thread() -> Context:
    """An empty one, but for what the recorder needs: whose connection this is about."""
    context = Context()
    context.run(CURRENT.set, CURRENT.get())
    return context
