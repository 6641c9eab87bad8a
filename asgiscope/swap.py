"""Other values in the place of attributes, for the time of a run.

A run replaces a dozen functions of the standard library. Each replacement is made once, when its
module is imported, and asks which run it is in; so what is left to do for a run is to put them in.
"""

from __future__ import annotations

from typing import Any

Replacement = tuple[Any, str, Any]  # the owner, the attribute's name, the other value


class Swapped:
    """Replaces attributes inside a ``with``; what was there before comes back in reverse order."""

    def __init__(self, *replacements: Replacement) -> None:
        self._replacements = replacements
        self._before: list[Replacement] = []

    def __enter__(self) -> None:
        self._before = [
            (owner, name, getattr(owner, name)) for owner, name, _ in self._replacements
        ]
        for owner, name, value in self._replacements:
            setattr(owner, name, value)

    def __exit__(self, *_: object) -> None:
        for owner, name, value in reversed(self._before):
            setattr(owner, name, value)
