"""What the peer does, as data: the steps of a client, read and checked before anything runs.

A script is a list of steps, each a dict of one key. Several clients at once are a dict of scripts
by name. The steps of the lifespan (``startup``, ``shutdown``) may stand in the same list as the
requests between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from .step_values import READERS, Reader, found, unknown
from .steps import (
    DEFAULT_NAME,
    LIFESPAN,
    Body,
    ClientError,
    Clients,
    Close,
    Connect,
    Data,
    Disconnect,
    End,
    HalfClose,
    Raw,
    Read,
    Request,
    Script,
    Shutdown,
    Startup,
    Step,
    Wait,
    Where,
)


def read_clients(client: Any, readers: Mapping[str, Reader] = READERS) -> Clients:
    """Scripts by client name, from what was given to ``run``. Raises :class:`ClientError`.

    ``readers`` are the steps that the server takes, by name.
    """
    if type(client) is not list and isinstance(client, Mapping):
        if not client:
            raise ClientError(None, "client-empty")
        _check_names(map(str, client))
        scripts = {str(name): _read_script(of, str(name), readers) for name, of in client.items()}
        return {name: _one_protocol(script, name) for name, script in scripts.items()}
    script = _read_script(client, "", readers)
    kinds = set(map(type, script))
    if kinds.isdisjoint(_OF_LIFESPAN):
        return {DEFAULT_NAME: _one_protocol(script, "")}
    if kinds.isdisjoint(_BEGINNING):
        return {LIFESPAN: _one_protocol(script, "")}
    _check_frame(script)
    lifespan = tuple(step for step in script if type(step) in _OF_LIFESPAN)
    rest = tuple(step for step in script if type(step) not in _OF_LIFESPAN)
    return {LIFESPAN: lifespan, DEFAULT_NAME: rest}


def _check_names(names: Iterable[str]) -> None:
    """Names stand in sentences: what cannot be seen could hide there, or turn them round."""
    for name in names:
        if not name.isprintable():
            raise ClientError((name, 0), "client-name", {"found": repr(name)})


def _read_script(steps: Any, name: str, readers: Mapping[str, Reader]) -> Script:
    if not isinstance(steps, list) and not _is_collection(steps):
        raise ClientError((name, 0), "steps-form", found(steps))
    script: list[Step] = []
    begun: Step | None = None
    for number, raw in enumerate(steps, 1):
        where = name, number
        step = _read_step(raw, where, readers)
        _check_place(step, begun, script[-1] if script else None, where)
        script.append(step)
        if isinstance(step, (Request, Connect, End)) or (step.__class__ is Raw and begun is None):
            begun = step
    if not script:
        raise ClientError((name, 0), "steps-none")
    if len(script) > 1:
        script = _rates_first(_join_ends(_mark_streamed(script)))
    return tuple(script)


def _is_collection(steps: Any) -> bool:
    return isinstance(steps, Iterable) and not isinstance(steps, (str, bytes, Mapping))


def _read_step(raw: Any, where: Where, readers: Mapping[str, Reader]) -> Step:
    if not isinstance(raw, (dict, Mapping)) or len(raw) != 1:
        raise ClientError(where, "step-form", {"found": repr(raw)})
    ((kind, value),) = raw.items()
    read = readers.get(kind)
    if read is None:
        raise ClientError(where, "step-unknown", unknown(kind, readers))
    return read(value, where)


def _check_place(step: Step, begun: Step | None, before: Step | None, where: Where) -> None:
    """Steps that need something before them come after it.

    ``begun`` is the newest request, handshake or end of a body; ``before`` the step right before.
    """
    if isinstance(step, (Body, End)):
        if not isinstance(begun, Request):
            raise ClientError(where, "body-place")
        if begun.body:
            raise ClientError(where, "body-twice")
    if isinstance(step, (Data, Close)) and not isinstance(begun, Connect):
        raise ClientError(where, "message-place")
    if isinstance(step, (Disconnect, HalfClose, Read)) and begun is None:
        raise ClientError(where, "connection-none")
    if isinstance(before, (Disconnect, Close)) and isinstance(step, _CONNECTED):
        raise ClientError(where, "client-left")
    if isinstance(begun, Connect) and isinstance(step, (Request, Connect)):
        raise ClientError(where, "websocket-twice")


_CONNECTED: Final = (Body, End, Data, Close, Read, HalfClose)
_BEGINNING: Final = frozenset((Request, Connect, Raw))
_OF_LIFESPAN: Final = frozenset((Startup, Shutdown))


def _check_frame(script: Script) -> None:
    """Startup, when there is one among requests, comes first; shutdown comes last."""
    for number, step in enumerate(script, 1):
        if isinstance(step, Startup) and number != 1:
            raise ClientError(("", number), "startup-place")
        if isinstance(step, Shutdown) and number != len(script):
            raise ClientError(("", number), "shutdown-place")


def _one_protocol(script: Script, name: str) -> Script:
    kinds = set(map(type, script))
    lifespan = not kinds.isdisjoint(_OF_LIFESPAN)
    if lifespan and not kinds <= _OF_LIFESPAN | {Wait}:
        raise ClientError((name, 0), "lifespan-alone")
    if lifespan and name not in ("", LIFESPAN):
        raise ClientError((name, 0), "lifespan-name", {"name": LIFESPAN})
    if not lifespan and kinds.isdisjoint(_BEGINNING):
        raise ClientError((name, 0), "request-none")
    return script


def _mark_streamed(script: list[Step]) -> list[Step]:
    """Requests whose body comes in steps of its own know it."""
    marked: list[Step] = []
    following: Step | None = None
    for step in reversed(script):
        streamed = isinstance(step, Request) and isinstance(following, (Body, End))
        if isinstance(step, (Body, End, Request)):
            following = step
        marked.append(_as_streamed(step) if streamed else step)
    marked.reverse()
    return marked


def _as_streamed(request: Request) -> Request:
    headers = request.headers
    if not any(name in (b"content-length", b"transfer-encoding") for name, _ in headers):
        headers = (*headers, (b"transfer-encoding", b"chunked"))
    return request._replace(headers=headers, streamed=True)


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
        if isinstance(step, Read) and ordered and isinstance(ordered[-1], (Request, Connect)):
            ordered.insert(-1, step)
        else:
            ordered.append(step)
    return ordered
