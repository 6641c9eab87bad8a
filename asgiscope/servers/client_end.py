"""The client's end of one connection to a real server: bytes, and what is read out of them.

Every event of the wire is written down as it stands (kind ``wire``), and beside it what it says, in
the same kinds as the mock server's. Subclasses bring the protocol.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context, ContextVar
from typing import Any, Final

from ..client.steps import Close, Connect, Data, Request
from ..protocol.names import name_of_type
from ..server.payloads import header_data
from ..trace.causes import text_of
from ..trace.outcomes import HttpOutcome, WebSocketOutcome
from ..trace.recorder import Recorder
from .changes import Changes
from .exchanges import RealExchange
from .network import Network
from .transport import Transport

# The connection for which code of a server runs: the server's tasks inherit it.
END: Final[ContextVar[ClientEnd | None]] = ContextVar("client_end", default=None)

Outcome = HttpOutcome | WebSocketOutcome
Pairs = list[tuple[bytes, bytes]]


class ClientEnd:
    """A connection of the client ``name``; ``outcome`` is what its newest request got."""

    def __init__(self, loop: asyncio.AbstractEventLoop, recorder: Recorder, name: str) -> None:
        self.name = name
        self.exchange: RealExchange | None = None  # of the newest call of the app for this end
        self.outcome: Outcome = HttpOutcome()
        self.on_outcome: Callable[[ClientEnd], None] = lambda end: None  # a new one has begun
        self.ended = False  # this end sends nothing more
        self.lost = False  # the server has closed, or this end has
        self.left = False  # this end has
        self._loop = loop
        self._recorder = recorder
        self._transport: Transport | None = None
        self._changes = Changes(loop)

    def connect(self, network: Network, port: int, rate: float | None) -> None:
        context = Context()
        context.run(END.set, self)
        self._transport = network.connect(port, self, context)
        self.read_at(rate)

    # What a protocol brings -----------------------------------------------------------------

    @property
    def answered(self) -> bool:
        """Whether the newest request, or the handshake, has its answer to the end."""
        raise NotImplementedError

    @property
    def reusable(self) -> bool:
        """Whether another request can go over the same connection."""
        raise NotImplementedError

    def request(self, request: Request) -> None:
        raise NotImplementedError

    def body(self, data: bytes, last: bool) -> None:
        raise NotImplementedError

    def open(self, connect: Connect) -> None:
        """A WebSocket's handshake."""
        raise NotImplementedError

    def say(self, step: Data | Close) -> None:
        """A message over the WebSocket, or its end."""
        raise NotImplementedError

    def raw(self, data: bytes) -> None:
        raise NotImplementedError

    def read(self, data: bytes) -> None:
        """Bytes have come from the server: say what they mean."""
        raise NotImplementedError

    def read_end(self) -> None:
        """No more bytes will come."""

    def cut(self) -> None:
        """The connection is lost."""

    def begin(self, outcome: Outcome) -> None:
        """Something is asked, or agreed on, that has an outcome of its own."""
        self.outcome = outcome
        self.on_outcome(self)

    # For the peer ---------------------------------------------------------------------------

    @property
    def transport(self) -> Transport:
        assert self._transport is not None
        return self._transport

    @property
    def writing_paused(self) -> bool:
        """Whether the server waits until this end has read more."""
        return self.transport.writing_paused

    @property
    def buffered(self) -> int:
        """Bytes that this end has still to read."""
        return self.transport.get_write_buffer_size()

    def write(self, data: bytes) -> None:
        if self.lost or self.ended:
            return
        self.record("client", "server", "wire", {"data": data})
        self.transport.far_write(data)
        if self.transport.holds:
            self.record("server", "server", "unread", {"buffered": self.transport.holds})

    def read_at(self, rate: float | None) -> None:
        self.transport.far_rate(rate)

    def end_half(self) -> None:
        self.ended = True
        self.record("client", "server", "hang-up", {"half": True})
        self.transport.far_end()

    def hang_up(self) -> None:
        """Close the connection, having nothing more to ask."""
        self.record("client", "server", "hang-up")
        self._leave()

    def disconnect(self, reason: str | None = None) -> None:
        """Go in the middle of things."""
        self.record("client", "server", "disconnect", {"reason": reason} if reason else None)
        if self.exchange is not None:
            self.exchange.leave()
        self._leave()

    def _leave(self) -> None:
        self.left = self.lost = True
        self.cut()
        self.transport.far_close()
        self._changes.tell()

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait so long at most; whether the condition holds. A lost connection ends the wait."""
        await self._changes.until(lambda: self.lost or condition(), seconds)
        return condition()

    # For the transport ----------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        self.record("server", "client", "wire", {"data": data})
        self.read(data)
        self._changes.tell()

    def eof_received(self, half: bool) -> None:
        self.record("server", "client", "hang-up", {"half": True} if half else None)
        self.lost = self.lost or not half
        self.read_end()
        self._changes.tell()

    def failed(self, error: BaseException) -> None:
        about = {"exception": name_of_type(error), "text": text_of(error)}
        self.record("server", "server", "failed", about)

    # For subclasses -------------------------------------------------------------------------

    def record(self, from_: str, to: str, kind: str, message: Any = None) -> int:
        state = None if self.exchange is None else str(self.exchange.state)
        return self._recorder.add(self.name, from_, to, kind, message, None, state)

    def respond(self, kind: str, status: int, headers: Pairs) -> None:
        """The head of an answer has come."""
        self.outcome.status, self.outcome.headers = status, headers
        data = {"status": status, "headers": header_data(tuple(headers))}
        self.record("server", "client", kind, data)

    def receive_body(self, data: bytes) -> None:
        if data:
            self.outcome.body += data
            self.record("server", "client", "data", {"body": data})

    def complete(self) -> None:
        if isinstance(self.outcome, HttpOutcome):
            self.outcome.complete = True
        self.record("server", "client", "complete")
