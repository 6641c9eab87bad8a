"""The standard library's own ways to start threads and to wait for them, made virtual for a run.

They are changed on the run's thread only: other threads of the process, such as those of a test
that serves something, go on as they are. See :mod:`asgiscope.threads`.
"""

from __future__ import annotations

import functools
import math
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from .clock import VirtualLoop, moment, run_is_here
from .threads import EndlessWait, Threads


@contextmanager
def virtual_threads(loop: VirtualLoop) -> Iterator[Threads]:
    """Let threads, thread pools and what waits for them be virtual for the time of a run."""
    threads = Threads(loop)
    loop.execute = threads.execute
    calls = (*_pools(threads), *_plain_threads(loop, threads), _waits(threads))
    with ExitStack() as stack:
        for owner, name, call in calls:
            stack.enter_context(_replaced(owner, name, call))
        for module, name in _CLOCKS:
            stack.enter_context(_set(module, name, time.monotonic))
        yield threads


# Where the library has taken the clock for itself, before there was a virtual one.
_CLOCKS: Final = ((queue, "time"), (threading, "_time"))


_Call = tuple[type, str, Callable[..., Any]]


@contextmanager
def _replaced(owner: type, name: str, call: Callable[..., Any]) -> Iterator[None]:
    """A method that does something else on the run's thread."""
    real: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(real)
    def choose(self: Any, /, *args: Any, **options: Any) -> Any:
        method = call if run_is_here() else real
        return method(self, *args, **options)

    with _set(owner, name, choose):
        yield


@contextmanager
def _set(owner: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


def _pools(threads: Threads) -> tuple[_Call, ...]:
    def submit(
        pool: Any, function: Callable[..., Any], /, *args: Any, **options: Any
    ) -> Future[Any]:
        if pool._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        return threads.submit(pool, functools.partial(function, *args, **options))

    def shutdown(pool: Any, wait: bool = True, *, cancel_futures: bool = False) -> None:
        pool._shutdown = True
        if wait:
            threads.settle(pool)

    return (ThreadPoolExecutor, "submit", submit), (ThreadPoolExecutor, "shutdown", shutdown)


def _plain_threads(loop: VirtualLoop, threads: Threads) -> tuple[_Call, ...]:
    def start(thread: Any) -> None:
        if thread._started.is_set():
            raise RuntimeError("threads can only be started once")
        thread._started.set()
        parked: list[bool] = []
        end, _ = threads.run(functools.partial(_run_body, thread, parked))
        end = math.inf if parked else end
        if not parked:
            threads.at(end, lambda: None)
        alive = functools.partial(_is_alive, loop, end)
        thread.is_alive = alive  # on the thread itself, for it may outlive the run
        thread.join = lambda timeout=None: _join(threads, alive, timeout)

    return ((threading.Thread, "start", start),)


def _is_alive(loop: VirtualLoop, end: float) -> bool:
    return run_is_here() and moment(loop) < end


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


def _waits(threads: Threads) -> _Call:
    """``Condition.wait``: events, queues, semaphores, barriers and futures are made of it."""

    def wait(condition: Any, timeout: float | None = None) -> bool:
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

    return threading.Condition, "wait", wait


_LOCK: Final = threading.Lock

__all__ = ["virtual_threads"]
