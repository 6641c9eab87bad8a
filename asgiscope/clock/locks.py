"""Locks and the simple queue, as a run gives them to the app: they wait in virtual time.

The real ones are C: whoever waits for one stops its thread, and nobody can go on in its place.
Outside a run the names give real locks.
"""

from __future__ import annotations

import _thread
import queue
import threading
from types import TracebackType
from typing import Any, Final

from .here import here

REAL_LOCK: Final[Any] = _thread.allocate_lock
REAL_RLOCK: Final[Any] = threading.RLock
REAL_QUEUE: Final[Any] = queue.SimpleQueue


class Lock:
    """A lock that lets the other threads of a run go on while one waits for it."""

    def __init__(self) -> None:
        self._real = REAL_LOCK()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        place = here()
        if place is not None:
            place.enter()
        if self._real.acquire(False):
            return True
        if place is None or not blocking:
            return bool(self._real.acquire(blocking, timeout))
        return place.wait(lambda: self._real.acquire(False), None if timeout < 0 else timeout)

    def release(self) -> None:
        self._real.release()

    def locked(self) -> bool:
        return bool(self._real.locked())

    __enter__ = acquire

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _at_fork_reinit(self) -> None:
        self._real._at_fork_reinit()


class RLock(threading._RLock):  # type: ignore[misc]
    """The standard library's own in Python, over a lock that waits in virtual time."""

    def __init__(self) -> None:
        super().__init__()
        self._block = Lock()


class SimpleQueue(queue._PySimpleQueue):  # type: ignore[name-defined,misc]
    """The standard library's own in Python, which waits by a semaphore."""


class AskingLock:
    """What ``threading.Lock`` is: in a run it gives a lock whose waits are virtual."""

    def __new__(cls) -> Any:
        return REAL_LOCK() if here() is None else Lock()


class AskingRLock:
    """What ``threading.RLock`` is: in a run it gives a lock whose waits are virtual."""

    def __new__(cls) -> Any:
        return REAL_RLOCK() if here() is None else RLock()


class AskingSimpleQueue:
    """What ``queue.SimpleQueue`` is: in a run it gives a queue whose waits are virtual."""

    def __new__(cls) -> Any:
        return REAL_QUEUE() if here() is None else SimpleQueue()
