"""A limit in real seconds for a whole command, whatever the code that runs in it does."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from ..trace.tracebacks import own_frames_of_stack

DEEPEST: Final = 20  # frames that are told


@contextmanager
def wall_clock(seconds: float, status: int) -> Iterator[None]:
    """End the process with ``status`` after so many real seconds; 0: never.

    It says first in which line of the app the main thread is. Nothing is cleaned up, because the
    code that holds on to the thread cannot be asked to.
    """
    if not seconds:
        yield
        return
    thread = threading.get_ident()
    timer = threading.Timer(seconds, _give_up, (thread, seconds, status))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _give_up(thread: int, seconds: float, status: int) -> None:
    frame: FrameType | None = sys._current_frames().get(thread)
    lines = own_frames_of_stack(traceback.extract_stack(frame)) if frame else ()
    print(f"asgiscope: not done after {seconds:g} seconds (--timeout)", file=sys.__stderr__)
    for line in lines[-DEEPEST:]:
        print(f"  {line}", file=sys.__stderr__)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            stream.flush()
    os._exit(status)
