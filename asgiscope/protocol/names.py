"""Names for what an app has given or meant, as messages say them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def name_of_type(value: Any) -> str:
    return type(value).__name__


def name_of_code(code: Any) -> str:
    """The name of a function or a coroutine, without those of the functions around it."""
    name: str = getattr(code, "__qualname__", type(code).__name__)
    return name.rpartition("<locals>.")[2]


def nearest(word: str, words: Iterable[str]) -> str:
    """The word that was probably meant, or ""."""
    import difflib  # only where something is wrong: it takes a twentieth of the engine's start

    matches = difflib.get_close_matches(word, list(words), 1, 0.6)
    return matches[0] if matches else ""
