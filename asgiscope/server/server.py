"""The mock server: it opens connections, awaits the app, and plays the clients' scripts.

This is the only module that awaits an app. Everything it decides about messages it asks of the
protocols; everything it sees it gives to the recorder.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, NamedTuple

from ..client.peer import Peer
from ..client.steps import LIFESPAN, Clients, Connect, Request, Script, Shutdown, Startup, Wait
from ..clock.loop import Deadlock, OverBudget, VirtualLoop
from ..protocol.errors import repeats_the_server
from ..protocol.lifespan import SHUTDOWN, STARTUP
from ..protocol.validation import name_of_code, name_of_type
from ..trace.causes import text_of
from ..trace.recorder import CURRENT, Recorder
from ..trace.trace import freeze, plain_number
from ..trace.tracebacks import own_frames
from .application import NotAwaitable, callable_form
from .connection import Connection
from .http_connection import HttpConnection, http_scope
from .lifespan_connection import LifespanConnection
from .websocket_connection import WebSocketConnection, websocket_scope

FIRST_PORT: Final = 50_001  # of the first client
MOST_NAMED: Final = 8  # tasks that one finding names
AFTERWARDS: Final = 50_000  # turns of the event loop after the last client has left


class Limits(NamedTuple):
    """How much a run may take: turns of the event loop, virtual seconds, recorded events.

    ``real`` are seconds by a real clock: so long it waits for something real without a sign of
    life, and so long the app may keep the event loop without giving control back.
    """

    turns: int = 200_000
    seconds: float = 86_400.0
    events: int = 200_000
    real: float = 10.0


class Child(NamedTuple):
    """A task that an app has created, and the line of the app that did."""

    task: asyncio.Task[Any]
    connection: Connection
    line: int | None

    def as_data(self) -> dict[str, Any]:
        name = name_of_code(self.task.get_coro())
        return {"name": name, **({} if self.line is None else {"line": self.line})}


class Server:
    """One run of an app against some clients."""

    def __init__(self, app: Any, clients: Clients, recorder: Recorder, loop: VirtualLoop) -> None:
        self._app = app
        self._scripts = dict(clients)
        self._recorder = recorder
        self._loop = loop
        self._peers: list[Peer] = []
        self._connections: list[Connection] = []
        self._lifespan: LifespanConnection | None = None
        self._cancelled: list[Connection] = []
        self._call: Callable[..., Awaitable[Any]] | None = None
        self._children: list[Child] = []
        loop.on_idle = self._on_idle
        loop.on_task = self._note_task
        loop.on_advance = self._on_advance
        loop.set_exception_handler(self._on_loop_error)

    def run(self) -> None:
        """Play everything to its end. What goes wrong is in the trace; nothing is raised."""
        problem, self._call = callable_form(self._app)
        if problem:
            event = self._recorder.add("", "server", "app", "call")
            self._recorder.find([problem], "", event, None)
        if self._call is None:
            return
        try:
            self._loop.run_until_complete(self._main())
        except Deadlock:
            pass  # every connection that could still have moved was named by _on_idle
        except (OverBudget, KeyboardInterrupt) as limit:
            self._stop_over_budget(self._limit_of(limit))
        else:
            self._name_tasks_left()
        self._name_failed_tasks()
        self._clean_up()
        self._let_go()

    async def _main(self) -> None:
        script = self._scripts.pop(LIFESPAN, None)
        if script:
            with_state = all(step.state for step in script if isinstance(step, Startup))
            self._lifespan = LifespanConnection(self._recorder, LIFESPAN, with_state)
            self._recorder.trace.outcomes[LIFESPAN] = self._lifespan.outcome
            self._start(self._lifespan)
            await self._lifespan.tell(STARTUP)
            if self._lifespan.failed:
                await self._finished(self._lifespan)
                return
        self._peers = [
            Peer(self._loop, steps, partial(self._open, name, FIRST_PORT + index))
            for index, (name, steps) in enumerate(self._scripts.items())
        ]
        if len(self._peers) == 1:
            await self._peers[0].play()
        else:
            await asyncio.gather(*(asyncio.create_task(peer.play()) for peer in self._peers))
        self._loop.turns_left = min(self._loop.turns_left, AFTERWARDS)
        for connection in self._connections:
            if connection is not self._lifespan:
                await self._finished(connection)
        if script and self._lifespan:
            await self._end_lifespan(script, self._lifespan)

    async def _end_lifespan(self, script: Script, connection: LifespanConnection) -> None:
        for step in script:
            if isinstance(step, Wait):
                await asyncio.sleep(step.seconds)
            if isinstance(step, Shutdown) and connection.outcome.started:
                await connection.tell(SHUTDOWN)
                await self._finished(connection)

    async def _finished(self, connection: Connection) -> None:
        if connection.task and not connection.task.done():
            await connection.task  # never raises: _run_app takes whatever the app raises

    # Connections ----------------------------------------------------------------------------

    def _open(
        self, name: str, port: int, step: Request | Connect, rate: float | None
    ) -> HttpConnection | WebSocketConnection:
        """A request or a handshake has come: call the app with its scope."""
        request = step if isinstance(step, Request) else step.request
        state = self._lifespan.copy_of_state() if self._lifespan and request.state else None
        connection: HttpConnection | WebSocketConnection
        if isinstance(step, Request):
            scope = http_scope(step, port, state)
            connection = HttpConnection(self._recorder, name, step, scope, rate)
        else:
            scope = websocket_scope(step, port, state)
            connection = WebSocketConnection(self._recorder, name, step, scope, rate)
        self._recorder.trace.outcomes[name] = connection.outcome
        self._start(connection)
        return connection

    def _start(self, connection: Connection) -> None:
        context = contextvars.Context()
        context.run(CURRENT.set, connection)
        self._connections.append(connection)
        task = self._loop.create_task(self._run_app(connection), context=context)
        connection.task = task

    async def _run_app(self, connection: Connection) -> None:
        """Await the app and say how it ended."""
        assert self._call is not None
        connection.record("server", "app", "call", freeze(connection.scope))
        try:
            await self._call(connection.scope, connection.receive, connection.send)
        except asyncio.CancelledError as error:
            self._ended_by_cancelling(connection, error)
        except (OverBudget, KeyboardInterrupt) as limit:
            name = self._limit_of(limit)
            self._over_budget(connection, name, self._recorder.line_of_error(limit))
        except GeneratorExit:
            raise
        except BaseException as error:
            self._raised(connection, error)
        else:
            self._end(connection, connection.record("app", "server", "return"), None, False)

    def _raised(self, connection: Connection, error: BaseException) -> None:
        line = self._recorder.line_of_error(error)
        told = self._recorder.told(error)
        about = {**told, "exception": name_of_type(error), "text": text_of(error)}
        event = connection.record("app", "server", "raise", about, line)
        self._recorder.trace.tracebacks[event] = own_frames(error)
        connection.outcome.exception = told["exception"]
        if isinstance(error, NotAwaitable):
            connection.find("app-not-awaitable", event, line, found=error.found)
        elif not repeats_the_server(error):
            connection.raised(event, line, told)
        self._end(connection, event, line, True)

    def _ended_by_cancelling(self, connection: Connection, error: asyncio.CancelledError) -> None:
        """The server has cancelled the app; or else the app itself has, which is a mistake."""
        line = self._recorder.line_of_error(error)
        event = connection.record("app", "server", "cancelled", line=line)
        if connection not in self._cancelled:
            connection.outcome.exception = name_of_type(error)
            connection.find("app-cancelled", event, line, case=str(connection.state))
        self._end(connection, event, line, True)

    def _end(self, connection: Connection, event: int, line: int | None, excused: bool) -> None:
        connection.close_unawaited()
        connection.ended(event, line, excused)

    # When nothing moves any more ------------------------------------------------------------

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
        return any(self._unstick(connection) for connection in self._connections)

    def _unstick(self, connection: Connection) -> bool:
        if connection.task is None or connection.task.done():
            return False
        if connection.unstick():
            return True
        if connection is self._lifespan and connection.waiting:
            return False  # it waits for the shutdown, as it should
        return self._cancel_stuck(connection)

    def _cancel_stuck(self, connection: Connection) -> bool:
        task = connection.task
        if task is None or connection in self._cancelled:
            return False
        self._cancelled.append(connection)
        coroutine = task.get_coro()
        line = self._recorder.line_of_wait(coroutine)
        event = connection.record("app", "app", "stuck", line=line)
        waits = self._recorder.what_it_waits_in(coroutine)
        self._say_why_stuck(connection, event, line, waits)
        return task.cancel()

    def _say_why_stuck(
        self, connection: Connection, event: int, line: int | None, waits: str
    ) -> None:
        """Most often it is the app; but it may wait for a thread, or for what is real."""
        loop = self._loop
        stuck = loop.threads.stuck(connection) if loop.threads else None
        if loop.waits.gave_up:
            seconds = plain_number(loop.waits.patience)
            connection.find("engine-gave-up", event, line, what=loop.waits.what, seconds=seconds)
        elif loop.not_followed:
            what, where = loop.not_followed[-1]
            connection.find("engine-cannot-follow", event, where, what=what)
        elif stuck:
            connection.find("thread-waits-for-ever", event, stuck[1], call=stuck[0])
        else:
            case = {"case": "client-left"} if connection.gone else {}
            connection.find("app-stuck", event, line, waits=waits, **case)

    def _stop_over_budget(self, limit: str) -> None:
        for connection in self._connections:
            if connection.task and not connection.task.done():
                line = self._recorder.line_of_wait(connection.task.get_coro())
                self._over_budget(connection, limit, self._loop.over_line or line)

    def _limit_of(self, error: BaseException) -> str:
        """Which limit was passed. An interrupt is the watchdog's, or else that of a person."""
        if isinstance(error, OverBudget):
            return str(error)
        if not self._loop.over:
            self._loop.forget_failures()
            raise error
        return self._loop.over

    def _over_budget(self, connection: Connection, limit: str, line: int | None) -> None:
        self._loop.over = limit
        event, loop = len(self._recorder.trace.events), self._loop
        if limit == "real":
            seconds = plain_number(loop.waits.patience)
            line = loop.over_line or line
            connection.find("loop-held", event, line, call=loop.over_call, seconds=seconds)
        else:
            seconds = plain_number(loop.now)
            connection.find("app-over-budget", event, line, limit=limit, seconds=seconds)

    def _note_task(self, task: asyncio.Task[Any]) -> None:
        """A task was created; where an app did it, it is known by its context."""
        connection = CURRENT.get()
        if connection is not None:
            line = self._recorder.line_of_caller()
            self._children.append(Child(task, connection, line))

    def _name_tasks_left(self) -> None:
        """Tasks of an app that has returned, which nobody waits for and nobody stopped."""
        for connection in self._connections if self._children else ():
            left = [child for child in self._children if child.connection is connection]
            left = [child for child in left if not child.task.done()]
            if left and connection.task and connection.task.done():
                line = self._recorder.line_of_wait(left[0].task.get_coro()) or left[0].line
                event = len(self._recorder.trace.events)
                tasks = [child.as_data() for child in left[:MOST_NAMED]]
                connection.find("app-tasks-left", event, line, count=len(left), tasks=tasks)

    def _name_failed_tasks(self) -> None:
        """Tasks that ended by an exception which nobody has asked for."""
        for child in self._children:
            task = child.task
            # What asyncio keeps so that it can complain once such a task is garbage.
            if task.done() and task._log_traceback:
                error = task.exception()
                assert error is not None
                self._unseen(child.connection, error, "task", child.as_data())

    def _on_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What asyncio would log: an exception of a callback, or of a future that is garbage."""
        error = context.get("exception")
        connection = CURRENT.get() or next(reversed(self._connections), None)
        if error is not None and connection is not None:
            self._unseen(connection, error, "callback", {"name": _name_of_handle(context)})

    def _unseen(
        self, connection: Connection, error: BaseException, case: str, where: dict[str, Any]
    ) -> None:
        if isinstance(error, (OverBudget, KeyboardInterrupt)) or repeats_the_server(error):
            return
        line = self._recorder.line_of_error(error)
        about = {**self._recorder.told(error), "name": where["name"]}
        event = connection.record("app", "app", "unseen", about, line)
        connection.find("app-exception-unseen", event, line, **about, tasks=[where], case=case)

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

    def _let_go(self) -> None:
        """Undo circles of references, so that what the run took is free without the collector."""
        self._peers.clear()
        self._children.clear()
        for connection in self._connections:
            connection.let_go()


def _name_of_handle(context: dict[str, Any]) -> str:
    """The callback that an exception came from, where there is one."""
    callback = getattr(context.get("handle"), "_callback", None)
    return name_of_code(callback) if callback else "Future"
