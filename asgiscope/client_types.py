"""The types of what ``run`` is given, for type checkers: the steps of a client, by protocol.

Nothing imports this at run time. :mod:`asgiscope.client.step_values` reads the values and says
what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

Text = str | bytes
Headers = Mapping[str, str | int] | Sequence[tuple[Text, Text]]


class Hex(TypedDict):
    """Bytes as hexadecimal digits."""

    hex: str


class Base64(TypedDict):
    """Bytes in Base64."""

    base64: str


class Repeat(TypedDict):
    """The same text, so many times."""

    repeat: str
    times: int


Bytes = str | bytes | Hex | Base64 | Repeat


class Target(TypedDict, total=False):
    """What a request and a handshake have in common."""

    path: str
    headers: Headers
    http_version: Literal["1.0", "1.1", "2", "3"]
    scheme: Literal["http", "https"]
    root_path: str
    extensions: str | Sequence[str] | Mapping[str, Mapping[str, Any]]
    spec_version: Literal["2.0", "2.1", "2.2", "2.3", "2.4", "2.5"]
    state: Literal[False]


class RequestParts(Target, total=False):
    method: str
    body: Bytes


class ConnectParts(Target, total=False):
    subprotocols: Sequence[str]


class CloseParts(TypedDict, total=False):
    code: int
    reason: str


class Rate(TypedDict):
    """Bytes a second; None: as fast as they come."""

    rate: float | None


class RequestStep(TypedDict):
    request: str | RequestParts


class BodyStep(TypedDict):
    body: Bytes


class EndStep(TypedDict):
    end: Literal[True]


class ConnectStep(TypedDict):
    connect: str | ConnectParts


class TextStep(TypedDict):
    text: str


class BytesStep(TypedDict):
    bytes: Bytes


class CloseStep(TypedDict):
    close: Literal[True] | CloseParts


class WaitStep(TypedDict):
    wait: float


class ReadStep(TypedDict):
    read: Rate


class DisconnectStep(TypedDict):
    disconnect: Literal[True]


class WithoutState(TypedDict):
    """The server knows no lifespan state."""

    state: Literal[False]


class StartupStep(TypedDict):
    startup: Literal[True] | WithoutState


class ShutdownStep(TypedDict):
    shutdown: Literal[True]


class RawStep(TypedDict):
    """Real servers only."""

    raw: Bytes


class HalfCloseStep(TypedDict):
    """Real servers only."""

    half_close: Literal[True]


class TerminateStep(TypedDict):
    """Real servers only."""

    terminate: Literal[True]


LifespanStep = StartupStep | ShutdownStep | WaitStep
WireStep = RawStep | HalfCloseStep | TerminateStep
HttpStep = RequestStep | BodyStep | EndStep | ReadStep | DisconnectStep | LifespanStep | WireStep
WebSocketStep = (
    ConnectStep
    | TextStep
    | BytesStep
    | CloseStep
    | ReadStep
    | DisconnectStep
    | LifespanStep
    | WireStep
)
AnyStep = HttpStep | WebSocketStep
Clients = Mapping[str, Sequence[AnyStep]]

ServerName = Literal["mock", "uvicorn", "hypercorn", "gunicorn"]
Chosen = ServerName | Mapping[str, Any]  # a dict has the server's ``name`` and its own options
