"""What the type names of the tables mean for Python objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

BYTES_LIKE: Final = (bytearray, memoryview)


def is_int(value: Any) -> bool:
    """A whole number; ``True`` and ``False`` are not taken for one."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_bytes(value: Any) -> bool:
    """``bytes``, or an object that servers copy from like bytes (noted by a rule of its own)."""
    return isinstance(value, (bytes, *BYTES_LIKE))


def _is_collection(value: Any) -> bool:
    return not isinstance(value, (str, bytes, dict)) and isinstance(value, Iterable)


def _pair_of(value: Any) -> Sequence[Any]:
    return list(value) if _is_collection(value) else ()


def is_header(value: Any) -> bool:
    """A two-item iterable of bytes that is not itself a string."""
    pair = value if type(value) in (tuple, list) else _pair_of(value)
    return len(pair) == 2 and isinstance(pair[0], bytes) and isinstance(pair[1], bytes)


def is_headers(value: Any) -> bool:
    if type(value) is not list and not _is_collection(value):
        return False
    return all(map(is_header, value))


def _iterable_of(kind: type) -> Callable[[Any], bool]:
    def matches(value: Any) -> bool:
        if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
            return False
        return all(isinstance(item, kind) for item in value)

    return matches


def _host_and_port(value: Any) -> bool:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return False
    return isinstance(value[0], str) and (value[1] is None or is_int(value[1]))


def _or_none(matches: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or matches(value)


_PLAIN: Final[dict[str, Callable[[Any], bool]]] = {
    "str": lambda value: isinstance(value, str),
    "bytes": is_bytes,
    "int": is_int,
    "bool": lambda value: isinstance(value, bool),
    "dict": lambda value: isinstance(value, dict),
    "headers": is_headers,
    "iterable of bytes": _iterable_of(bytes),
    "iterable of str": _iterable_of(str),
    "host and port": _host_and_port,
    "file": lambda value: callable(getattr(value, "fileno", None)),
}

TYPES: Final[dict[str, Callable[[Any], bool]]] = {
    **_PLAIN,
    **{f"{name} or None": _or_none(matches) for name, matches in _PLAIN.items()},
}
