"""A client that does what its script says, over a wire to a real server."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

from ..client.steps import (
    Body,
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
    Step,
    Terminate,
    Wait,
)
from ..clock.loop import VirtualLoop
from ..server.peer import PATIENCE
from ..trace.outcomes import HttpOutcome, WebSocketOutcome
from ..trace.recorder import Recorder
from .client_end import ClientEnd
from .http1 import Http1End
from .network import Network

GOING_AWAY: Final = 1001  # RFC 6455: as a browser does when a page is left
FAREWELL: Final = 10.0  # virtual seconds that it waits for the answer to that


class Server(Protocol):
    """What a peer asks of the server."""

    network: Network

    def port_for(self, end: ClientEnd) -> int:
        """The client's port of one more connection."""

    def terminate(self) -> None:
        """SIGTERM."""

    def out_of_patience(self, end: ClientEnd) -> None:
        """The client has waited long enough, and is about to leave."""

    def began(self, end: ClientEnd) -> None:
        """The client's outcome is a new one."""


class Peer:
    """Plays one client's script against the server."""

    def __init__(
        self, server: Server, loop: VirtualLoop, recorder: Recorder, name: str, script: Script
    ) -> None:
        self._server, self._loop, self._recorder = server, loop, recorder
        self._name, self._script = name, script
        self._rate: float | None = None
        self._end: ClientEnd | None = None

    async def play(self) -> None:
        for step in self._script:
            if not self._loop.idle:
                await self._loop.settled()
            await self._take(step)
        if self._end is not None and not self._end.left:
            await self._finish(self._end)

    async def _take(self, step: Step) -> None:
        if isinstance(step, Wait):
            await asyncio.sleep(step.seconds)
        elif isinstance(step, Terminate):
            self._server.terminate()
        elif isinstance(step, Read):
            self._rate = step.rate
            if self._end:
                self._end.read_at(step.rate)
        elif isinstance(step, Raw):
            end = self._end if self._end and not self._end.lost else self._connect(None)
            if not end.left:
                end.raw(step.data)
        elif isinstance(step, (Request, Connect)):
            await self._ask(step)
        elif self._end and not self._end.lost:
            await self._go_on(self._end, step)

    async def _ask(self, step: Request | Connect) -> None:
        if self._end and not self._end.left:  # what comes next comes when what was before it ended
            if not await self._end.until(self._is_answered, PATIENCE) and not self._end.lost:
                self._give_up(self._end)
            await self._loop.settled()
        end = self._end if self._end and self._end.reusable else self._connect(step)
        if end.left:
            end.begin(HttpOutcome() if isinstance(step, Request) else WebSocketOutcome())
        elif isinstance(step, Request):
            end.request(step)
        else:
            end.open(step)

    def _is_answered(self) -> bool:
        return self._end is None or self._end.answered

    def _connect(self, step: Request | Connect | None) -> ClientEnd:
        """A new connection, unless nobody listens any more; then one that is lost already."""
        if self._end and not self._end.lost:
            self._end.hang_up()
        request = step.request if isinstance(step, Connect) else step
        end: ClientEnd
        if request is not None and request.http_version == "2":
            from .http2 import Http2End

            end = Http2End(self._loop, self._recorder, self._name)
        else:
            end = Http1End(self._loop, self._recorder, self._name)
        end.on_outcome = self._server.began
        if self._server.network.listening:
            end.connect(self._server.network, self._server.port_for(end), self._rate)
        else:
            end.record("server", "client", "no-listener")
            end.lost = end.left = True
        self._end = end
        return end

    async def _go_on(self, end: ClientEnd, step: Step) -> None:
        if isinstance(step, Body):
            end.body(step.data, step.last)
        elif isinstance(step, End):
            end.body(b"", True)
        elif isinstance(step, (Data, Close)):
            if isinstance(end, Http1End):
                await end.until(lambda: end.accepted, PATIENCE)
            end.say(step)
        elif isinstance(step, HalfClose):
            end.end_half()
        elif isinstance(step, Disconnect):
            end.disconnect()

    def _give_up(self, end: ClientEnd) -> None:
        self._server.out_of_patience(end)
        end.disconnect("timeout")

    async def _finish(self, end: ClientEnd) -> None:
        """Wait for what is still to come, but not for ever, and go."""
        if not await end.until(lambda: end.answered, PATIENCE) and not end.lost:
            if isinstance(end.outcome, WebSocketOutcome) and end.outcome.accepted:
                end.say(Close(GOING_AWAY))
                await end.until(lambda: end.lost, FAREWELL)
            if not end.answered and not end.lost:
                self._give_up(end)
        if isinstance(end.outcome, WebSocketOutcome):  # the server closes first, as RFC 6455 has it
            await end.until(lambda: end.lost, FAREWELL)
        if not end.lost:
            await self._loop.settled()
        if not end.lost:
            end.hang_up()
