"""Looks after runs by real time, from a thread of its own: stops what never gives control back.

One thread serves the whole process. It is started by the first run and sleeps while there is none,
so that a run costs nothing by it. A run that ends by itself is not touched; only one that is
stopped here may carry what is real. Where there are no threads, as in the browser, only jumps are
counted (:mod:`asgiscope.clock.loop_guard`), and the page can end the whole interpreter.
"""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from dataclasses import dataclass
from types import FrameType
from typing import Final

from .budget import OverBudget
from .here import ENGINE, Run
from .real_waits import real_clock, real_sleep
from .stopping import raise_at_every_step, stop_thread
from .thread_facts import REAL, computed, is_asleep
from .workers import start_thread

TICK: Final = 0.1  # real seconds between two looks
NOTED: Final = 1.0  # real seconds that the app may keep the loop before that is noted
FOR_GOOD: Final = 3  # tries until whatever the app does raises
AGAIN: Final = 0.5  # real seconds until the next, stronger try
URGENT: Final[signal.Signals | None] = getattr(signal, "SIGURG", None)


class Stopped(OverBudget):
    """Raised from outside, in the middle of the app's code. Caught, it is raised at every step."""

    def __init__(self) -> None:
        super().__init__("loop")


class StoppedForGood(Stopped):
    """The second try: whoever catches this has caught the first, so everything raises now."""

    def __init__(self) -> None:
        super().__init__()
        raise_at_every_step(OverBudget, "loop")


@dataclass
class Watched:
    """A run, and since when it has not moved."""

    run: Run
    native: int
    limit: float
    turn: int = -1
    since: float = 0.0
    position: tuple[int, int] = (0, 0)  # at the last look, and whether it was the same before
    still: bool = False
    used: float | None = None  # seconds that its thread had computed then
    noted: bool = False
    tries: int = 0
    line: int | None = None
    call: str = ""


_watched: Final[list[Watched]] = []
_bell: Final = _thread.allocate_lock()  # held while the watchdog sleeps for want of runs
_state: Final = {"started": False, "asleep": False, "urgent": False}


def watch(run: Run, limit: float) -> Watched | None:
    """Look after a run on this thread until it is given to :func:`unwatch`."""
    if not REAL:
        return None
    watched = Watched(run, threading.get_native_id(), limit)
    _watched.append(watched)
    if not _state["urgent"]:
        _handle_urgent()
    if not _state["started"]:
        _state["started"] = True
        _bell.acquire()
        _keep_quiet_of_stops()
        start_thread(threading.Thread(target=_look_after, name="asgiscope", daemon=True))
    elif _state["asleep"]:
        _state["asleep"] = False
        _bell.release()
    return watched


def unwatch(watched: Watched | None) -> None:
    if watched is None:
        return
    _watched.remove(watched)
    _note_end(watched, real_clock())
    if watched.tries >= FOR_GOOD:
        sys.settrace(None)


def _keep_quiet_of_stops() -> None:
    """Let Python not print that a run was stopped in a ``__del__``, which nobody can catch."""
    tell = sys.unraisablehook

    def hook(unraisable: sys.UnraisableHookArgs) -> None:
        if not isinstance(unraisable.exc_value, OverBudget):
            tell(unraisable)

    sys.unraisablehook = hook


def _handle_urgent() -> None:
    """Have a signal for the main thread that nobody else uses, and that does nothing by itself.

    Only that thread may set a handler, so this waits for its first run.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    _state["urgent"] = True
    if URGENT is not None and signal.getsignal(URGENT) is signal.SIG_DFL:
        signal.signal(URGENT, _wake)


def _wake(number: int, frame: FrameType | None) -> None:
    """The handler; the signal may also come from somewhere else, for nobody."""
    for watched in _watched:
        if watched.tries and watched.run.thread == threading.main_thread().ident:
            raise OverBudget(watched.run.loop.over)


def _way_to_wake(thread: int) -> signal.Signals | None:
    """A signal that raises in the main thread, and so wakes it where no other exception can.

    That is SIGINT, where nobody has another handler for it: it is ignored in the background of a
    shell's script, and ``asyncio.run`` has a handler of its own.
    """
    if thread != threading.main_thread().ident:
        return None
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        return signal.SIGINT
    return URGENT if URGENT is not None and signal.getsignal(URGENT) is _wake else None


def _look_after() -> None:
    idle = 0
    while True:
        real_sleep(TICK)
        _look_at_all(real_clock())
        idle = 0 if _watched else idle + 1
        if idle > 20:
            _state["asleep"] = True
            if not _watched:
                _bell.acquire()
            idle = 0


def _look_at_all(now: float) -> None:
    for watched in tuple(_watched):
        _look(watched, now)


def _look(watched: Watched, now: float) -> None:
    loop = watched.run.loop
    if watched.turn != loop.turns_left or loop.waits.waiting:
        _note_end(watched, now)
        watched.turn, watched.since, watched.tries = loop.turns_left, now, 0
        watched.used = None
        return
    held, frame = now - watched.since, sys._current_frames().get(watched.run.thread)
    position = (id(frame), frame.f_lasti if frame is not None else 0)
    watched.still, watched.position = position == watched.position, position
    if held < NOTED:
        return
    if watched.used is None:
        watched.used = computed(watched.native)
    if not watched.noted:
        watched.noted = True
        watched.line, watched.call = watched.run.stands_at(frame)
    if _is_due(watched, held) and not _is_engine(frame):
        _stop(watched, frame)


def _is_due(watched: Watched, held: float) -> bool:
    """Whether it has waited, or computed, too long. On a busy machine computing takes longer."""
    limit = watched.limit + watched.tries * AGAIN
    if held < limit or watched.used is None or is_asleep(watched.native):
        return held >= limit
    used = (computed(watched.native) or 0.0) - watched.used
    return used >= (limit - NOTED) / 4


def _note_end(watched: Watched, now: float) -> None:
    """The app has given control back after all."""
    if watched.noted and not watched.tries:
        seconds = round(now - watched.since, 1)
        watched.run.on_measured("loop-busy", watched.line, call=watched.call, seconds=seconds)
    watched.noted = False


def _stop(watched: Watched, frame: FrameType | None) -> None:
    run, watched.tries = watched.run, watched.tries + 1
    asleep = watched.still and is_asleep(watched.native)
    if watched.tries == 1:
        run.loop.over = "real" if asleep else "loop"
        run.loop.over_line, run.loop.over_call = run.stands_at(frame)
    wake = _way_to_wake(run.thread) if asleep else None
    if wake is None:
        stop_thread(run.thread, Stopped if watched.tries < FOR_GOOD else StoppedForGood)
    elif hasattr(signal, "pthread_kill"):
        signal.pthread_kill(run.thread, wake)
    else:
        _thread.interrupt_main(wake)


def _is_engine(frame: FrameType | None) -> bool:
    """Whether the thread is in the engine's own code, which ends by itself."""
    name = frame.f_globals.get("__name__", "") if frame is not None else ""
    return name.startswith((f"{ENGINE}.", "asyncio.base_events"))
