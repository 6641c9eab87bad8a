"""The frames of a WebSocket, made and read by wsproto."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from ..trace.outcomes import WebSocketOutcome
from .adapter import inside, replaced

with inside("wsproto"):
    from wsproto import frame_protocol
    from wsproto.connection import Connection, ConnectionState, ConnectionType
    from wsproto.events import (
        BytesMessage,
        CloseConnection,
        Event,
        Ping,
        TextMessage,
    )
    from wsproto.extensions import Extension, PerMessageDeflate
    from wsproto.utilities import LocalProtocolError, RemoteProtocolError

if TYPE_CHECKING:
    from .http1 import Http1End

ABNORMAL: Final = 1006  # RFC 6455: the connection ended without a close frame
NO_CODE: Final = 1005  # RFC 6455: the close frame held no code


class Frames:
    """An open WebSocket of a client."""

    def __init__(self, end: Http1End, outcome: WebSocketOutcome, extensions: str) -> None:
        self._end = end
        self._outcome = outcome
        self._chance = random.Random(end.name)
        used: list[Extension] = []
        if extensions:
            deflate = PerMessageDeflate()
            deflate.finalize(extensions)
            used.append(deflate)
        self._connection = Connection(ConnectionType.CLIENT, used)
        self._parts: list[Any] = []
        self._cut = False

    @property
    def closing(self) -> bool:
        """Whether one side has sent a close frame."""
        return self._connection.state is not ConnectionState.OPEN

    @property
    def closed(self) -> bool:
        """Whether both have, or the connection is lost."""
        return self._cut or self._connection.state is ConnectionState.CLOSED

    def message(self, content: str | bytes) -> bytes:
        if isinstance(content, str):
            return self._make(TextMessage(data=content))
        return self._make(BytesMessage(data=content))

    def close(self, code: int | None, reason: str) -> bytes:
        self._outcome.code, self._outcome.reason = code or NO_CODE, reason
        return self._make(CloseConnection(code=code or NO_CODE, reason=reason or None))

    def _make(self, event: Event) -> bytes:
        """The bytes of an event. Masks come from chance, which is the same in each run."""
        with replaced((frame_protocol, "os", SimpleNamespace(urandom=self._chance.randbytes))):
            return bytes(self._connection.send(event))

    def read(self, data: bytes) -> None:
        try:
            self._connection.receive_data(data)
            for event in self._connection.events():
                self._take(event)
        except (RemoteProtocolError, LocalProtocolError):
            self._end.fail()

    def cut(self) -> None:
        """The connection is lost."""
        self._cut = True
        if self._outcome.code is None:
            self._outcome.code = ABNORMAL

    def _take(self, event: Event) -> None:
        if isinstance(event, (TextMessage, BytesMessage)):
            self._parts.append(event.data)
            if event.message_finished:
                kind = "text" if isinstance(event, TextMessage) else "bytes"
                empty: Any = "" if kind == "text" else b""
                content = empty.join(self._parts)
                content = content if kind == "text" else bytes(content)
                self._parts = []
                self._outcome.received.append(content)
                self._end.record("server", "client", kind, {kind: content})
        elif isinstance(event, Ping):
            self._end.react(self._make(event.response()))
        elif isinstance(event, CloseConnection):
            self._closed(event)

    def _closed(self, event: CloseConnection) -> None:
        code, reason = int(event.code), event.reason or ""
        told = {"code": code, "reason": reason} if reason else {"code": code}
        self._end.record("server", "client", "close", told)
        if self._outcome.code is None:
            self._outcome.code, self._outcome.reason = code, reason
        if self._connection.state is ConnectionState.REMOTE_CLOSING:
            self._end.react(self._make(event.response()))
