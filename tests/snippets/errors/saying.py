"""What a pinned server, framework or library says, caught where it says it.

A provoker is a function that makes one entry of ``data/errors/`` come true: it gives everything
that was said meanwhile, and one of these has to be the entry's message, word for word.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

PYTHON = "python"
DISTRIBUTIONS = re.compile(r"(?:site|dist)-packages[/\\]_?(\w+)")


@dataclass(frozen=True)
class Said:
    """A message, where it came out ("exception", "log ERROR", "response 400" ...), by whom."""

    where: str
    text: str
    who: tuple[str, ...]


Provoker = Callable[[], Iterable[Said]]
PROVOKERS: dict[str, Provoker] = {}
LISTENING: set[str] = set()


def provokes(entry: str, listens: bool = False) -> Callable[[Provoker], Provoker]:
    """Register the one function that provokes an entry, and whether it listens on a port."""

    def register(provoker: Provoker) -> Provoker:
        assert entry not in PROVOKERS, f"{entry} is provoked twice"
        PROVOKERS[entry] = provoker
        if listens:
            LISTENING.add(entry)
        return provoker

    return register


def of_exception(error: BaseException, where: str = "exception") -> Iterator[Said]:
    """The last lines of a traceback; of a group, those of the exceptions in it too."""
    text = "".join(traceback.format_exception_only(error)).strip()
    frames = traceback.extract_tb(error.__traceback__)
    who = {_distribution(frames[-1].filename)} if frames else set()
    if type(error).__module__ == "builtins":
        who.add(PYTHON)
    yield Said(where, text, tuple(sorted(who)))
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from of_exception(part, where)


def _distribution(file: str) -> str:
    found = DISTRIBUTIONS.search(file)
    return found[1].lower() if found else PYTHON


def by(package: str, said: Iterable[Said]) -> list[Said]:
    """The same, said by a package on whose behalf Python or another package spoke."""
    return [replace(one, who=(*one.who, package)) for one in said]


def raised(call: Callable[[], Any]) -> list[Said]:
    """What a function raises, or a coroutine function in a loop of its own."""
    try:
        result = call()
        if inspect.iscoroutine(result):
            asyncio.run(result)
    except BaseException as error:
        return list(of_exception(error))
    return []


class Ear(logging.Handler):
    """Hears what loggers say, and the exceptions that they write down."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[Said] = []

    def emit(self, record: logging.LogRecord) -> None:
        who = (record.name.partition(".")[0], _distribution(record.pathname))
        self.said.append(Said(f"log {record.levelname}", record.getMessage().strip(), who))
        if record.exc_info and record.exc_info[1]:
            self.said += of_exception(record.exc_info[1])


@contextmanager
def listening(*names: str) -> Iterator[list[Said]]:
    """Hear loggers at level INFO, without what they do otherwise."""
    ear = Ear()
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(ear)
        logger.setLevel(logging.INFO)
    try:
        yield ear.said
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(ear)
            logger.setLevel(level)


@contextmanager
def warned(said: list[Said]) -> Iterator[None]:
    """Add every warning to what was said."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for warning in caught:
        name = warning.category.__name__
        module = _distribution(warning.filename)
        said.append(Said("warning", f"{name}: {warning.message}".strip(), (module, PYTHON)))


@contextmanager
def no_warnings() -> Iterator[None]:
    """For what is deprecated, but not the message at issue."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def logged(call: Callable[[], Any], *names: str) -> list[Said]:
    """What loggers say while a function runs, and what it raises; an exit is no exception."""
    with listening(*names) as said:
        try:
            result = call()
            if inspect.iscoroutine(result):
                asyncio.run(result)
        except SystemExit:
            pass
        except BaseException as error:
            said += of_exception(error)
    return said


def printed(arguments: list[str], who: str = PYTHON, seconds: float = 20) -> list[Said]:
    """The lines that a Python program prints, as said in the terminal."""
    import subprocess

    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
    )
    lines = [line.strip() for line in done.stdout.splitlines()]
    return [Said("terminal", line, (who,)) for line in lines if line]
