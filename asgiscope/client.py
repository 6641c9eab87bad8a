"""What the peer does, as data: the steps of a client, read and checked before anything runs.

A script is a list of steps, each a dict of one key. Several clients at once are a dict of scripts
by name. The steps of the lifespan (``startup``, ``shutdown``) may stand in the same list as the
requests between them.
"""

from __future__ import annotations

import base64
import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from .spec import MESSAGES

Headers = tuple[tuple[bytes, bytes], ...]


class ClientError(ValueError):
    """The script of a client is wrong. The message names the client, the step and the remedy.

    ``step`` counts from 1 within the list of that client; it is 0 where no single step is meant.
    """

    def __init__(self, where: str, text: str) -> None:
        super().__init__(f"{where}: {text}" if where else text)
        *_, last = where.rsplit(" ", 1)
        self.step = int(last) if last.isdigit() else 0


@dataclass(frozen=True)
class Request:
    """One HTTP request. ``streamed``: the body comes in later steps."""

    method: str = "GET"
    path: str = "/"
    query: bytes = b""
    raw_path: bytes = b"/"
    headers: Headers = ()
    body: bytes = b""
    streamed: bool = False
    http_version: str = "1.1"
    scheme: str = "http"
    root_path: str = ""
    extensions: Mapping[str, Any] = field(default_factory=dict)

    @property
    def target(self) -> str:
        query = "?" + self.query.decode("latin-1") if self.query else ""
        return self.raw_path.decode("latin-1") + query


@dataclass(frozen=True)
class Body:
    """A piece of the request's body; ``last`` when the end follows at once."""

    data: bytes
    last: bool = False


@dataclass(frozen=True)
class End:
    """The end of the request's body."""


@dataclass(frozen=True)
class Wait:
    """Nothing for some virtual seconds."""

    seconds: float


@dataclass(frozen=True)
class Read:
    """From now on the client reads this many bytes a second; ``None``: as fast as they come."""

    rate: float | None


@dataclass(frozen=True)
class Disconnect:
    """The client goes away without a word."""


@dataclass(frozen=True)
class Startup:
    """The server starts: the lifespan scope and its startup event."""


@dataclass(frozen=True)
class Shutdown:
    """The server stops: the shutdown event."""


Step = Request | Body | End | Wait | Read | Disconnect | Startup | Shutdown
Script = tuple[Step, ...]
Clients = dict[str, Script]

LIFESPAN: Final = "lifespan"
DEFAULT_NAME: Final = "client"


def read_clients(client: Any) -> Clients:
    """Scripts by client name, from what was given to ``run``. Raises :class:`ClientError`."""
    if isinstance(client, Mapping):
        if not client:
            raise ClientError("", "the client is empty: give at least one step, such as a request")
        scripts = {str(name): _read_script(steps, str(name)) for name, steps in client.items()}
        return {name: _one_protocol(script, name) for name, script in scripts.items()}
    script = _read_script(client, "")
    lifespan = tuple(step for step in script if isinstance(step, (Startup, Shutdown)))
    rest = tuple(step for step in script if not isinstance(step, (Startup, Shutdown)))
    if lifespan and any(isinstance(step, Request) for step in rest):
        _check_frame(script)
        return {LIFESPAN: lifespan, DEFAULT_NAME: rest}
    name = LIFESPAN if lifespan else DEFAULT_NAME
    return {name: _one_protocol(script, "")}


def _read_script(steps: Any, name: str) -> Script:
    if isinstance(steps, (str, bytes, Mapping)) or not isinstance(steps, Iterable):
        raise ClientError(_at(name, 0), f"the steps must be a list, found {_type(steps)}")
    script: list[Step] = []
    for number, raw in enumerate(steps, 1):
        where = _at(name, number)
        step = _read_step(raw, where)
        _check_place(step, script, where)
        script.append(step)
    if not script:
        raise ClientError(_at(name, 0), "there are no steps; give at least one request")
    return tuple(_rates_first(_join_ends(_mark_streamed(script))))


def _at(name: str, number: int) -> str:
    client = f"client {name!r}" if name else "client"
    return f"{client}, step {number}" if number else client


def _type(value: Any) -> str:
    return "nothing" if value is None else f"{type(value).__name__} {value!r}"[:80]


def _read_step(raw: Any, where: str) -> Step:
    if not isinstance(raw, Mapping) or len(raw) != 1:
        example = '{"request": "GET /"}'
        raise ClientError(where, f"a step is a dict of one key, such as {example}; found {raw!r}")
    ((kind, value),) = raw.items()
    read = _READERS.get(kind)
    if read is None:
        raise ClientError(where, f"there is no step {kind!r}{_hint(kind, _READERS)}")
    return read(value, where)


def _hint(word: Any, words: Iterable[str]) -> str:
    words = list(words)
    near = difflib.get_close_matches(str(word), words, 1, 0.6)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(words)}"


def _check_place(step: Step, before: list[Step], where: str) -> None:
    if isinstance(step, (Body, End)):
        request = next((s for s in reversed(before) if isinstance(s, (Request, End))), None)
        if not isinstance(request, Request):
            raise ClientError(where, "a body comes after a request, before its end")
        if request.body:
            raise ClientError(where, "the request has a body of its own already")
    if isinstance(step, (Disconnect, Read)) and not any(isinstance(s, Request) for s in before):
        raise ClientError(where, "there is no connection yet; begin with a request")
    if before and isinstance(before[-1], Disconnect) and isinstance(step, (Body, End, Read)):
        raise ClientError(where, "the client has disconnected in the step before")


