"""Headers in a line of text: names and values, shortened where they are long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

ROOM: Final = 100  # characters of all headers on one line
VALUE: Final = 40  # of one value there
WHOLE_VALUE: Final = 200  # of one value on a line of its own

Pairs = list[tuple[str, str]]


def pairs_of(headers: Any) -> Pairs | None:
    """Names and values as text, or None for what is no list of such pairs."""
    if not isinstance(headers, (list, tuple)):
        return None
    pairs = [pair for pair in headers if isinstance(pair, (list, tuple)) and len(pair) == 2]
    texts = [(_text(name), _text(value)) for name, value in pairs]
    if len(texts) < len(headers) or any(None in pair for pair in texts):
        return None
    return [(name or "", value or "") for name, value in texts]


def _text(value: Any) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return None
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in value)


def in_one_line(pairs: Pairs) -> str:
    """``location: /next · set-cookie: a=1 · … +3``."""
    shown: list[str] = []
    room = ROOM
    for name, value in pairs:
        text = f"{name}: {_cut(value, VALUE)}"
        room -= len(text)
        if shown and room < 0:
            shown.append(f"… +{len(pairs) - len(shown)}")
            break
        shown.append(text)
    return " · ".join(shown)


def in_lines(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in pairs:
        yield f"{name}: {_cut(value, WHOLE_VALUE)}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
