"""All words of the engine, a folder a language: nothing else of the engine speaks one.

A folder has ``findings`` (the rules) with ``cases``, ``client`` (what is wrong with a client's
steps), ``events`` (what happens, in a few words), ``meanings`` (the specification's keys),
``states`` (of a connection) and ``decoder`` (the labels of an explained error). Each is read when
it is asked for the first time.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any


@lru_cache(1)
def languages() -> tuple[str, ...]:
    """The codes of the languages that there are, which are the names of the folders."""
    from pkgutil import iter_modules  # not needed before there is something to tell

    return tuple(sorted((module.name for module in iter_modules(__path__)), reverse=True))


def words(language: str, part: str) -> Any:
    """A module of words, such as ``words("en", "events")``. Raises KeyError for no language."""
    if language not in languages():
        raise KeyError(f"no words in {language!r}; known: {', '.join(languages())}")
    return import_module(f".{language}.{part}", __package__)
