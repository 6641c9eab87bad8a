"""All that the site says itself, a module a language: nothing else of what builds it speaks one.

A module has the words of the templates (``TEMPLATES``), of what pages are made of (``DEMO``,
``REFERENCE``, ``DECODER`` ...), of the printed book, and the text that a new page begins with.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


@cache
def known() -> tuple[str, ...]:
    """The codes of the languages that there are words of."""
    return tuple(module.name for module in iter_modules(__path__))


def words(language: str) -> Any:
    """The module of a language's words. Raises KeyError where there is none."""
    if language not in known():
        raise KeyError(f"common/words has no {language}.py; it has {', '.join(known())}")
    return import_module(f".{language}", __package__)
