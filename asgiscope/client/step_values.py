"""Reads the values of a client's steps; every mistake is a :class:`ClientError`."""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from ..protocol.explain import visible
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
    HalfClose,
    Headers,
    Raw,
    Read,
    Request,
    Shutdown,
    Startup,
    Step,
    Terminate,
    Wait,
    Where,
)

Values = dict[str, str | None]
Reader = Callable[[Any, Where], Step]


def found(value: Any) -> Values:
    """What was found, for a message; None for nothing."""
    return {"found": None if value is None else f"{type(value).__name__} {value!r}"[:80]}


def unknown(word: Any, words: Iterable[str]) -> Values:
    """A word that there is not, with the one that was probably meant, or those that there are."""
    words = list(words)
    near = nearest(str(word), words)
    return {
        "found": visible(str(word)),
        **({"nearest": near} if near else {"known": ", ".join(words)}),
    }


@functools.lru_cache(256)
def _read_request_line(line: str, where: Where) -> Request:
    method, _, target = line.partition(" ")
    if not target:
        method, target = "GET", method
    return _read_request({"method": method, "path": target}, where)


def _read_request(value: Any, where: Where) -> Request:
    if isinstance(value, str):
        return _read_request_line(value, where)
    if not isinstance(value, Mapping):
        raise ClientError(where, "request-form")
    for key in value:
        if key not in _REQUEST_KEYS:
            raise ClientError(where, "request-key", unknown(key, _REQUEST_KEYS))
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


def _read_connect(value: Any, where: Where) -> Connect:
    parts = dict(value) if isinstance(value, Mapping) else {"path": value}
    protocols = parts.pop("subprotocols", ())
    if not isinstance(protocols, (list, tuple)) or not all(isinstance(p, str) for p in protocols):
        raise ClientError(where, "subprotocols", found(protocols))
    for key in parts:
        if key not in _CONNECT_KEYS:
            known = (*_CONNECT_KEYS, "subprotocols")
            raise ClientError(where, "connect-key", unknown(key, known))
    return Connect(_read_request(parts, where), tuple(protocols))


def _read_text(value: Any, where: Where) -> Data:
    if not isinstance(value, str):
        raise ClientError(where, "text", found(value))
    return Data("text", value)


def _read_data(value: Any, where: Where) -> Data:
    """Bytes of a WebSocket message: hexadecimal digits, or a form of :func:`read_bytes`."""
    if isinstance(value, str):
        value = {"hex": value}
    return Data("bytes", read_bytes(value, where))


def _read_close(value: Any, where: Where) -> Close:
    if value is True:
        return Close()
    if not isinstance(value, Mapping) or not value.keys() <= {"code", "reason"}:
        raise ClientError(where, "close-form", {"found": repr(value)})
    code, reason = value.get("code"), value.get("reason", "")
    if code is not None and (type(code) is not int or not 1000 <= code <= 4999):
        raise ClientError(where, "close-code", found(code))
    if not isinstance(reason, str):
        raise ClientError(where, "close-reason", found(reason))
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


def _read_method(value: Any, where: Where) -> str:
    if not isinstance(value, str) or not value.isalpha():
        raise ClientError(where, "method", found(value))
    return value.upper()


def _read_path(value: Any, where: Where) -> str:
    if not isinstance(value, str) or not value.startswith(("/", "*")):
        raise ClientError(where, "path", found(value))
    return value


def _read_headers(value: Any, where: Where) -> Headers:
    pairs = value.items() if isinstance(value, Mapping) else value
    try:
        return tuple((_as_bytes(name), _as_bytes(text)) for name, text in pairs)
    except (TypeError, ValueError):
        raise ClientError(where, "headers", found(value)) from None


def _as_bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, int) and not isinstance(value, bool):
        return b"%d" % value
    raise TypeError(value)


def read_bytes(value: Any, where: Where) -> bytes:
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
    raise ClientError(where, "bytes", found(value))


