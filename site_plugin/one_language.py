"""Comments in several languages in snippets: each page keeps the one in its own.

A group is a comment ``zh: ...`` and, right below it, a comment ``en: ...`` of the same indent, and
so on in the order of mkdocs.yml. One of them is kept, so that all languages have the same lines at
the same numbers.
"""

from __future__ import annotations

import re
from typing import Final

from common.languages import chosen, languages, whole

COMMENT: Final = re.compile(
    rf"^(?P<before>\s*#) (?P<language>{'|'.join(languages())}): ?(?P<text>.*)$"
)


class PairError(ValueError):
    """A comment in one language has no counterpart. ``line`` counts from 1."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def keep_language(source: str, language: str) -> str:
    """The source with the comments of one language. Raises :class:`PairError` for half a group."""
    if language not in languages():
        raise ValueError(f"no language {language!r}; known: {', '.join(languages())}")
    kept: list[str] = []
    lines = source.split("\n")
    index = 0
    while index < len(lines):
        group = _group(lines, index)
        if group:
            kept.append(chosen(group, language))
        else:
            kept.append(lines[index])
        index += len(group) or 1
    return "\n".join(kept)


def _group(lines: list[str], start: int) -> dict[str, str]:
    """The comments of a group that begins here, by language, as they are kept; or none."""
    group: dict[str, str] = {}
    before = ""
    for number, line in enumerate(lines[start:], start + 1):
        found = COMMENT.match(line)
        if found is None or found["language"] in group:
            break
        if group and found["before"] != before:
            raise PairError(number, "the two comments of a pair need the same indent")
        before = found["before"]
        group[found["language"]] = f"{before} {found['text']}"
    in_order = sorted(group, key=[*languages()].index)
    if group and ([*group] != in_order or not set(whole()) <= set(group)):
        pair = " and below it ".join(f"'# {code}: ...'" for code in whole())
        raise PairError(start + 1, f"write comments in pairs: {pair}")
    return group
