"""A client that does what its script says, over HTTP or a WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from ..clock.loop import VirtualLoop
from ..server.http_connection import HttpConnection
from ..server.websocket_connection import WebSocketConnection
from ..trace.trace import HttpOutcome
from .steps import (
    Body,
    Close,
    Connect,
    Data,
    Disconnect,
    End,
    Read,
    Request,
    Script,
    Step,
    Wait,
)

PATIENCE: Final = 60.0  # virtual seconds that a client stays after its last step

# Opens a connection for a request or a handshake, given the rate at which the client reads.
Open = Callable[[Request | Connect, float | None], HttpConnection | WebSocketConnection]


class Peer:
    """Plays one client's script against the server."""

    def __init__(self, loop: VirtualLoop, script: Script, open_connection: Open) -> None:
        self._loop = loop
        self._script = script
        self._open = open_connection
        self._rate: float | None = None
        self._connection: HttpConnection | WebSocketConnection | None = None
        self._outcomes: list[HttpOutcome] = []
        self.leaves_at: float | None = None

    def leave(self) -> None:
        self.leaves_at = None
        if self._connection and self._connection.open:
            self._connection.leave()

    async def play(self) -> None:
        for step in self._script:
            if not self._loop.idle:
                await self._loop.settled()
            await self._take(step)
        if self._connection and self._connection.open:
            self.leaves_at = self._loop.time() + PATIENCE
            await self._connection.done
            self.leaves_at = None

    async def _take(self, step: Step) -> None:
        if isinstance(step, Wait):
            await asyncio.sleep(step.seconds)
        elif isinstance(step, (Request, Connect)):
            await self._begin(step)
        elif isinstance(step, Read):
            self._rate = step.rate
            if self._connection:
                self._connection.wire.set_rate(step.rate)
        elif isinstance(self._connection, HttpConnection):
            _take_http(step, self._connection)
        elif self._connection:
            await _take_websocket(step, self._connection)

    async def _begin(self, step: Request | Connect) -> None:
        """What comes next on the connection comes when what was before it has ended."""
        if self._connection:
            await self._connection.done
        self._connection = self._open(step, self._rate)
        if isinstance(self._connection, HttpConnection):
            self._outcomes.append(self._connection.outcome)
            if len(self._outcomes) > 1:
                self._connection.outcome.responses = self._outcomes


def _take_http(step: Step, connection: HttpConnection) -> None:
    if not connection.open:
        return
    if isinstance(step, Body):
        connection.feed(step)
    elif isinstance(step, End):
        connection.feed(Body(b"", last=True))
    elif isinstance(step, Disconnect):
        connection.disconnect()


async def _take_websocket(step: Step, connection: WebSocketConnection) -> None:
    """A client cannot send before its handshake is answered, but it can leave."""
    if isinstance(step, (Data, Close)):
        await connection.answered
    if not connection.open:
        return
    if isinstance(step, Data):
        connection.feed(step.kind, step.content)
    elif isinstance(step, Close):
        connection.close(step.code, step.reason)
    elif isinstance(step, Disconnect):
        connection.disconnect()
