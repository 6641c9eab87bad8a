"""A client that does what its script says, over HTTP or a WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from ..client.steps import Close, Connect, Data, Read, Request, Script, Step, Wait
from ..clock.loop import VirtualLoop
from .connection import Connection

PATIENCE: Final = 60.0  # virtual seconds that a client stays after its last step

# Opens a connection for a request or a handshake, given the rate at which the client reads.
Open = Callable[[Request | Connect, float | None], Connection]


class Peer:
    """Plays one client's script against the server."""

    def __init__(self, loop: VirtualLoop, script: Script, open_connection: Open) -> None:
        self._loop = loop
        self._script = script
        self._open = open_connection
        self._rate: float | None = None
        self._connection: Connection | None = None
        self.leaves_at: float | None = None

    def leave(self) -> None:
        self.leaves_at = None
        if self._connection and self._connection.exchange.open:
            self._connection.exchange.leave()

    async def play(self) -> None:
        for step in self._script:
            if not self._loop.idle:
                await self._loop.settled()
            await self._take(step)
        if self._connection and self._connection.exchange.open:
            self.leaves_at = self._loop.time() + PATIENCE
            await self._connection.closed
            self.leaves_at = None

    async def _take(self, step: Step) -> None:
        if isinstance(step, Wait):
            await asyncio.sleep(step.seconds)
        elif isinstance(step, (Request, Connect)):
            if self._connection:  # what comes next comes when what was before it has ended
                await self._connection.closed
            self._connection = self._open(step, self._rate)
        elif isinstance(step, Read):
            self._rate = step.rate
            if self._connection:
                self._connection.exchange.buffer.set_rate(step.rate)
        elif self._connection:
            if isinstance(step, (Data, Close)):  # only once the handshake is answered
                await self._connection.answered()
            if self._connection.exchange.open:
                self._connection.exchange.take(step)
