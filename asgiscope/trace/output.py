"""What an app says beside its messages: what it prints, logs, and is warned of by Python."""

from __future__ import annotations

import gc
import io
import logging
import sys
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ..clock.here import at_its_time
from .causes import innermost_line

if TYPE_CHECKING:
    from .recorder import Recorder

LONGEST_OUTPUT: Final = 65_536  # characters of printed text that a run keeps
ALREADY_RECORDED: Final = ("logging", "warnings")  # modules whose text has an event of its own


class Output(io.TextIOBase):
    """Stands in for ``sys.stdout`` or ``sys.stderr``: every line becomes an event of a kind."""

    encoding = "utf-8"

    def __init__(self, recorder: Recorder, kind: str) -> None:
        self._recorder: Recorder | None = recorder
        self._kind = kind
        self._room = LONGEST_OUTPUT
        self._pending = ""
        self._where: tuple[str, str, int | None] = ("", "app", None)

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if sys._getframe(1).f_globals.get("__name__") in ALREADY_RECORDED:
            return len(text)
        if self._recorder is None:
            return len(text)
        self._where = self._recorder.here() or self._where
        *lines, self._pending = (self._pending + text).split("\n")
        if lines:
            self._record("\n".join(lines))
        return len(text)

    def _record(self, text: str) -> None:
        if self._room <= 0 or self._recorder is None:
            return
        text = text[: self._room]
        self._room -= len(text) + 1
        name, actor, line = self._where
        add = partial(self._recorder.add, name, actor, actor, self._kind, {"text": text}, line)
        at_its_time(add)

    def finish(self) -> None:
        """The run is over; whoever still holds this writes to nowhere."""
        if self._pending:
            self._record(self._pending)
            self._pending = ""
        self._recorder = None


class RecordedOutput:
    """Turns what is printed, logged and warned of into events, inside a ``with``."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._unawaited = Unawaited(recorder)

    def __enter__(self) -> None:
        self._streams = sys.stdout, sys.stderr
        self._show, self._make = warnings.showwarning, logging.getLogRecordFactory()
        sys.stdout, sys.stderr = self._recorder.outputs
        warnings.showwarning = self._warn
        logging.setLogRecordFactory(self._log)
        gc.callbacks.append(self._unawaited.note_collecting)
        self._hook = _hook_unawaited(self._unawaited)

    def __exit__(self, *_: object) -> None:
        _hook_unawaited(self._hook)
        gc.callbacks.remove(self._unawaited.note_collecting)
        logging.setLogRecordFactory(self._make)
        warnings.showwarning = self._show
        sys.stdout, sys.stderr = self._streams

    def _warn(self, message: Any, category: type[Warning], *place: Any, **options: Any) -> None:
        _record_warning(self._recorder, str(message), category.__name__, *place[:2])
        self._show(message, category, *place, **options)

    def _log(self, *arguments: Any, **options: Any) -> logging.LogRecord:
        record = self._make(*arguments, **options)
        _record_log(self._recorder, record)
        return record


class Unawaited:
    """Hears of coroutines that were never awaited, at the moment at which they are thrown away.

    Those that the garbage collector finds do not count: they may be of another run, and when it
    finds them is not the same on every platform.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._collecting = False

    def note_collecting(self, phase: str, info: dict[str, int]) -> None:
        self._collecting = phase == "start"

    def __call__(self, coroutine: Any) -> None:
        if not self._collecting:
            self._recorder.not_awaited(coroutine)


def _hook_unawaited(hook: Any) -> Any:
    """Whom the interpreter tells of a coroutine that was never awaited, and who it was before.

    There is no public way to be told of the coroutine itself; its name is in the warning alone.
    """
    name = "_warn_unawaited_coroutine"
    before = getattr(warnings, name, None)
    setattr(warnings, name, hook)
    return before


def _record_warning(recorder: Recorder, text: str, kind: str, file: str, line: int) -> None:
    name, actor, caller = recorder.here() or ("", "app", None)
    about = {"category": kind, "text": text}
    where = line if file == recorder.source else caller
    recorder.add(name, actor, actor, "warning", about, where)


def _record_log(recorder: Recorder, record: logging.LogRecord) -> None:
    """An event for each record; what is logged as an error is found as well."""
    if not record.name:  # copied from another record
        return
    name, actor, line = recorder.here() or ("", "app", None)
    about: dict[str, Any] = {
        "level": record.levelname,
        "logger": record.name,
        "text": _message_of(record),
    }
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        about |= recorder.told(error)
        line = innermost_line(error, recorder.source) or line
    event = recorder.add(name, actor, actor, "log", about, line)
    if record.levelno >= logging.ERROR:
        recorder.error_logged(name, about, error, event, line)


def _message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # its arguments do not fit; logging says so itself
        return str(record.msg)
