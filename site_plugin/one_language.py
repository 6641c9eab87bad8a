"""Paired comments in snippets: each page keeps the one in its own language.

A pair is a comment ``zh: ...`` and, right below it, a comment ``en: ...`` of the same indent.
One of the two is kept, so that both languages have the same lines at the same numbers.
"""

from __future__ import annotations

import re
from typing import Final

COMMENT: Final = re.compile(r"^(?P<before>\s*#) (?P<language>zh|en): ?(?P<text>.*)$")
LANGUAGES: Final = ("zh", "en")


class PairError(ValueError):
    """A comment in one language has no counterpart. ``line`` counts from 1."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def keep_language(source: str, language: str) -> str:
    """The source with the comments of one language. Raises :class:`PairError` for half a pair."""
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; known: {', '.join(LANGUAGES)}")
    kept: list[str] = []
    lines = source.split("\n")
    index = 0
    while index < len(lines):
        first = COMMENT.match(lines[index])
        if first is None:
            kept.append(lines[index])
            index += 1
            continue
        second = COMMENT.match(lines[index + 1]) if index + 1 < len(lines) else None
        _check_pair(first, second, index + 1)
        match = first if first["language"] == language else second
        assert match is not None
        kept.append(f"{match['before']} {match['text']}")
        index += 2
    return "\n".join(kept)


def _check_pair(first: re.Match[str], second: re.Match[str] | None, line: int) -> None:
    if first["language"] != "zh" or second is None or second["language"] != "en":
        raise PairError(line, "write comments in pairs: '# zh: ...' and below it '# en: ...'")
    if first["before"] != second["before"]:
        raise PairError(line + 1, "the two comments of a pair need the same indent")
