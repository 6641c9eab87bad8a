"""Values as a trace keeps them, and as what JSON can say.

The JSON of a run is the same to the byte on every platform: times are virtual, keys come in a
fixed order, and objects that JSON has no word for are named by their type alone.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Sized
from itertools import islice
from typing import Any, Final, NamedTuple

LONGEST: Final = 1024  # bytes or characters of one value that the JSON carries
MOST_ITEMS: Final = 1024  # of one list or dict that the JSON carries
DEEPEST: Final = 12  # lists and dicts within each other


def dump(data: Any) -> str:
    """JSON without blanks. A lone surrogate becomes its ``\\\\udXXX`` escape, which JSON allows."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def plain_number(seconds: float) -> float | int:
    rounded = round(seconds, 6)
    return int(rounded) if rounded == int(rounded) else rounded


_PLAIN: Final = frozenset((str, bytes, int, float, bool, type(None)))


def freeze(value: Any) -> Any:
    """A copy that later changes to the original do not reach. Other objects become their type."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict or isinstance(value, dict):
        if _PLAIN.issuperset(map(type, value.values())):
            return dict(value)
        return {key: item if type(item) in _PLAIN else freeze(item) for key, item in value.items()}
    if kind is tuple or kind is list or isinstance(value, (list, tuple)):
        if _PLAIN.issuperset(map(type, value)):
            return list(value)
        return [item if type(item) in _PLAIN else freeze(item) for item in value]
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, (str, bytes, int, float)):  # a subclass, such as HTTPStatus
        bases: tuple[Any, ...] = (str, bytes, int, float)
        return next(base(value) for base in bases if isinstance(value, base))
    return Opaque(kind.__name__)


class Opaque(NamedTuple):
    """An object that a trace cannot hold, named by its type."""

    type: str


def to_json_value(value: Any, room: int = DEEPEST) -> Any:
    """A frozen value as what JSON can say; see ``$bytes``, ``$base64``, ``$text``, ``$repr``.

    ``room`` is how deep it may go on: what is deeper, and what a list or a dict has beyond
    ``MOST_ITEMS``, becomes a ``$repr`` that tells of it.
    """
    if isinstance(value, Opaque):
        return {"$repr": f"<{value.type}>"}
    if isinstance(value, bytes):
        return _bytes_value(value)
    if isinstance(value, str):
        return value if len(value) <= LONGEST else _long_text(value)
    if isinstance(value, (dict, list)) and not room:
        return {"$repr": "{…}" if isinstance(value, dict) else "[…]"}
    if isinstance(value, dict):
        first = islice(value.items(), MOST_ITEMS)
        items = {_key(key): to_json_value(item, room - 1) for key, item in first}
        return items if len(value) <= MOST_ITEMS else {**items, "…": _left_out(value)}
    if isinstance(value, list):
        shown = [to_json_value(item, room - 1) for item in value[:MOST_ITEMS]]
        return shown if len(value) <= MOST_ITEMS else [*shown, _left_out(value)]
    if isinstance(value, float):
        return plain_number(value) if math.isfinite(value) else {"$repr": repr(value)}
    return value


def _left_out(items: Sized) -> dict[str, str]:
    return {"$repr": f"… {len(items) - MOST_ITEMS} more"}


def _key(key: Any) -> str:
    return key if isinstance(key, str) else f"<{type(key).__name__}>"


def _long_text(value: str) -> dict[str, Any]:
    return {"$text": value[:LONGEST], "$length": len(value)}


def _bytes_value(value: bytes) -> dict[str, Any]:
    shown = value[:LONGEST]
    data: dict[str, Any] = {}
    text = _printable(shown, cut=len(value) > LONGEST)
    if text is None:
        data["$base64"] = base64.b64encode(shown).decode()
    else:
        data["$bytes"] = text
    if len(value) > LONGEST:
        data["$length"] = len(value)
    return data


def _printable(value: bytes, cut: bool) -> str | None:
    """The bytes as text, if they are text. Where they were cut, the last character may be half."""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError as error:
        if not cut or error.start < len(value) - 3:
            return None
        text = value[: error.start].decode("utf-8")
    return text if all(char.isprintable() or char in "\r\n\t" for char in text) else None
