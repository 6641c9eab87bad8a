"""What is wrong with the header fields that an app sends (RFC 9110 and 9112).

Real servers refuse some of these, pass some on and mend others, each in its own way; the levels
follow the RFCs. ``tests/asgiscope/protocol/test_headers_against_servers.py`` has what the servers
do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from .findings import Problem

# One match tells that nothing is wrong, which is nearly always so.
_NAME: Final = re.compile(rb"[a-z0-9!#$%&'*+.^_`|~-]+").fullmatch
_VALUE: Final = re.compile(rb"(?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?").fullmatch
_TOKEN: Final = re.compile(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]+").fullmatch  # section 5.6.2
_BREAKS: Final = re.compile(rb"[\r\n\0]").search
_CONTROLS: Final = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]").search

CODING: Final = b"transfer-encoding"
LENGTH: Final = b"content-length"
# Fields of responses that have one value and are no lists.
_ONCE: Final = frozenset(
    (
        *(b"age", LENGTH, b"content-range", b"content-type", b"etag"),
        *(b"last-modified", b"location", b"retry-after"),
    )
)


def header_problems(headers: Iterable[tuple[bytes, bytes]]) -> Iterator[Problem]:
    """What is wrong with header fields whose types are right."""
    once: dict[bytes, bytes] = {}
    codings: list[bytes] = []
    for name, value in headers:
        if not (_NAME(name) and _VALUE(value)):
            yield from _problems_of_one(name, value)
            name = name.lower()
        if name in _ONCE:
            if name in once:
                yield from _problems_of_two(name, once[name] == value)
            once[name] = value
        elif name == CODING:
            codings.append(value)
    if codings:
        yield _coding_problem(b", ".join(codings), LENGTH in once)


def _problems_of_one(name: bytes, value: bytes) -> Iterator[Problem]:
    values = {"name": _text(name)}
    if name != name.lower():
        yield Problem("http-header-lowercase", values)
    if name.startswith(b":"):
        yield Problem("http-header-pseudo", values)
    elif not name or _BREAKS(name) or _BREAKS(value):
        yield Problem("http-header-characters", values)
        return
    elif not _TOKEN(name):
        yield Problem("http-header-name", values)
    found = _CONTROLS(value)
    if found:
        yield Problem("http-header-control", {**values, "byte": f"0x{found[0][0]:02x}"})
    elif value != value.strip(b" \t"):
        yield Problem("http-header-blanks", {**values, "value": _text(value)})


def _problems_of_two(name: bytes, same: bool) -> Iterator[Problem]:
    if same:
        yield Problem("http-header-repeated", {"name": _text(name)})
    elif name != LENGTH:  # that two lengths differ has a rule of its own
        yield Problem("http-header-twice", {"name": _text(name)})


def _coding_problem(coding: bytes, with_length: bool) -> Problem:
    """The server must ignore it, but few do where it is more than what they would send."""
    if coding.lower() == b"chunked" and not with_length:
        return Problem("http-transfer-encoding", {})
    case = {"case": "with-length"} if with_length else {}
    return Problem("http-transfer-encoding-not-ignored", {"value": _text(coding), **case})


def _text(name: bytes) -> str:
    return name.decode("latin-1")
