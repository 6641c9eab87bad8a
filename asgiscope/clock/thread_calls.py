"""The standard library's own ways to start threads and to wait for them, as a run has them.

They ask each time whether the code that calls them is part of a run: other threads of the process,
such as those of a test that serves something, go on as they are; see
:mod:`asgiscope.clock.threads`.
"""

from __future__ import annotations

import functools
import math
import os
import queue
import selectors
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final
from weakref import WeakKeyDictionary

from . import thread_facts
from .errors import CannotFollow
from .here import LoopPlace, Place, context_of_a_thread, here, standing
from .locks import REAL_LOCK, AskingLock, AskingRLock, AskingSimpleQueue
from .loop import VirtualLoop
from .replaced import set_for_good
from .workers import AppThread, Worker

Call = Callable[..., Any]  # given the place, the real call, and its arguments


def install_threads() -> None:
    """Let threads, and what waits for them, ask each time whether they are part of a run."""
    for owner, name, call in _CALLS:
        set_for_good(owner, name, _asking(getattr(owner, name), call), everywhere=False)
    set_for_good(threading, "Lock", AskingLock)
    set_for_good(threading, "RLock", AskingRLock)
    set_for_good(queue, "SimpleQueue", AskingSimpleQueue)
    # Where the library has taken the clock for itself, before there was a virtual one.
    set_for_good(queue, "time", time.monotonic, everywhere=False)
    set_for_good(threading, "_time", time.monotonic, everywhere=False)


def _asking(real: Callable[..., Any], call: Call) -> Callable[..., Any]:
    """A function or method that does something else in a run."""

    @functools.wraps(real)
    def choose(*args: Any, **options: Any) -> Any:
        place = here()
        return real(*args, **options) if place is None else call(place, real, *args, **options)

    return choose


# Pools --------------------------------------------------------------------------------------


def _submit(
    place: Place, real: Any, pool: Any, function: Callable[..., Any], /, *args: Any, **options: Any
) -> Future[Any]:
    place.enter()
    if pool._shutdown:
        raise RuntimeError("cannot schedule new futures after shutdown")
    work = functools.partial(function, *args, **options)
    return place.run.open_threads().pools.submit(pool, work)


def _shutdown(
    place: Place, real: Any, pool: Any, wait: bool = True, *, cancel_futures: bool = False
) -> None:
    pool._shutdown = True
    if wait:
        place.run.open_threads().pools.settle(pool)


# Threads ------------------------------------------------------------------------------------

# Of a thread that was started in a run: whether it is alive.
_alive: Final[WeakKeyDictionary[threading.Thread, Callable[[], bool]]] = WeakKeyDictionary()


def _start(place: Place, real: Any, thread: threading.Thread) -> None:
    place.enter()
    if thread._started.is_set():  # type: ignore[attr-defined]
        raise RuntimeError("threads can only be started once")
    run = functools.partial(context_of_a_thread().run, thread.run)
    if thread_facts.REAL:
        _start_real(place, thread, run)
    else:
        _start_inline(place, thread, run)


def _start_real(place: Place, thread: threading.Thread, run: Callable[[], None]) -> None:
    worker = AppThread(place.run.open_threads(), thread)
    worker.origin = place.run.line_of_start()
    _alive[thread] = lambda: not worker.done
    worker.start(run)


def _start_inline(place: Place, thread: Any, run: Callable[[], None]) -> None:
    """Where there are no threads. One that waits for more work is parked, and never goes on."""
    from .inline_threads import run_inline

    thread._started.set()
    when, deliver = run_inline(place.run, run, parks=True)
    future: Future[None] = Future()
    deliver(future)
    error = future.exception()
    if isinstance(error, CannotFollow):
        when = math.inf
    elif error is not None:
        threading.excepthook(
            threading.ExceptHookArgs((type(error), error, error.__traceback__, thread))
        )
    if when < math.inf:
        place.run.open_threads().at(when, lambda: None)
    thread.is_alive = functools.partial(_is_before, place.run.loop, when)
    thread.join = functools.partial(_join_inline, thread)


def _is_before(loop: VirtualLoop, when: float) -> bool:
    place = here()
    return place is not None and place.run.loop is loop and place.now < when


def _join_inline(thread: Any, timeout: float | None = None) -> None:
    place = here()
    if place is not None and thread.is_alive():
        place.wait(lambda: not thread.is_alive(), timeout, "Thread.join")


def _is_alive(place: Place, real: Any, thread: threading.Thread) -> bool:
    alive = _alive.get(thread)
    return alive() if alive is not None else bool(real(thread))


def _join(place: Place, real: Any, thread: threading.Thread, timeout: float | None = None) -> None:
    alive = _alive.get(thread)
    if alive is None:
        real(thread, timeout)
    elif alive():
        place.wait(lambda: not alive(), timeout, "Thread.join")


# Waits --------------------------------------------------------------------------------------


def _wait(place: Place, real: Any, condition: Any, timeout: float | None = None) -> bool:
    """``Condition.wait``: events, queues, semaphores, barriers and futures are made of it."""
    if not condition._is_owned():
        raise RuntimeError("cannot wait on un-acquired lock")
    waiter = REAL_LOCK()
    waiter.acquire()
    condition._waiters.append(waiter)
    state = condition._release_save()
    try:
        return place.wait(lambda: not waiter.locked(), timeout)
    finally:
        condition._acquire_restore(state)
        if waiter in condition._waiters:
            condition._waiters.remove(waiter)


def _select(place: Place, real: Any, selector: Any, timeout: float | None = None) -> list[Any]:
    """A selector of a thread of the app, such as that of an event loop of its own.

    On the event loop's own thread it really waits.
    """
    if isinstance(place, LoopPlace):
        return _really(place, real, selector, timeout)  # type: ignore[no-any-return]
    found: list[Any] = []

    def ready() -> bool:
        found[:] = real(selector, 0)
        return bool(found)

    limit = None if timeout is None else max(0.0, timeout)
    if isinstance(place, Worker):
        place.wait(ready, limit, real=len(selector.get_map()) > 1)
    else:
        place.wait(ready, limit)
    return found


def _really(place: Place, real: Any, /, *args: Any, **options: Any) -> Any:
    """A call that waits for the world outside: it is made as it is."""
    if isinstance(place, Worker):
        return place.really(real, *args, **options)
    with standing(None):
        return real(*args, **options)


_SELECTORS: Final = [
    getattr(selectors, name)
    for name in ("SelectSelector", "_PollLikeSelector", "EpollSelector", "KqueueSelector")
    if hasattr(selectors, name)
]

_CALLS: Final[list[tuple[Any, str, Call]]] = [
    (ThreadPoolExecutor, "submit", _submit),
    (ThreadPoolExecutor, "shutdown", _shutdown),
    (threading.Thread, "start", _start),
    (threading.Thread, "is_alive", _is_alive),
    (threading.Thread, "join", _join),
    (threading.Condition, "wait", _wait),
    *((selector, "select", _select) for selector in _SELECTORS),
    (subprocess.Popen, "communicate", _really),
    (subprocess.Popen, "wait", _really),
    *((os, name, _really) for name in ("waitpid",) if hasattr(os, name)),
    (socket, "getaddrinfo", _really),
    (socket, "create_connection", _really),
]
