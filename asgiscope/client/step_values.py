"""Reads the values of a client's steps; every mistake is a :class:`ClientError`."""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from ..protocol.names import nearest
from ..spec import EXTENSIONS
from ..spec.scopes import SPEC_VERSIONS
from ..spec.types import TYPES
from .steps import (
    Body,
    ClientError,
    Close,
    Connect,
    Data,
    Disconnect,
    End,
    Headers,
    Read,
    Request,
    Shutdown,
    Startup,
    Step,
    Wait,
)


def type_of(value: Any) -> str:
    """What was found, for a message."""
    return "nothing" if value is None else f"{type(value).__name__} {value!r}"[:80]


def hint(word: Any, words: Iterable[str]) -> str:
    """The word that was probably meant, or the words that there are."""
    near = nearest(str(word), words)
    return f"; did you mean {near!r}?" if near else f"; known: {', '.join(words)}"


@functools.lru_cache(256)
def _read_request_line(line: str, where: str) -> Request:
    method, _, target = line.partition(" ")
    if not target:
        method, target = "GET", method
    return _read_request({"method": method, "path": target}, where)


def _read_request(value: Any, where: str) -> Request:
    if isinstance(value, str):
        return _read_request_line(value, where)
    if not isinstance(value, Mapping):
        message = "a request is a line such as 'GET /path' or a dict of its parts"
        raise ClientError(where, message)
    for key in value:
        if key not in _REQUEST_KEYS:
            raise ClientError(where, f"a request has no {key!r}{hint(key, _REQUEST_KEYS)}")
    parts = {key: read(value[key], where) for key, read in _REQUEST_KEYS.items() if key in value}
    target = parts.pop("path", "/")
    raw_path, _, query = target.partition("?")
    return Request(
        **{
            **parts,
            "path": _decode_path(raw_path),
            "raw_path": raw_path.encode(),
            "query": query.encode(),
            "headers": _complete_headers(parts.get("headers", ()), parts.get("body", b"")),
        }
    )


def _read_connect(value: Any, where: str) -> Connect:
    parts = dict(value) if isinstance(value, Mapping) else {"path": value}
    protocols = parts.pop("subprotocols", ())
    if not isinstance(protocols, (list, tuple)) or not all(isinstance(p, str) for p in protocols):
        message = f"subprotocols are a list of words, found {type_of(protocols)}"
        raise ClientError(where, message)
    for key in parts:
        if key not in _CONNECT_KEYS:
            known = (*_CONNECT_KEYS, "subprotocols")
            raise ClientError(where, f"connect has no {key!r}{hint(key, known)}")
    return Connect(_read_request(parts, where), tuple(protocols))


def _read_text(value: Any, where: str) -> Data:
    if not isinstance(value, str):
        raise ClientError(where, f"text is a string, found {type_of(value)}")
    return Data("text", value)


def _read_data(value: Any, where: str) -> Data:
    """Bytes of a WebSocket message: hexadecimal digits, or a form of :func:`read_bytes`."""
    if isinstance(value, str):
        value = {"hex": value}
    return Data("bytes", read_bytes(value, where))


def _read_close(value: Any, where: str) -> Close:
    if value is True:
        return Close()
    if not isinstance(value, Mapping) or not value.keys() <= {"code", "reason"}:
        form = 'close is true or {"code": 1000, "reason": "..."}'
        raise ClientError(where, f"{form}; found {value!r}")
    code, reason = value.get("code"), value.get("reason", "")
    if code is not None and (type(code) is not int or not 1000 <= code <= 4999):
        message = f"a close code is a number from 1000 to 4999, found {type_of(code)}"
        raise ClientError(where, message)
    if not isinstance(reason, str):
        raise ClientError(where, f"a reason is a string, found {type_of(reason)}")
    return Close(code, reason)


def _decode_path(raw_path: str) -> str:
    return unquote_to_bytes(raw_path).decode("utf-8", "replace")


def _complete_headers(headers: Headers, body: bytes) -> Headers:
    """The client's headers, with the two that every HTTP/1.1 client adds by itself."""
    names = {name.lower() for name, _ in headers}
    host: Headers = () if b"host" in names else ((b"host", b"localhost"),)
    length: Headers = ()
    if body and not names & {b"content-length", b"transfer-encoding"}:
        length = ((b"content-length", b"%d" % len(body)),)
    return (*host, *headers, *length)


