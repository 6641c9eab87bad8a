"""Stops code that never gives control back: a loop without an ``await`` in it.

The event loop cannot stop such code, because it never runs again. So the backward jumps of the
app's own code are counted; when there are too many within one turn of the event loop, the next one
raises. The count is the same on every platform, so the trace is too.
"""

from __future__ import annotations

import contextlib
import dis
import functools
import opcode
import sys
from collections.abc import Callable, Iterator, Sequence
from types import CodeType, FrameType
from typing import Any, Final

JUMPS: Final = 2_000_000  # backward jumps of the app's code in one turn of the event loop

OnLimit = Callable[[], None]


class LoopGuard:
    """Counts jumps. ``on_limit`` is called at each one above the limit; it should raise."""

    def __init__(self, limit: int, on_limit: OnLimit) -> None:
        self._limit = limit
        self._left = limit
        self._on_limit = on_limit

    def reset(self) -> None:
        """A turn of the event loop has begun: the app gave control back."""
        self._left = self._limit

    def count(self) -> None:
        self._left -= 1
        if self._left < 0:
            self._on_limit()

    def pass_limit(self) -> None:
        """An instruction has been met that jumps to itself: that loop never ends."""
        self._left = 0
        self.count()


# Every ``await`` has a JUMP_BACKWARD_NO_INTERRUPT of its own, which is not a loop of the app's.
_BACKWARD: Final = frozenset(
    number
    for name, number in opcode.opmap.items()
    if "JUMP_BACKWARD" in name and "NO_INTERRUPT" not in name
)


def codes_of(code: CodeType) -> Iterator[CodeType]:
    """Of a code object and those defined inside it, the ones that have a loop."""
    if not _BACKWARD.isdisjoint(code.co_code[::2]):
        yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_of(constant)


def self_jumps(code: CodeType) -> frozenset[int]:
    """The offsets of the instructions that jump to themselves: one back, in Python 3.11."""
    raw = code.co_code
    found = []
    for offset in range(0, len(raw), 2):
        extended = offset > 0 and raw[offset - 2] == dis.EXTENDED_ARG
        if raw[offset] in _BACKWARD and raw[offset + 1] == 1 and not extended:
            found.append(offset)
    return frozenset(found)


def codes_of_app(app: Any) -> Sequence[CodeType]:
    """The code of an app that is a function, or whose class defines its call; with a loop."""
    code = getattr(app, "__code__", None) or getattr(type(app).__call__, "__code__", None)
    return _kept_codes_of(code) if code else ()


@functools.lru_cache
def _kept_codes_of(code: CodeType) -> Sequence[CodeType]:
    """For an app that is run again and again, as in a test suite."""
    return tuple(codes_of(code))


def guarded(guard: LoopGuard, codes: Sequence[CodeType]) -> contextlib.AbstractContextManager[None]:
    """Count the backward jumps of these code objects for the time of a run."""
    if not codes:
        return contextlib.nullcontext()
    return _monitored(guard, codes) if sys.version_info >= (3, 12) else _traced(guard, codes)


_TOOL: Final = 4  # of the six tools that sys.monitoring has room for, one without a fixed use


@contextlib.contextmanager
def _monitored(guard: LoopGuard, codes: Sequence[CodeType]) -> Iterator[None]:
    monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
    if monitoring.get_tool(_TOOL) is not None:  # a run inside a run, or somebody else's tool
        yield
        return

    def on_jump(code: CodeType, offset: int, target: int) -> None:
        if target <= offset:
            guard.count()

    monitoring.use_tool_id(_TOOL, "asgiscope")
    monitoring.register_callback(_TOOL, monitoring.events.JUMP, on_jump)
    for code in codes:
        monitoring.set_local_events(_TOOL, code, monitoring.events.JUMP)
    try:
        yield
    finally:
        for code in codes:
            monitoring.set_local_events(_TOOL, code, 0)
        monitoring.register_callback(_TOOL, monitoring.events.JUMP, None)
        monitoring.free_tool_id(_TOOL)


@contextlib.contextmanager
def _traced(guard: LoopGuard, codes: Sequence[CodeType]) -> Iterator[None]:
    """Python 3.11 has no ``sys.monitoring``; there, lines that go back are taken for jumps.

    Of an instruction that jumps to itself, as in ``while True: pass`` on one line, it is told once.
    """
    if sys.gettrace() is not None:  # a debugger or a coverage tool has its place
        yield
        return
    watched = {id(code): self_jumps(code) for code in codes}

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if id(frame.f_code) not in watched:
            return None
        last, endless = [frame.f_lineno], watched[id(frame.f_code)]

        def on_line(frame: FrameType, event: str, argument: Any) -> Any:
            if event == "line":
                if frame.f_lasti in endless:
                    guard.pass_limit()
                if frame.f_lineno <= last[0]:
                    guard.count()
                last[0] = frame.f_lineno
            return on_line

        return on_line

    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(None)
