"""A run of an app by a real server: its own code from start to end, and clients on the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final

from ..client.steps import LIFESPAN, Clients, Script, Shutdown, Wait
from ..clock.here import CURRENT
from ..clock.loop import VirtualLoop
from ..protocol.names import name_of_type
from ..server.server import Server
from ..trace.causes import in_words
from ..trace.outcomes import HttpOutcome, LifespanOutcome
from ..trace.recorder import Recorder
from .adapter import Adapter
from .calls import Call
from .changes import Changes
from .client_end import END, ClientEnd
from .exchanges import OF_PROTOCOL
from .log import server_log
from .network import Network
from .peer import Peer

FIRST_PORT: Final = 50_001
AFTERWARDS: Final = 300.0  # virtual seconds that calls may go on after the last client has left
GRACE: Final = 120.0  # virtual seconds after SIGTERM, then comes SIGKILL
START: Final = 120.0  # virtual seconds that a server may take to listen


class RealServer(Server):
    """One run of an app against some clients, by a real server."""

    def __init__(
        self, adapter: Adapter, app: Any, clients: Clients, recorder: Recorder, loop: VirtualLoop
    ) -> None:
        super().__init__(app, clients, recorder, loop)
        self._adapter = adapter
        recorder.trace.server = adapter.told
        self.network = Network(loop)
        self._changes = Changes(loop)
        self.network.on_listening = self._changes.tell
        self._own: list[asyncio.Task[Any] | None] = []  # tasks that are not the server's
        self._main_task: asyncio.Task[None] | None = None
        self._ends: dict[int, ClientEnd] = {}  # by their ports
        self._terminated = self._over = False
        loop.on_idle = lambda: False
        loop.on_advance = lambda when: False
        loop.set_exception_handler(self._on_loop_error)

    def run(self) -> None:
        with (
            self.network,
            self._adapter.fixed(),
            server_log(self._recorder, self._adapter.name),
        ):
            try:
                super().run()
            except SystemExit as error:  # out of a task of the app's: it ends a server's process
                self._recorder.add("", "server", "server", "exit", {"status": error.code})
                for _ in range(3):
                    with suppress(SystemExit):  # once more from each task that has waited for it
                        self._clean_up()
                self._destroy()

    async def _main(self) -> None:
        script = self._scripts.pop(LIFESPAN, None) or ()
        self._with_lifespan = bool(script)
        if script:
            self._recorder.trace.outcomes[LIFESPAN] = LifespanOutcome()
        main = self._adapter.serve(self._app_for_server, self.network.listener)
        self._main_task = asyncio.create_task(self._serve(main))
        self._main_task.add_done_callback(self._changes.tell)
        self._own = [asyncio.current_task(), self._main_task]
        await self._wait_for(lambda: self.network.listening, START)
        if self.network.listening:
            await self._play_all()
            await self._wait_for(lambda: not self._serving(), AFTERWARDS)
            self._name_stuck()
        else:
            self._name_waiting(LIFESPAN)
        await self._stop(script)

    async def _serve(self, main: Coroutine[Any, Any, Any]) -> None:
        """The server's process, to its end. ``main`` is its own main routine."""
        about: dict[str, Any] = {}
        try:
            await main
        except SystemExit as error:
            about["status"] = error.code
        except asyncio.CancelledError:
            if not self._terminated:
                raise
        except Exception as error:
            about["exception"] = in_words(error)
        if self._over:  # what follows is only cleaning up
            return
        for task in self._loop.tasks_left():  # as asyncio.run() does, with which servers end
            if task not in self._own:
                task.cancel()
        await self._loop.settled()
        self.network.cut()
        await self._loop.settled()
        self._recorder.add("", "server", "server", "exit", about or None)

    async def _play_all(self) -> None:
        for name, script in self._scripts.items():
            peer = Peer(self, self._loop, self._recorder, name, script)
            self._own.append(asyncio.create_task(peer.play()))
        await asyncio.gather(*filter(None, self._own[2:]))

    async def _stop(self, script: Script) -> None:
        """What the steps say of the server's end, if they say something."""
        assert self._main_task is not None
        for step in script:
            if isinstance(step, Wait):
                await asyncio.sleep(step.seconds)
            elif isinstance(step, Shutdown):
                self.terminate()
        if self._terminated and not self._main_task.done():
            await self._wait_for(self._main_task.done, GRACE)
            if not self._main_task.done():
                self._name_waiting(LIFESPAN)
                self._recorder.add("", "server", "server", "signal", {"name": "SIGKILL"})

    async def _wait_for(self, condition: Any, seconds: float) -> None:
        """Until the condition holds, the server has ended, or the time is over."""
        assert self._main_task is not None
        ended = self._main_task.done
        await self._changes.until(lambda: ended() or condition(), seconds)

    def _clean_up(self) -> None:
        self._over = True
        super()._clean_up()

    # For peers ------------------------------------------------------------------------------

    def port_for(self, end: ClientEnd) -> int:
        port = FIRST_PORT + len(self._ends)
        self._ends[port] = end
        return port

    def terminate(self) -> None:
        """SIGTERM, once: a second one would mean other things to each server."""
        if self._terminated or self._main_task is None or self._main_task.done():
            return
        self._terminated = True
        self._recorder.add("", "server", "server", "signal", {"name": "SIGTERM"})
        self._adapter.terminate()

    def began(self, end: ClientEnd) -> None:
        outcomes, outcome = self._recorder.trace.outcomes, end.outcome
        before = outcomes.get(end.name)
        if isinstance(before, HttpOutcome) and isinstance(outcome, HttpOutcome):
            outcome.responses = before.responses or [before]
            outcome.responses.append(outcome)
        outcomes[end.name] = outcome

    def out_of_patience(self, end: ClientEnd) -> None:
        self._name_waiting(end.name)

    # The app --------------------------------------------------------------------------------

    async def _app_for_server(self, scope: Any, receive: Any, send: Any) -> None:
        assert self._callable is not None
        if scope["type"] == "lifespan":
            if not self._with_lifespan:
                await _answer_lifespan(receive, send)
                return
            end, name, outcome = None, LIFESPAN, self._recorder.trace.outcomes[LIFESPAN]
        else:
            end = END.get() or self._end_of(scope)
            name, outcome = end.name, end.outcome
        exchange = OF_PROTOCOL[scope["type"]](self._recorder, name, scope, outcome)
        call = Call(exchange, self._loop, self._adapter.told, end)
        if end is not None:
            end.exchange = exchange
        self._connections.append(call)
        try:
            await call.made(self._callable, scope, receive, send)
        finally:
            self._changes.tell()

    def _end_of(self, scope: Any) -> ClientEnd:
        """Whose call it is, where the server has given a task a context of its own."""
        _, port = scope.get("client") or ("", 0)
        return self._ends.get(port) or next(reversed(self._ends.values()))

    def _running(self) -> list[Call]:
        calls = (each for each in self._connections if isinstance(each, Call))
        return [each for each in calls if each.running]

    def _serving(self) -> list[Call]:
        return [call for call in self._running() if call.name != LIFESPAN]

    def _name_waiting(self, name: str) -> None:
        """Calls of a client's, or the lifespan's, that wait in receive() for what never comes."""
        for call in self._running():
            if call.name == name and call.waiting:
                call.exchange.unstick(True, *call.last_receive)

    def _name_stuck(self) -> None:
        """Calls that have not ended long after their clients have left."""
        for call in self._serving():
            assert call.task is not None
            coroutine = call.task.get_coro()
            waits = self._recorder.what_it_waits_in(coroutine)
            if waits != "sleep":
                line = self._recorder.line_of_wait(coroutine)
                event = call.exchange.record("app", "app", "stuck", line=line)
                call.exchange.find("app-stuck", event, line, waits=waits)

    def _on_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """An exception of a callback or a task: the app's, or the server's own."""
        handle = context.get("handle")
        owner = handle._context.get(CURRENT) if handle is not None else CURRENT.get()
        if owner is not None:
            self._children.on_loop_error(loop, context)
            return
        error, end = context.get("exception"), END.get()
        about = {"exception": name_of_type(error), "text": str(error or context.get("message"))}
        self._recorder.add(end.name if end else "", "server", "server", "failed", about)


async def _answer_lifespan(receive: Any, send: Any) -> None:
    """In place of the app, where the steps do not ask for its lifespan."""
    for _ in range(2):
        event = await receive()
        await send({"type": f"{event['type']}.complete"})