def _check_frame(script: Script) -> None:
    """Startup, when there is one among requests, comes first; shutdown comes last."""
    for number, step in enumerate(script, 1):
        if isinstance(step, Startup) and number != 1:
            raise ClientError(_at("", number), "startup comes before every request")
        if isinstance(step, Shutdown) and number != len(script):
            raise ClientError(_at("", number), "shutdown comes after every request")


def _one_protocol(script: Script, name: str) -> Script:
    lifespan = any(isinstance(step, (Startup, Shutdown)) for step in script)
    if lifespan and not all(isinstance(step, (Startup, Shutdown, Wait)) for step in script):
        raise ClientError(_at(name, 0), "startup and shutdown belong to a client of their own")
    if not lifespan and not any(isinstance(step, Request) for step in script):
        raise ClientError(_at(name, 0), "nothing is requested; add a step such as a request")
    return script


def _mark_streamed(script: list[Step]) -> list[Step]:
    """Requests whose body comes in steps of its own know it."""
    marked: list[Step] = []
    for index, step in enumerate(script):
        if isinstance(step, Request):
            following = next(
                (s for s in script[index + 1 :] if isinstance(s, (Body, End, Request))), None
            )
            if isinstance(following, (Body, End)):
                step = _as_streamed(step)
        marked.append(step)
    return marked


def _as_streamed(request: Request) -> Request:
    headers = request.headers
    if not any(name in (b"content-length", b"transfer-encoding") for name, _ in headers):
        headers = (*headers, (b"transfer-encoding", b"chunked"))
    return Request(**{**request.__dict__, "headers": headers, "streamed": True})


def _join_ends(script: list[Step]) -> list[Step]:
    """A body followed at once by the end is the last piece, as it comes from a real socket."""
    joined: list[Step] = []
    for step in script:
        if isinstance(step, End) and joined and isinstance(joined[-1], Body):
            joined[-1] = Body(joined[-1].data, last=True)
        else:
            joined.append(step)
    return joined


def _rates_first(script: list[Step]) -> list[Step]:
    """A rate given right after a request is the one at which its response is read."""
    ordered: list[Step] = []
    for step in script:
        if isinstance(step, Read) and ordered and isinstance(ordered[-1], Request):
            ordered.insert(-1, step)
        else:
            ordered.append(step)
    return ordered


def _read_request(value: Any, where: str) -> Request:
    if isinstance(value, str):
        method, _, target = value.partition(" ")
        if not target:
            method, target = "GET", method
        value = {"method": method, "path": target}
    if not isinstance(value, Mapping):
        raise ClientError(where, "a request is a line such as 'GET /path' or a dict of its parts")
    for key in value:
        if key not in _REQUEST_KEYS:
            raise ClientError(where, f"a request has no {key!r}{_hint(key, _REQUEST_KEYS)}")
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
        raise ClientError(where, f"the method is a word such as 'GET', found {_type(value)}")
    return value.upper()


def _read_path(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.startswith(("/", "*")):
        raise ClientError(where, f"the path begins with '/', found {_type(value)}")
    return value


def _read_headers(value: Any, where: str) -> Headers:
    pairs = value.items() if isinstance(value, Mapping) else value
    try:
        return tuple((_as_bytes(name), _as_bytes(text)) for name, text in pairs)
    except (TypeError, ValueError):
        message = f"headers are a dict or a list of pairs of strings, found {_type(value)}"
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
    raise ClientError(where, f"bytes are {forms}; found {_type(value)}")


def _read_number(value: Any, where: str, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
        raise ClientError(where, f"{what} is a number from 0 up, found {_type(value)}")
    return value


def _read_one_of(*allowed: str) -> Callable[[Any, str], str]:
    def read(value: Any, where: str) -> str:
        if value not in allowed:
            raise ClientError(where, f"expected one of {', '.join(allowed)}; found {_type(value)}")
        return str(value)

    return read


def _read_extensions(value: Any, where: str) -> dict[str, Any]:
    known = sorted({m.extension for m in MESSAGES.values() if m.extension})
    names = value if isinstance(value, (list, tuple)) else [value]
    for name in names:
        if name not in known:
            raise ClientError(where, f"there is no extension {name!r}{_hint(name, known)}")
    return {name: {} for name in names}


def _read_rate(value: Any, where: str) -> Read:
    if not isinstance(value, Mapping) or value.keys() != {"rate"}:
        raise ClientError(where, f'read is {{"rate": bytes a second, or null}}; found {value!r}')
    rate = value["rate"]
    return Read(None if rate is None else _read_number(rate, where, "the rate"))


def _flag(make: Callable[[], Step], name: str) -> Callable[[Any, str], Step]:
    def read(value: Any, where: str) -> Step:
        if value is not True:
            raise ClientError(where, f"write {name}: true; found {_type(value)}")
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
}

_READERS: Final[Mapping[str, Callable[[Any, str], Step]]] = {
    "request": _read_request,
    "body": lambda value, where: Body(read_bytes(value, where)),
    "end": _flag(End, "end"),
    "wait": lambda value, where: Wait(_read_number(value, where, "a wait")),
    "read": _read_rate,
    "disconnect": _flag(Disconnect, "disconnect"),
    "startup": _flag(Startup, "startup"),
    "shutdown": _flag(Shutdown, "shutdown"),
}