def _read_method(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.isalpha():
        raise ClientError(where, f"the method is a word such as 'GET', found {type_of(value)}")
    return value.upper()


def _read_path(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.startswith(("/", "*")):
        raise ClientError(where, f"the path begins with '/', found {type_of(value)}")
    return value


def _read_headers(value: Any, where: str) -> Headers:
    pairs = value.items() if isinstance(value, Mapping) else value
    try:
        return tuple((_as_bytes(name), _as_bytes(text)) for name, text in pairs)
    except (TypeError, ValueError):
        message = f"headers are a dict or a list of pairs of strings, found {type_of(value)}"
        raise ClientError(where, message) from None


def _as_bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, int) and not isinstance(value, bool):
        return b"%d" % value
    raise TypeError(value)


def read_bytes(value: Any, where: str) -> bytes:
    """Text as UTF-8, or a dict: ``{"hex": "00ff"}``, ``{"base64": "AP8="}``,
    ``{"repeat": "x", "times": 9}``.
    """
    try:
        if isinstance(value, (str, bytes)):
            return _as_bytes(value)
        if isinstance(value, Mapping) and value.keys() == {"hex"}:
            return bytes.fromhex(value["hex"])
        if isinstance(value, Mapping) and value.keys() == {"base64"}:
            return base64.b64decode(value["base64"], validate=True)
        if isinstance(value, Mapping) and value.keys() == {"repeat", "times"}:
            return _as_bytes(value["repeat"]) * int(value["times"])
    except (TypeError, ValueError):
        pass
    forms = 'text, {"hex": "00ff"}, {"base64": "AP8="} or {"repeat": "x", "times": 9}'
    raise ClientError(where, f"bytes are {forms}; found {type_of(value)}")


def _read_number(value: Any, where: str, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
        raise ClientError(where, f"{what} is a number from 0 up, found {type_of(value)}")
    return value


def _read_one_of(*allowed: str) -> Callable[[Any, str], str]:
    def read(value: Any, where: str) -> str:
        if value not in allowed:
            quotes = f', write it in quotes: "{value}"' if str(value) in allowed else ""
            message = f"expected one of {', '.join(allowed)}; found {type_of(value)}{quotes}"
            raise ClientError(where, message)
        return str(value)

    return read


def _read_state(value: Any, where: str) -> bool:
    """Whether there is a lifespan state: there is, unless it is said that there is none."""
    if value is not False:
        raise ClientError(where, f"write state: false, or leave it out; found {type_of(value)}")
    return False


def _read_startup(value: Any, where: str) -> Startup:
    if value is True:
        return Startup()
    if not isinstance(value, Mapping) or value.keys() != {"state"}:
        form = 'startup is true or {"state": false}'
        raise ClientError(where, f"{form}; found {value!r}")
    return Startup(_read_state(value["state"], where))


def _read_extensions(value: Any, where: str) -> dict[str, Any]:
    """Extensions by name, from a name, a list of names, or a dict with what the scope says of each.

    An extension whose entry has keys (TLS) gets the defaults of those that are left out.
    """
    if isinstance(value, Mapping):
        offered = dict(value)
    else:
        offered = {name: {} for name in (value if isinstance(value, (list, tuple)) else [value])}
    for name in offered:
        if name not in EXTENSIONS:
            raise ClientError(
                where, f"there is no extension {name!r}{hint(name, sorted(EXTENSIONS))}"
            )
    return {name: _read_extension(name, about, where) for name, about in offered.items()}


def _read_extension(name: str, about: Any, where: str) -> dict[str, Any]:
    keys = {key.name: key for key in EXTENSIONS[name].keys}
    if not isinstance(about, Mapping):
        raise ClientError(where, f"{name} must be a dict, found {type_of(about)}")
    for given, value in about.items():
        if given not in keys:
            raise ClientError(where, f"{name} has no key {given!r}{hint(given, sorted(keys))}")
        if not TYPES[keys[given].type](value):
            kind = keys[given].type
            raise ClientError(where, f"{given} of {name} must be {kind}, found {type_of(value)}")
    defaults = {key.name: None if key.required else key.default for key in keys.values()}
    return {**defaults, **about}


def _read_rate(value: Any, where: str) -> Read:
    if not isinstance(value, Mapping) or value.keys() != {"rate"}:
        raise ClientError(where, f'read is {{"rate": bytes a second, or null}}; found {value!r}')
    rate = value["rate"]
    return Read(None if rate is None else _read_number(rate, where, "the rate"))


def _flag(make: Callable[[], Step], name: str) -> Callable[[Any, str], Step]:
    def read(value: Any, where: str) -> Step:
        if value is not True:
            raise ClientError(where, f"write {name}: true; found {type_of(value)}")
        return make()

    return read


_REQUEST_KEYS: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "method": _read_method,
    "path": _read_path,
    "headers": _read_headers,
    "body": read_bytes,
    "http_version": _read_one_of("1.0", "1.1", "2", "3"),
    "scheme": _read_one_of("http", "https"),
    "root_path": lambda value, where: "" if value == "" else _read_path(value, where),
    "extensions": _read_extensions,
    "spec_version": _read_one_of(*SPEC_VERSIONS),
    "state": _read_state,
}

_CONNECT_KEYS: Final = tuple(key for key in _REQUEST_KEYS if key not in ("method", "body"))


def keys_of(step: str) -> tuple[str, ...]:
    """The keys that the dict of a ``request`` or of a ``connect`` may have."""
    return tuple(_REQUEST_KEYS) if step == "request" else (*_CONNECT_KEYS, "subprotocols")


READERS: Final[Mapping[str, Callable[[Any, str], Step]]] = {
    "request": _read_request,
    "body": lambda value, where: Body(read_bytes(value, where)),
    "end": _flag(End, "end"),
    "connect": _read_connect,
    "text": _read_text,
    "bytes": _read_data,
    "close": _read_close,
    "wait": lambda value, where: Wait(_read_number(value, where, "a wait")),
    "read": _read_rate,
    "disconnect": _flag(Disconnect, "disconnect"),
    "startup": _read_startup,
    "shutdown": _flag(Shutdown, "shutdown"),
}
