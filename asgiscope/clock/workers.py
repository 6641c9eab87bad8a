"""Real threads that take turns: one thing runs at a time, as virtual time needs it.

A worker runs while whoever let it run waits, and gives the baton back when it sleeps, waits or
ends. One that stays in a call of C that really blocks (a socket, a lock made before the run) does
not hold up the others for long: it counts as *away*, the others go on, and it asks for the baton
when it comes back. The same goes for one that computes for more than a moment.
"""

from __future__ import annotations

import _thread
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from .here import CURRENT, Place, Ready, leave, name_of_call, stand, standing
from .real_waits import real_clock
from .stopping import raise_at_every_step, stop_thread
from .thread_facts import computed, is_asleep

if TYPE_CHECKING:
    from .threads import Threads

SLICE: Final = 0.02  # real seconds between two looks at a thread that does not come back
LOOKS: Final = 3  # at so many of them it is asleep before it counts as away
COMPUTING: Final = 1.0  # seconds that a thread may compute before the others go on

REAL_START: Final[Callable[[Any], None]] = threading.Thread.start


class ThreadEnded(SystemExit):
    """The run is over: raised where a thread waits, to end it. Threads end by it quietly."""


class EndedForGood(ThreadEnded):
    """Raised in a thread that computes although the run is over: from then on everything raises."""

    def __init__(self) -> None:
        super().__init__()
        raise_at_every_step(ThreadEnded)


class Waiting:
    """A thread that waits until something is ready. ``real``: only real time can bring it."""

    def __init__(self, worker: Worker, ready: Ready, call: str, real: bool) -> None:
        self.worker = worker
        self.call = call
        self.ready = ready
        self.real = real
        self.over = False
        self.result = False


class Worker(Place):
    """A thread of the app."""

    def __init__(self, threads: Threads) -> None:
        super().__init__(threads.run)
        self.threads = threads
        self._trace = sys.gettrace()  # counts jumps, on Python 3.11
        self.owner = CURRENT.get()  # whom it works for
        self.done = False
        self.away = False
        self.ident = 0
        self.native = 0
        self._ending = False
        self._owed = False  # it was to go on while it was away
        self._gate = _closed_lock()  # opened to let the worker go on
        self._back = _closed_lock()  # opened when the worker gives the baton back
        self._switch = _thread.allocate_lock()  # held to decide whether it is away
        threads.workers.append(self)

    # For whoever has the baton --------------------------------------------------------------

    def resume(self) -> None:
        """Let the worker go on until it gives the baton back, or is away."""
        with self._switch:
            if self.away:
                self._owed = True
                return
        self.hand_baton()

    def hand_baton(self) -> None:
        self._gate.release()
        if not self._back.acquire(timeout=SLICE):
            waits = self.run.loop.waits
            before, waits.waiting = waits.waiting, True
            self._await_baton()
            waits.waiting = before
        self.returned()

    def returned(self) -> None:
        """The baton is back; a pool has to be told of a function that has ended."""

    def _await_baton(self) -> None:
        begin, asleep, before = self.used(), 0, self.position()
        while not self._back.acquire(timeout=SLICE):
            position = self.position()
            asleep = asleep + 1 if position == before and is_asleep(self.native) else 0
            before = position
            if asleep >= LOOKS or self.used() - begin > COMPUTING:
                with self._switch:
                    if not self._back.acquire(False):
                        self.away = True
                        self.threads.away.append(self)
                return

    def used(self) -> float:
        """Seconds that it has computed, or, where that cannot be asked, seconds that passed."""
        seconds = computed(self.native)
        return real_clock() if seconds is None else seconds

    def position(self) -> tuple[int, int]:
        frame = self.frame()
        return (id(frame), frame.f_lasti) if frame is not None else (0, 0)

    def frame(self) -> FrameType | None:
        return sys._current_frames().get(self.ident)

    def end(self) -> None:
        """The run is over: raise in the worker, where it waits."""
        for wait in [wait for wait in self.threads.waiting if wait.worker is self]:
            wait.over = True
            self.threads.waiting.remove(wait)
        self._ending = True
        if self in self.threads.back:
            self.threads.back.remove(self)
            self.hand_baton()
        elif not self.away:
            self.hand_baton()

    def give_up(self) -> None:
        """Whatever the worker still does is no part of the run."""
        leave(self.ident)
        self._ending = True
        if not self.done and not is_asleep(self.native):
            stop_thread(self.ident, EndedForGood)

    # On the worker's own thread -------------------------------------------------------------

    def begin(self) -> None:
        """The thread is there: wait for the baton."""
        self.ident = _thread.get_ident()
        self.native = threading.get_native_id()
        stand(self)
        self._gate.acquire()
        if self._trace is not None:
            sys.settrace(self._trace)

    def finish(self) -> None:
        """The thread is at its end."""
        if self._ending:
            sys.settrace(None)
        with suppress(ThreadEnded):
            self.enter()
        stand(None)
        self.done = True
        with self._switch:
            if not self.away:
                self._back.release()

    def pause(self) -> None:
        """Give the baton back, and wait until it comes again."""
        while not self._give_back():
            self.enter()
        if self._ending:
            raise ThreadEnded

    def _give_back(self) -> bool:
        with self._switch:
            if self.away:
                return False
            if self._owed:
                self._owed = False
                return True
            self._back.release()
        self._gate.acquire()
        return True

    def enter(self) -> None:
        if self.away:
            self._come_back()

    def _come_back(self) -> None:
        """Back from a call that really blocked: ask for the baton."""
        if self._ending:
            raise ThreadEnded
        self.threads.away.remove(self)
        self.threads.back.append(self)
        self._gate.acquire()
        self.away = False
        if self._ending:
            raise ThreadEnded

    def sleep(self, seconds: float) -> None:
        self.enter()
        self.threads.at(self.now + seconds, self.resume)
        self.pause()

    def wait(
        self, ready: Ready, timeout: float | None, call: str = "", *, real: bool = False
    ) -> bool:
        self.enter()
        if ready():
            return True
        wait = Waiting(self, ready, call or name_of_call(), real)
        self.threads.waiting.append(wait)
        if timeout is not None:
            self.threads.at(self.now + timeout, lambda: self.threads.time_out(wait))
        self.pause()
        return wait.result

    def really(self, call: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Make a call that is known to block for real: the others go on meanwhile."""
        self.enter()
        with self._switch:
            self.away = True
            self.threads.away.append(self)
            self._back.release()
        try:
            with standing(None):
                return call(*args, **options)
        finally:
            self.enter()


class AppThread(Worker):
    """A ``threading.Thread`` that the app has started."""

    def __init__(self, threads: Threads, thread: threading.Thread) -> None:
        super().__init__(threads)
        self._thread = thread

    def start(self, run: Callable[[], None]) -> None:
        """Start it, with what its ``run`` is to do, and let it go on until it waits or ends."""

        def follow() -> None:
            self.begin()
            try:
                if not self._ending:
                    run()
            except SystemExit:
                pass
            except BaseException:
                about = threading.ExceptHookArgs((*sys.exc_info(), self._thread))
                threading.excepthook(about)
            finally:
                self.finish()

        self._thread.daemon = True  # it may outlive the run, but never hold up the process's end
        self._thread.run = follow  # type: ignore[method-assign]
        start_thread(self._thread)
        self.resume()


def start_thread(thread: threading.Thread) -> None:
    """Start a thread as it is outside a run."""
    with standing(None):
        REAL_START(thread)


def _closed_lock() -> Any:
    lock = _thread.allocate_lock()
    lock.acquire()
    return lock
