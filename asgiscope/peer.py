"""An HTTP client that does what its script says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from .client import Body, Disconnect, End, Read, Request, Script, Wait
from .clock import VirtualLoop
from .http_connection import HttpConnection
from .trace import HttpOutcome

PATIENCE: Final = 60.0  # virtual seconds that a client waits for a response after its last step

# Opens a connection for a request, given the rate at which the client reads.
Open = Callable[[Request, float | None], HttpConnection]


class HttpPeer:
    """Plays one client's script against the server."""

    def __init__(self, loop: VirtualLoop, script: Script, open_connection: Open) -> None:
        self._loop = loop
        self._script = script
        self._open = open_connection
        self._rate: float | None = None
        self._connection: HttpConnection | None = None
        self._outcomes: list[HttpOutcome] = []
        self.leaves_at: float | None = None

    def leave(self, reason: str) -> None:
        self.leaves_at = None
        if self._connection and self._connection.open:
            self._connection.disconnect(reason)

    async def play(self) -> None:
        for step in self._script:
            await self._loop.settled()
            await self._take(step)
        if self._connection and self._connection.open:
            self.leaves_at = self._loop.time() + PATIENCE
            await self._connection.done
            self.leaves_at = None

    async def _take(self, step: Any) -> None:
        if isinstance(step, Wait):
            await asyncio.sleep(step.seconds)
        elif isinstance(step, Request):
            await self._request(step)
        elif isinstance(step, Read):
            self._rate = step.rate
            if self._connection:
                self._connection.wire.set_rate(step.rate)
        elif self._connection and self._connection.open:
            if isinstance(step, Body):
                self._connection.feed(step)
            elif isinstance(step, End):
                self._connection.feed(Body(b"", last=True))
            elif isinstance(step, Disconnect):
                self._connection.disconnect()

    async def _request(self, request: Request) -> None:
        """The next request on the connection comes when the response before it has ended."""
        if self._connection:
            await self._connection.done
        self._connection = self._open(request, self._rate)
        self._outcomes.append(self._connection.outcome)
        self._connection.outcome.responses = self._outcomes
