"""What a server logs: events of its own, so that none of it is taken for a mistake of the app."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..trace.causes import in_words
from ..trace.recorder import Recorder
from .client_end import END


@contextmanager
def server_log(recorder: Recorder, name: str) -> Iterator[None]:
    """Let records of the loggers below ``name`` be the server's; their levels are put back."""
    make = logging.getLogRecordFactory()

    def record(*arguments: Any, **options: Any) -> logging.LogRecord:
        logger = str(arguments[0]) if arguments else ""
        if logger.partition(".")[0] != name:
            return make(*arguments, **options)
        made = logging.LogRecord(*arguments, **options)
        _tell(recorder, made)
        return made

    top = logging.getLogger(name)
    known = [
        name,
        *(each for each in logging.root.manager.loggerDict if each.startswith(f"{name}.")),
    ]
    loggers = [logging.getLogger(each) for each in known]
    before = [(each, each.level, each.propagate, each.handlers[:]) for each in loggers]
    for each in loggers:
        each.setLevel(logging.NOTSET)
    top.setLevel(logging.WARNING)
    logging.setLogRecordFactory(record)
    try:
        yield
    finally:
        logging.setLogRecordFactory(make)
        for each, level, propagate, handlers in before:
            each.setLevel(level)
            each.propagate, each.handlers[:] = propagate, handlers


def _tell(recorder: Recorder, record: logging.LogRecord) -> None:
    end = END.get()
    about = {"level": record.levelname, "logger": record.name, "text": record.getMessage().strip()}
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        about["exception"] = in_words(error)
    recorder.add(end.name if end else "", "server", "server", "log", about)
