"""``asgiscope explain``: the card of the message that a text holds, or the nearest."""

from __future__ import annotations

import sys
from typing import Any, Final

from ..decoder.entries import decoder, entries
from ..decoder.matching import LIMIT, VARIABLE, Hit
from ..texts import words
from .loading import UsageError

FIELDS: Final = ("from", "why", "fix", "see")
BYTES: Final = 4 * LIMIT  # of standard input that are kept: what LIMIT characters may take


def explained(text: str, language: str) -> tuple[str, bool]:
    """What there is to say about a text, and whether its message is known.

    Raises :class:`UsageError` for a text without anything in it.
    """
    told = words(language, "decoder")
    answer = decoder().explain(text)
    if not answer.lines:
        raise UsageError(told.EMPTY)
    first, others = answer.hits[:1], answer.hits[1:]
    if answer.exact:
        parts = [*(card(hit, told, language) for hit in first)]
        parts += [told.ALSO, *map(heading, others)] if others else []
    elif first:
        parts = [told.NEAREST, *(f"{heading(hit)}\n  {' '.join(hit.words)}" for hit in answer.hits)]
    else:
        parts = [told.UNKNOWN]
    if len(text) > LIMIT:
        parts.append(told.CUT.format(f"{LIMIT:,}"))
    return "\n".join(parts) + "\n", answer.exact


def card(hit: Hit, told: Any, language: str) -> str:
    """All that an entry says, a line a field."""
    entry = entries()[hit.entry]
    kind, _, detail = entry["where"].partition(" ")
    place = told.PLACES[kind].format(detail)
    said = {
        "from": f"{entry['who']}{told.LABELS['comma']}{place}",
        **entry[language],
        "see": told.LABELS["and"].join(entry["see"]),
    }
    width = max(len(told.LABELS[field]) for field in FIELDS)
    fields = (f"  {told.LABELS[field]:<{width}}  {said[field]}" for field in FIELDS)
    return "\n".join([entry["message"], *fields])


def heading(hit: Hit) -> str:
    """An entry in one line, with its id in brackets, which is its address on the page."""
    first = entries()[hit.entry]["message"].split("\n")[0]
    return f"- {VARIABLE.sub('…', first)} [{hit.entry}]"


def given(arguments: list[str]) -> str:
    """The text of the arguments, or of standard input where there are none."""
    if arguments and arguments != ["-"]:
        return " ".join(arguments)
    if sys.stdin is None or sys.stdin.isatty():
        return ""
    kept = b""
    while piece := sys.stdin.buffer.read(BYTES):
        kept = (kept + piece)[-BYTES:]
    return kept.decode("utf-8", "replace")
