"""What is wrong with a message, before it is known where and when it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ..spec import RULES


class Problem(NamedTuple):
    """A rule and the values that its text names. A fatal one is raised in ``send()``."""

    rule: str
    values: Mapping[str, Any] = MappingProxyType({})

    def in_case(self, case: str) -> Problem:
        """The same problem, told in words for a case of its own (``texts/*/cases.py``)."""
        return self._replace(values={**self.values, "case": case})

    @property
    def fatal(self) -> bool:
        return RULES[self.rule].raises


def any_fatal(problems: Iterable[Problem]) -> bool:
    for problem in problems:  # noqa: SIM110 - asked three times a message, mostly of an empty list
        if problem.fatal:
            return True
    return False
