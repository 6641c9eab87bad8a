"""The standard library's own ways to start threads and to wait for them, made virtual for a run.

They are changed on the run's thread only: other threads of the process, such as those of a test
that serves something, go on as they are. See :mod:`asgiscope.threads`.
"""

from __future__ import annotations

import functools
import math
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from .clock import run_here, virtual_monotonic
from .swap import Replacement
from .threads import EndlessWait, Threads


def _replaced(owner: type, name: str, call: Callable[..., Any]) -> Replacement:
    """A method that does something else on the run's thread; it is given the run's threads."""
    real: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(real)
    def choose(self: Any, /, *args: Any, **options: Any) -> Any:
        run = run_here()
        return (
            call(run.loop.threads, self, *args, **options) if run else real(self, *args, **options)
        )

    return owner, name, choose


def _submit(
    threads: Threads, pool: Any, function: Callable[..., Any], /, *args: Any, **options: Any
) -> Future[Any]:
    if pool._shutdown:
        raise RuntimeError("cannot schedule new futures after shutdown")
    return threads.submit(pool, functools.partial(function, *args, **options))


def _shutdown(
    threads: Threads, pool: Any, wait: bool = True, *, cancel_futures: bool = False
) -> None:
    pool._shutdown = True
    if wait:
        threads.settle(pool)


def _start(threads: Threads, thread: Any) -> None:
    if thread._started.is_set():
        raise RuntimeError("threads can only be started once")
    thread._started.set()
    parked: list[bool] = []
    end, _ = threads.run(functools.partial(_run_body, thread, parked))
    end = math.inf if parked else end
    if not parked:
        threads.at(end, lambda: None)
    alive = functools.partial(_is_alive, threads, end)
    thread.is_alive = alive  # on the thread itself, for it may outlive the run
    thread.join = lambda timeout=None: _join(threads, alive, timeout)


def _is_alive(threads: Threads, end: float) -> bool:
    return run_here() is not None and threads.now < end


def _join(threads: Threads, alive: Callable[[], bool], timeout: float | None) -> None:
    if alive():
        threads.block(lambda: not alive(), timeout)


def _run_body(thread: Any, parked: list[bool]) -> None:
    """Run a thread's function. One that waits for more work is parked, and never goes on."""
    try:
        thread.run()
    except EndlessWait:
        parked.append(True)
    except Exception:
        thread._invoke_excepthook(thread)
    except SystemExit:
        pass


def _wait(threads: Threads, condition: Any, timeout: float | None = None) -> bool:
    """``Condition.wait``: events, queues, semaphores, barriers and futures are made of it."""
    if not condition._is_owned():
        raise RuntimeError("cannot wait on un-acquired lock")
    waiter = _LOCK()
    waiter.acquire()
    condition._waiters.append(waiter)
    state = condition._release_save()
    try:
        return threads.block(lambda: not waiter.locked(), timeout)
    finally:
        condition._acquire_restore(state)
        if waiter in condition._waiters:
            condition._waiters.remove(waiter)


_LOCK: Final = threading.Lock

# Threads, thread pools and what waits for them; and where the library has taken the clock for
# itself, before there was a virtual one.
VIRTUAL_THREADS: Final[tuple[Replacement, ...]] = (
    _replaced(ThreadPoolExecutor, "submit", _submit),
    _replaced(ThreadPoolExecutor, "shutdown", _shutdown),
    _replaced(threading.Thread, "start", _start),
    _replaced(threading.Condition, "wait", _wait),
    (queue, "time", virtual_monotonic),
    (threading, "_time", virtual_monotonic),
)

__all__ = ["VIRTUAL_THREADS"]
