"""Stops a thread from outside, whatever it does: by an exception that another thread raises in it.

Code that catches it and goes on is traced from then on, and every further step of it raises again.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from .here import ENGINE


def stop_thread(ident: int, exception: type[BaseException]) -> None:
    """Raise an exception in a thread, as soon as it runs Python code again."""
    import ctypes  # not where the engine is only loaded: in the browser it is an archive of its own

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(ident), ctypes.py_object(exception))


def raise_at_every_step(error: type[BaseException], *about: Any) -> None:
    """From now on, let whatever the app does on this thread raise, until it is traced no more.

    It is called where an exception that another thread has raised is made, as it is caught.
    """

    def trace(frame: FrameType, event: str, value: Any) -> Any:
        if _is_exempt(frame):
            return None
        if event == "line":
            raise error(*about)
        return trace

    frame: FrameType | None = sys._getframe(2)  # beyond the exception that is being made
    while frame is not None:
        if not _is_exempt(frame):
            frame.f_trace = trace
        frame = frame.f_back
    sys.settrace(trace)


def _is_exempt(frame: FrameType) -> bool:
    """Whether it is the engine's code, or the standard library's, which both use."""
    top = frame.f_globals.get("__name__", "").partition(".")[0]
    return top == ENGINE or top in sys.stdlib_module_names
