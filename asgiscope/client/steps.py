"""The steps of a client, as data; :mod:`asgiscope.client.scripts` reads what a user writes.

Tuples with names rather than dataclasses: those take five times as long to define, and a browser
defines them at every start.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from ..spec.scopes import NEWEST
from ..texts import words

Headers = tuple[tuple[bytes, bytes], ...]

# Where steps are wrong: the client, empty where it has no name, and the step, 0 for none. A bare
# tuple, since there is one for each step of each run.
Where = tuple[str, int]

_NO_VALUES: Final[Mapping[str, str | None]] = MappingProxyType({})


class ClientError(ValueError):
    """The script of a client is wrong. The message names the client, the step and the remedy.

    ``client`` is its name, empty where it has none. ``step`` counts from 1 within the list of that
    client; it is 0 where no single step is meant. ``code`` says what is wrong, ``values`` are what
    its words name (``texts/*/client.py``). ``text`` is the message without client and step.
    """

    def __init__(
        self, where: Where | None, code: str, values: Mapping[str, str | None] = _NO_VALUES
    ) -> None:
        self.code, self.values = code, values
        self.client, self.step = where or ("", 0)
        self.text = self.told("en")
        super().__init__(f"{self._place()}: {self.text}" if where else self.text)

    def _place(self) -> str:
        client = f"client {self.client!r}" if self.client else "client"
        return f"{client}, step {self.step}" if self.step else client

    def told(self, language: str) -> str:
        """The message without client and step, in a language that has its folder in ``texts``."""
        told = words(language, "client")
        values = {
            name: told.NOTHING if value is None else value for name, value in self.values.items()
        }
        for name, sentence in told.SENTENCES.items():
            values[f"and_{name}"] = sentence.format_map(values) if name in values else ""
        text: str = told.MISTAKES[self.code].format_map(values)
        return text


class _Bare:
    """A step of which there is nothing more to say."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Request(NamedTuple):
    """One HTTP request. ``streamed``: the body comes in later steps.

    ``spec_version`` is the one that the server claims; ``state``: whether its scope has the
    lifespan's state, where there is one.
    """

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
    extensions: Mapping[str, Any] = MappingProxyType({})
    spec_version: str = NEWEST
    state: bool = True

    @property
    def target(self) -> str:
        query = "?" + self.query.decode("latin-1") if self.query else ""
        return self.raw_path.decode("latin-1") + query


class Body(NamedTuple):
    """A piece of the request's body; ``last`` when the end follows at once."""

    data: bytes
    last: bool = False


class End(_Bare):
    """The end of the request's body."""


class Connect(NamedTuple):
    """A WebSocket handshake: the request that asks for it, and the subprotocols offered."""

    request: Request
    subprotocols: tuple[str, ...] = ()


class Data(NamedTuple):
    """A message over the WebSocket; ``kind`` is "text" or "bytes"."""

    kind: str
    content: str | bytes


class Close(NamedTuple):
    """The client closes the WebSocket, with a code or without one."""

    code: int | None = None
    reason: str = ""


class Wait(NamedTuple):
    """Nothing for some virtual seconds."""

    seconds: float


class Read(NamedTuple):
    """From now on the client reads this many bytes a second; ``None``: as fast as they come."""

    rate: float | None


class Disconnect(_Bare):
    """The client goes away without a word."""


class Raw(NamedTuple):
    """Bytes for the wire, as they stand; real servers only."""

    data: bytes


class HalfClose(_Bare):
    """The client ends its half of the connection, and still reads; real servers only."""


class Terminate(_Bare):
    """The server is sent SIGTERM, whatever it is doing; real servers only."""


class Startup(NamedTuple):
    """The server starts: the lifespan scope, with or without ``state``, and its startup event."""

    state: bool = True


class Shutdown(_Bare):
    """The server stops: the shutdown event."""


Step = (
    Request | Body | End | Connect | Data | Close | Wait | Read | Disconnect | Startup | Shutdown
    | Raw | HalfClose | Terminate
)  # fmt: skip
Script = tuple[Step, ...]
Clients = dict[str, Script]

LIFESPAN: Final = "lifespan"
DEFAULT_NAME: Final = "client"
