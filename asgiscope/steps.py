"""The steps of a client, as data. :mod:`asgiscope.client` reads them from what a user writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Headers = tuple[tuple[bytes, bytes], ...]


class ClientError(ValueError):
    """The script of a client is wrong. The message names the client, the step and the remedy.

    ``step`` counts from 1 within the list of that client; it is 0 where no single step is meant.
    ``text`` is the message without client and step.
    """

    def __init__(self, where: str, text: str) -> None:
        super().__init__(f"{where}: {text}" if where else text)
        self.text = text
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
class Connect:
    """A WebSocket handshake: the request that asks for it, and the subprotocols offered."""

    request: Request
    subprotocols: tuple[str, ...] = ()


@dataclass(frozen=True)
class Data:
    """A message over the WebSocket; ``kind`` is "text" or "bytes"."""

    kind: str
    content: str | bytes


@dataclass(frozen=True)
class Close:
    """The client closes the WebSocket, with a code or without one."""

    code: int | None = None
    reason: str = ""


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


Step = Request | Body | End | Connect | Data | Close | Wait | Read | Disconnect | Startup | Shutdown
Script = tuple[Step, ...]
Clients = dict[str, Script]

LIFESPAN: Final = "lifespan"
DEFAULT_NAME: Final = "client"
