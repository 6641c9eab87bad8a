"""Where an exception comes from: what it was raised from, and what a group of them holds.

Python keeps this in three places (``__cause__``, ``__context__`` and the members of a group), and
its report prints them one after the other. Here they are one list, and the first that comes from a
line of the app's own code is what a finding points at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from ..clock.errors import CannotFollow, EndlessWait
from ..protocol.errors import ClientDisconnected, MessageError

MOST: Final = 8  # causes that are told of one exception


class Cause(NamedTuple):
    """An exception behind another one. ``how``: "cause", "context" or "member"."""

    how: str
    error: BaseException


def causes_of(error: BaseException) -> list[Cause]:
    """Everything behind an exception, what was raised first before what came of it."""
    return list(_behind(error, set()))[:MOST]


def _behind(error: BaseException, known: set[int]) -> Iterator[Cause]:
    known.add(id(error))
    for how, other in _next_to(error):
        if id(other) in known:
            continue
        yield from _behind(other, known)
        if not isinstance(other, BaseExceptionGroup):  # it says nothing that its members do not
            yield Cause(how, other)


def _next_to(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    if error.__cause__ is not None:
        yield "cause", error.__cause__
    elif error.__context__ is not None and not error.__suppress_context__:
        yield "context", error.__context__
    if isinstance(error, BaseExceptionGroup):
        yield from (("member", member) for member in error.exceptions)


def in_words(error: BaseException) -> str:
    """The type and what it says, as Python prints it."""
    name, text = type(error).__name__, text_of(error)
    return f"{name}: {text}" if text else name


def text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # an exception class of the app's own, with a mistake in its __str__
        return ""


def line_of(error: BaseException, source: str) -> int | None:
    """The deepest line of a file through which this exception itself came."""
    if isinstance(error, SyntaxError) and error.filename == source:
        return error.lineno
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == source:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def innermost_line(error: BaseException, source: str) -> int | None:
    """The line of a file where it began: of a cause or a member before that of the whole.

    What was only being handled when it came is another matter, and is asked last.
    """
    causes = causes_of(error)
    behind = [cause.error for cause in causes if cause.how != "context"]
    before = [cause.error for cause in causes if cause.how == "context"]
    lines = (line_of(each, source) for each in (*behind, error, *before))
    return next((line for line in lines if line is not None), None)


def told(error: BaseException, source: str) -> dict[str, Any]:
    """What a trace holds of an exception: ``exception``, its words.

    Where others are behind it, also ``causes``, each with ``exception``, ``how`` and, if it has
    one, ``line``; and ``own_line``, from which the exception itself came.
    """
    causes = [_cause_data(cause, source) for cause in causes_of(error)]
    line = line_of(error, source) if causes else None
    about: dict[str, Any] = {"exception": in_words(error)}
    if causes:
        about["causes"] = causes
    if line is not None:
        about["own_line"] = line
    return about


def _cause_data(cause: Cause, source: str) -> dict[str, Any]:
    line = line_of(cause.error, source)
    about: dict[str, Any] = {"exception": in_words(cause.error), "how": cause.how}
    return about if line is None else {**about, "line": line}


def repeats_the_server(error: BaseException) -> bool:
    """Whether an exception only says again what the server has said: the trace holds it already."""
    if isinstance(error, BaseExceptionGroup):
        return all(repeats_the_server(part) for part in error.exceptions)
    if isinstance(error, (MessageError, ClientDisconnected, EndlessWait, CannotFollow)):
        return True
    cause = error.__cause__ or error.__context__  # a framework's own word for the disconnect
    return isinstance(cause, ClientDisconnected)
