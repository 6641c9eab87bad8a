"""The lines of an app's own code through which an exception came, for people who read them."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

_ENGINE: Final = str(Path(__file__).parents[1])
_OTHERS: Final = (
    str(Path(os.__file__).parent),  # the standard library
    "<frozen ",
    "site-packages",
    "dist-packages",
)
MOST: Final = 20  # frames of one exception
WIDEST: Final = 80  # characters of a line of code


def own_frames(error: BaseException) -> tuple[str, ...]:
    """``file:line in function: code``, outermost first; those of libraries are left out.

    The last is always there, so that it is seen where an exception was raised. What an exception
    was caused by comes before it.
    """
    return tuple(line for each in reversed(list(_chain(error))) for line in _lines(each))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _lines(error: BaseException) -> tuple[str, ...]:
    return own_frames_of_stack(traceback.extract_tb(error.__traceback__))


def own_frames_of_stack(frames: Sequence[traceback.FrameSummary]) -> tuple[str, ...]:
    """The same of a stack, outermost first."""
    frames = [frame for frame in frames if not frame.filename.startswith(_ENGINE)]
    own = [frame for frame in frames if _is_own(frame.filename)][-MOST:]
    last = [frame for frame in frames[-1:] if not _is_own(frame.filename)]
    return tuple(map(_told, [*own, *last]))


def _told(frame: traceback.FrameSummary) -> str:
    line = frame.line or ""
    code = f": {line[:WIDEST]}{'…' if len(line) > WIDEST else ''}" if line else ""
    return f"{frame.filename}:{frame.lineno} in {frame.name}{code}"


def _is_own(file: str) -> bool:
    return not any(other in file for other in _OTHERS)
