"""The mock server: it opens connections, lets the app be called, and plays the clients' scripts."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from ..client.steps import (
    LIFESPAN,
    Clients,
    Connect,
    Request,
    Script,
    Shutdown,
    Startup,
    Step,
    Wait,
)
from ..clock.budget import OverBudget
from ..clock.here import CURRENT
from ..clock.loop import Deadlock, VirtualLoop
from ..trace.recorder import Recorder
from .application import callable_form
from .connection import Connection
from .exchange import Exchange
from .http_exchange import HttpExchange
from .lifespan_exchange import LifespanExchange
from .limits import limit_of, name_over_budget
from .peer import Peer
from .scopes import http_scope, websocket_scope
from .standstill import unstick
from .tasks import Children
from .websocket_exchange import WebSocketExchange
from .write_buffer import WriteBuffer

FIRST_PORT: Final = 50_001  # of the first client
AFTERWARDS: Final = 50_000  # turns of the event loop after the last client has left


class Server:
    """One run of an app against some clients."""

    def __init__(self, app: Any, clients: Clients, recorder: Recorder, loop: VirtualLoop) -> None:
        self._app = app
        self._scripts = dict(clients)
        self._recorder = recorder
        self._loop = loop
        self._peers: list[Peer] = []
        self._connections: list[Connection] = []
        self._children = Children(recorder, self._connections)
        self._lifespan: LifespanExchange | None = None
        self._callable: Callable[..., Awaitable[Any]] | None = None
        loop.on_idle = self._on_idle
        loop.on_task = self._children.note
        loop.on_advance = self._on_advance
        loop.set_exception_handler(self._children.on_loop_error)

    def run(self) -> None:
        """Play everything to its end. What goes wrong is in the trace; nothing is raised."""
        problem, self._callable = callable_form(self._app)
        if problem:
            event = self._recorder.add("", "server", "app", "call")
            self._recorder.find([problem], "", event, None)
        if self._callable is None:
            return
        try:
            self._loop.run_until_complete(self._main())
        except Deadlock:
            pass  # every connection that could still have moved was named by _on_idle
        except (OverBudget, KeyboardInterrupt) as error:
            self._name_over_budget(limit_of(error, self._loop))
        else:
            self._children.name_left()
        self._children.name_failed()
        self._clean_up()
        self._destroy()

    async def _main(self) -> None:
        script = self._scripts.pop(LIFESPAN, None)
        if script:
            with_state = all(step.state for step in script if isinstance(step, Startup))
            self._lifespan = LifespanExchange(self._recorder, LIFESPAN, with_state)
            self._recorder.trace.outcomes[LIFESPAN] = self._lifespan.outcome
            lifespan = self._start(self._lifespan)
            await self._take(lifespan, Startup())
            if self._lifespan.failed:
                await _returned(lifespan)
                return
        await self._play()
        self._loop.turns_left = min(self._loop.turns_left, AFTERWARDS)
        for connection in self._connections:
            if connection.exchange is not self._lifespan:
                await _returned(connection)
        if script:
            await self._end_lifespan(script, lifespan)

    def _play(self) -> Awaitable[Any]:
        """What is over when every client has played its script."""
        self._peers = [
            Peer(self._loop, steps, partial(self._open, name, FIRST_PORT + index))
            for index, (name, steps) in enumerate(self._scripts.items())
        ]
        if len(self._peers) == 1:
            return self._peers[0].play()
        return asyncio.gather(*(asyncio.create_task(peer.play()) for peer in self._peers))

    async def _end_lifespan(self, script: Script, connection: Connection) -> None:
        for step in script:
            if isinstance(step, Wait):
                await asyncio.sleep(step.seconds)
            if isinstance(step, Shutdown) and connection.exchange.outcome.started:
                await self._take(connection, step)
                await _returned(connection)

    async def _take(self, connection: Connection, step: Step) -> None:
        """Start or stop; return once the app has answered that, or has ended."""
        if connection.running:
            connection.exchange.take(step)
            await connection.answered()

    # Connections ----------------------------------------------------------------------------

    def _open(
        self, name: str, port: int, step: Request | Connect, rate: float | None
    ) -> Connection:
        """A request or a handshake has come: call the app with its scope."""
        request = step if isinstance(step, Request) else step.request
        state = self._lifespan.copy_of_state() if self._lifespan and request.state else None
        buffer, outcomes = WriteBuffer(rate), self._recorder.trace.outcomes
        exchange: HttpExchange | WebSocketExchange
        if isinstance(step, Request):
            scope = http_scope(step, port, state)
            exchange = HttpExchange(self._recorder, name, step, scope, buffer)
            before = outcomes.get(name)
            if before is not None:
                exchange.outcome.responses = before.responses or [before]
                exchange.outcome.responses.append(exchange.outcome)
        else:
            scope = websocket_scope(step, port, state)
            exchange = WebSocketExchange(self._recorder, name, step, scope, buffer)
        outcomes[name] = exchange.outcome
        return self._start(exchange)

    def _start(self, exchange: Exchange) -> Connection:
        assert self._callable is not None
        connection = Connection(exchange, self._loop)
        self._connections.append(connection)
        context = contextvars.Context()
        context.run(CURRENT.set, connection)
        connection.task = self._loop.create_task(connection.run(self._callable), context=context)
        return connection

    # The end --------------------------------------------------------------------------------

    def _on_advance(self, when: float) -> bool:
        """Before the clock moves: a client whose patience ends by then leaves first."""
        for peer in self._peers:
            if peer.leaves_at is not None and peer.leaves_at < when:
                self._loop.advance_to(peer.leaves_at)
                peer.leave()
                return True
        return False

    def _on_idle(self) -> bool:
        """Nothing can happen by itself. Find one connection to move on, and say why it stood."""
        return any(unstick(connection, self._loop) for connection in self._connections)

    def _name_over_budget(self, limit: str) -> None:
        for connection in self._connections:
            if connection.task and not connection.task.done():
                line = self._recorder.line_of_wait(connection.task.get_coro())
                line = self._loop.over_line or line
                name_over_budget(connection.exchange, self._loop, limit, line)

    def _clean_up(self) -> None:
        """Cancel what is left, so that nothing of this run lives on. Not part of the trace."""
        self._recorder.close()
        if self._loop.over:
            self._loop.forget_failures()
        for _ in range(3):  # a task may refuse once or twice; then it is dropped
            left = self._loop.tasks_left()
            if not left:
                return
            for task in left:
                task.cancel()
            self._loop.grant(turns=1000)
            try:
                self._loop.run_until_complete(asyncio.wait(left))
                self._loop.forget_failures()
            except (Deadlock, OverBudget):
                continue
            except KeyboardInterrupt:
                if not self._loop.over:
                    raise

    def _destroy(self) -> None:
        """Undo circles of references, so that what the run took is free without the collector."""
        self._peers.clear()
        self._children.destroy()
        for connection in self._connections:
            connection.destroy()


async def _returned(connection: Connection) -> None:
    if connection.task and not connection.task.done():
        await connection.task  # never raises: what the app raises is in the trace
