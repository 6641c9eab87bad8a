"""Is this object a message of the specification? Types and keys only; order is for ``step``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ..spec import MESSAGES, REQUIRED, Key, Message
from ..spec.types import BYTES_LIKE, TYPES, is_headers
from .findings import Problem
from .headers import header_problems
from .names import name_of_type, nearest

_KNOWN_KEYS: Final = {
    kind: frozenset(("type", *(key.name for key in message.keys)))
    for kind, message in MESSAGES.items()
}
_OF_BYTES: Final = ("bytes", "headers", "iterable of bytes")
_RIGHT: Final = {"str": str, "bytes": bytes, "bool": bool}  # of these types no value is wrong
_SETTLED: Final = frozenset((str, bytes, int, bool, list, tuple, dict, type(None)))


def settle_iterators(message: Any) -> Any:
    """The message with its one-shot iterables (a generator of headers) read into lists.

    Reading them to check them would otherwise leave nothing for whoever comes next.
    """
    if type(message) is not dict:
        return message
    for value in message.values():
        if type(value) not in _SETTLED and _is_one_shot(value):
            break
    else:
        return message
    return {key: list(value) if _is_one_shot(value) else value for key, value in message.items()}


def _is_one_shot(value: Any) -> bool:
    """An iterator, but not an open file, which is one too."""
    return isinstance(value, Iterator) and not hasattr(value, "fileno")


def validate(message: Any, protocol: str, extensions: Iterable[str]) -> list[Problem]:
    """What is wrong with the shape of a message given to ``send``, on a scope of ``protocol``."""
    if not isinstance(message, dict):
        return [Problem("message-not-dict", {"found": name_of_type(message)})]
    kind = message.get("type")
    known = MESSAGES.get(kind) if isinstance(kind, str) else None
    if known is None or known.protocol != protocol or known.direction != "send":
        return [_wrong_type(message, known, protocol)]
    if known.extension and known.extension not in extensions:
        return [Problem("extension-not-offered", {"type": kind, "extension": known.extension})]
    if len(message) == 1 and not any(key.required for key in known.keys):
        return []
    problems = [] if message.keys() <= _KNOWN_KEYS[known.type] else _unknown_keys(message, known)
    problems += _key_problems(message, known)
    return problems


def _wrong_type(message: dict[Any, Any], known: Message | None, protocol: str) -> Problem:
    kind = message.get("type")
    if not isinstance(kind, str):
        found = name_of_type(kind) if "type" in message else ""
        return Problem("message-type-missing", {"found": found})
    if known is None:
        allowed = [m.type for m in MESSAGES.values() if m.direction == "send"]
        return Problem("message-type-unknown", {"type": kind, "nearest": nearest(kind, allowed)})
    if known.protocol != protocol:
        return Problem("message-of-other-protocol", {"type": kind, "protocol": protocol})
    return Problem("message-of-server", {"type": kind})


def _unknown_keys(message: dict[Any, Any], known: Message) -> list[Problem]:
    names = _KNOWN_KEYS[known.type]
    values = (
        {"type": known.type, "key": str(key), "nearest": nearest(str(key), names)}
        for key in message
        if key not in names
    )
    return [Problem("message-key-unknown", each) for each in values]


def _key_problems(message: dict[Any, Any], known: Message) -> Iterator[Problem]:
    for key in known.keys:
        name, kind, default, _ = key
        if name not in message:
            if default is REQUIRED:
                yield Problem("message-key-missing", {"type": known.type, "key": name})
        elif type(message[name]) is not _RIGHT.get(kind):
            yield from _value_problems(message[name], key, known)


def _value_problems(value: Any, key: Key, known: Message) -> Iterator[Problem]:
    if not TYPES[key.type](value):
        where = {"type": known.type, "key": key.name, "expected": key.type}
        found = _describe(value, key)
        case = {"case": "bytes-expected"} if "str" in found and key.type in _OF_BYTES else {}
        yield Problem("message-key-type", {**where, "found": found, **case})
    elif isinstance(value, BYTES_LIKE):
        found = name_of_type(value)
        yield Problem("message-bytes-like", {"type": known.type, "key": key.name, "found": found})
    elif key.type == "headers":
        yield from header_problems(value)
    elif key.name == "status" and not 200 <= value <= 599:
        yield Problem("http-status-range", {"status": value})


def newer_keys(message: Mapping[str, Any], version: str) -> Iterator[Problem]:
    """The keys of a known message that came after the ``spec_version`` that the server claims."""
    for key in MESSAGES[message["type"]].keys:
        if key.since > version and message.get(key.name):
            values = {"type": message["type"], "key": key.name, "since": key.since}
            yield Problem("message-key-newer", {**values, "version": version})


def _describe(value: Any, key: Key) -> str:
    """The type found; for headers, the first part of them that is not as it should be."""
    if key.type != "headers" or isinstance(value, (str, bytes, dict)):
        return name_of_type(value)
    if not isinstance(value, Iterable):
        return name_of_type(value)
    for item in value:
        if not is_headers([item]):
            parts = item if isinstance(item, (list, tuple)) else [item]
            return f"({', '.join(name_of_type(part) for part in parts)})"
    return name_of_type(value)
