"""What is wrong: as a message alone shows it, and as a run has seen it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ..spec import RULES
from ..spec.model import Level


class Problem(NamedTuple):
    """A rule and the values that its text names, before it is known where and when it was broken.

    A fatal one is raised in ``send()``.
    """

    rule: str
    values: Mapping[str, Any] = MappingProxyType({})

    def in_case(self, case: str) -> Problem:
        """The same problem, told in words for a case of its own (``texts/*/cases.py``)."""
        return self._replace(values={**self.values, "case": case})

    @property
    def fatal(self) -> bool:
        return RULES[self.rule].raises


class Finding(NamedTuple):
    """What an event showed to be wrong. ``values`` are what the rule's text names."""

    rule: str
    level: Level
    event: int
    line: int | None
    connection: str
    spec: str
    values: Mapping[str, Any]


def any_fatal(problems: Iterable[Problem]) -> bool:
    for problem in problems:  # noqa: SIM110 - asked three times a message, mostly of an empty list
        if problem.fatal:
            return True
    return False