def _read_number(value: Any, where: Where, mistake: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
        raise ClientError(where, mistake, found(value))
    return value


def _read_one_of(*allowed: str) -> Callable[[Any, Where], str]:
    def read(value: Any, where: Where) -> str:
        if value not in allowed:
            quoted = {"quoted": str(value)} if str(value) in allowed else {}
            values = {"allowed": ", ".join(allowed), **found(value), **quoted}
            raise ClientError(where, "one-of", values)
        return str(value)

    return read


def _read_state(value: Any, where: Where) -> bool:
    """Whether there is a lifespan state: there is, unless it is said that there is none."""
    if value is not False:
        raise ClientError(where, "state", found(value))
    return False


def _read_startup(value: Any, where: Where) -> Startup:
    if value is True:
        return Startup()
    if not isinstance(value, Mapping) or value.keys() != {"state"}:
        raise ClientError(where, "startup-form", {"found": repr(value)})
    return Startup(_read_state(value["state"], where))


def _read_extensions(value: Any, where: Where) -> dict[str, Any]:
    """Extensions by name, from a name, a list of names, or a dict with what the scope says of each.

    An extension whose entry has keys (TLS) gets the defaults of those that are left out.
    """
    if isinstance(value, Mapping):
        offered = dict(value)
    else:
        offered = {name: {} for name in (value if isinstance(value, (list, tuple)) else [value])}
    for name in offered:
        if name not in EXTENSIONS:
            raise ClientError(where, "extension-unknown", unknown(name, sorted(EXTENSIONS)))
    return {name: _read_extension(name, about, where) for name, about in offered.items()}


def _read_extension(name: str, about: Any, where: Where) -> dict[str, Any]:
    keys = {key.name: key for key in EXTENSIONS[name].keys}
    if not isinstance(about, Mapping):
        raise ClientError(where, "extension-form", {"extension": name, **found(about)})
    for given, value in about.items():
        if given not in keys:
            values = {"extension": name, **unknown(given, sorted(keys))}
            raise ClientError(where, "extension-key", values)
        if not TYPES[keys[given].type](value):
            about_key = {"key": given, "extension": name, "type": keys[given].type}
            raise ClientError(where, "extension-value", {**about_key, **found(value)})
    defaults = {key.name: None if key.required else key.default for key in keys.values()}
    return {**defaults, **about}


def _read_rate(value: Any, where: Where) -> Read:
    if not isinstance(value, Mapping) or value.keys() != {"rate"}:
        raise ClientError(where, "read-form", {"found": repr(value)})
    rate = value["rate"]
    return Read(None if rate is None else _read_number(rate, where, "rate"))


def _only_real(name: str) -> Reader:
    """The mock server has no wire, and no process that could be sent a signal."""

    def read(value: Any, where: Where) -> Step:
        raise ClientError(where, "step-real", {"name": name})

    return read


def _flag(make: Callable[[], Step], name: str) -> Reader:
    def read(value: Any, where: Where) -> Step:
        if value is not True:
            raise ClientError(where, "flag", {"name": name, **found(value)})
        return make()

    return read


_REQUEST_KEYS: Final[Mapping[str, Callable[[Any, Where], Any]]] = {
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


OF_REAL_SERVERS: Final[Mapping[str, Reader]] = {
    "raw": lambda value, where: Raw(read_bytes(value, where)),
    "half_close": _flag(HalfClose, "half_close"),
    "terminate": _flag(Terminate, "terminate"),
}

# By the name of a step, as the mock server takes it.
READERS: Final[Mapping[str, Reader]] = {
    "request": _read_request,
    "body": lambda value, where: Body(read_bytes(value, where)),
    "end": _flag(End, "end"),
    "connect": _read_connect,
    "text": _read_text,
    "bytes": _read_data,
    "close": _read_close,
    "wait": lambda value, where: Wait(_read_number(value, where, "wait")),
    "read": _read_rate,
    "disconnect": _flag(Disconnect, "disconnect"),
    "startup": _read_startup,
    "shutdown": _flag(Shutdown, "shutdown"),
    **{name: _only_real(name) for name in OF_REAL_SERVERS},
}
