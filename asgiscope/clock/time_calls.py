"""The ``time`` module in virtual time: every function of it that tells or passes time.

``time.sleep`` on the event loop moves the clock as a real one would pass: no other task runs
meanwhile. All clocks agree with each other and with the event loop's. What tells real time even in
a run: ``datetime.now()``, ``datetime.utcnow()`` and ``date.today()``, which are C and ask the
system, ``time.clock_gettime()``, and clocks of the processor's time.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any, Final

from .here import LoopPlace, Run, here, stand
from .loop import VirtualLoop
from .replaced import set_for_good

EPOCH: Final = 1_767_225_600.0  # what time.time() begins at: 2026-01-01T00:00:00Z

_BILLION: Final = 1_000_000_000


def _teller(name: str, tell: Callable[[float], Any]) -> Callable[[], Any]:
    real: Callable[[], Any] = getattr(time, name)

    @functools.wraps(real)
    def now() -> Any:
        place = here()
        return tell(place.now) if place is not None else real()

    return now


def _nanoseconds(seconds: float) -> int:
    return round(seconds * 1_000_000) * 1000


def _epoch_time(seconds: float) -> float:
    return EPOCH + seconds


def _epoch_nanoseconds(seconds: float) -> int:
    return int(EPOCH) * _BILLION + _nanoseconds(seconds)


_real_sleep: Final = time.sleep


@functools.wraps(_real_sleep)
def _sleep(seconds: float, /) -> None:
    place = here()
    if place is None:
        return _real_sleep(seconds)
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    return place.sleep(seconds)


def _calendar(name: str) -> Callable[..., Any]:
    """``gmtime``, ``localtime`` and ``ctime``, which take the present moment by default."""
    real: Callable[..., Any] = getattr(time, name)

    @functools.wraps(real)
    def convert(seconds: float | None = None, /) -> Any:
        place = here() if seconds is None else None
        return real(EPOCH + place.now if place is not None else seconds)

    return convert


def _strftime() -> Callable[..., str]:
    real = time.strftime

    @functools.wraps(real)
    def strftime(form: str, /, *moment: Any) -> str:
        return real(form, *(moment or (time.localtime(),)))

    return strftime


def install_time() -> None:
    """Let the ``time`` module ask each time whether the code that calls it is part of a run."""
    identity: Callable[[float], float] = float
    for name, tell in (
        ("time", _epoch_time),
        ("time_ns", _epoch_nanoseconds),
        ("monotonic", identity),
        ("monotonic_ns", _nanoseconds),
        ("perf_counter", identity),
        ("perf_counter_ns", _nanoseconds),
    ):
        set_for_good(time, name, _teller(name, tell))
    for name in ("gmtime", "localtime", "ctime"):
        set_for_good(time, name, _calendar(name))
    set_for_good(time, "strftime", _strftime())
    set_for_good(time, "sleep", _sleep)


class VirtualTime:
    """Lets this thread be that of a run, whose time is the loop's, inside a ``with``.

    ``on_sleep`` is told of each call that blocks the loop, and its name, before the clock moves.
    """

    def __init__(self, loop: VirtualLoop, on_sleep: Callable[[float, str], None]) -> None:
        self._run = Run(loop, on_sleep)

    def __enter__(self) -> Run:
        self._before = stand(LoopPlace(self._run))
        return self._run

    def __exit__(self, *_: object) -> None:
        stand(self._before)
