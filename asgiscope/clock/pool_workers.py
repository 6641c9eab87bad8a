"""A pool of threads, and the threads in it: each takes one function after the other."""

from __future__ import annotations

import functools
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .workers import ThreadEnded, Worker, start_thread

if TYPE_CHECKING:
    from .threads import Threads

Deliver = Callable[[Any], None]  # puts a result, or an exception, into a future of either kind
OnEnd = Callable[[Deliver], None]


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


class PoolWorker(Worker):
    """A thread of a pool: it takes one function after the other."""

    def __init__(self, threads: Threads, pool: Pool) -> None:
        super().__init__(threads)
        self._pool = pool
        self._job: tuple[Callable[[], Any], OnEnd] | None = None
        self._ended: Deliver | None = None
        self._fresh = True  # the job was begun just now
        start_thread(threading.Thread(target=self._main, daemon=True))

    def work(self, function: Callable[[], Any], on_end: OnEnd) -> None:
        self._job, self._fresh = (function, on_end), True
        self.resume()
        self._fresh = False

    def returned(self) -> None:
        """What ended at once is told in a turn of its own, as what ends later is."""
        if self._ended is None or self._job is None:
            return
        deliver, on_end = self._ended, self._job[1]
        self._ended = self._job = None
        self._pool.idle.append(self)
        if self._fresh:
            self.threads.at(self.now, lambda: on_end(deliver))
        else:
            on_end(deliver)

    def _main(self) -> None:
        self.begin()
        try:
            if self._pool.initialize is not None and not self._ending:
                self._pool.initialize()
            while self._job is not None and not self._ending:
                self._ended = _outcome(self._job[0])
                self.pause()
        except ThreadEnded:
            pass
        finally:
            self.finish()


def _outcome(function: Callable[[], Any]) -> Deliver:
    try:
        result = function()
    except ThreadEnded:
        raise
    except StopIteration as error:
        stop = RuntimeError("a function in a thread raised StopIteration")
        stop.__cause__ = error
        return lambda future: future.set_exception(stop)
    except BaseException as error:
        failure = error
        return lambda future: future.set_exception(failure)
    return lambda future: future.set_result(result)
