"""One call of the app: the ``receive`` and ``send`` it is given, and its end.

What they give and do is decided by the exchange. Here is who waits for it: the app in ``receive()``
and in ``send()``, the client for an answer and for the end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from ..clock.budget import OverBudget
from ..clock.loop import VirtualLoop
from ..protocol.errors import ClientDisconnected, MessageError
from ..protocol.findings import Problem, any_fatal
from ..protocol.names import name_of_type
from ..protocol.validation import settle_iterators, validate
from ..trace.causes import repeats_the_server, text_of
from ..trace.tracebacks import own_frames
from ..trace.values import freeze
from .application import NotAwaitable
from .exchange import Exchange
from .limits import limit_of, name_over_budget


class Connection:
    """The call of the app for one exchange, which ``task`` awaits.

    ``closed`` is done when the exchange is open no longer.
    """

    def __init__(self, exchange: Exchange, loop: VirtualLoop) -> None:
        self.exchange = exchange
        self.name = exchange.name
        self.task: asyncio.Task[None] | None = None
        self.cancelled = False  # by the server
        self.closed: asyncio.Future[None] = asyncio.Future(loop=loop)
        self.waiting = 0  # receive() calls that have not returned
        self.last_receive: tuple[int, int | None] = (0, None)  # event and line of the newest one
        self._loop = loop
        self._recorder = exchange.recorder
        self._answer: asyncio.Future[None] | None = None
        self._receivers: list[asyncio.Future[None]] = []
        self._others: list[asyncio.Task[Any]] = []
        self._unawaited: dict[int, tuple[str, Coroutine[Any, Any, Any], int | None]] = {}
        self._calls = 0
        exchange.on_change = self._wake

    @property
    def running(self) -> bool:
        return self.task is not None and not self.task.done()

    def actor(self) -> str:
        """Which of the app's tasks is running: "app", or "app/2" and so on."""
        task = _current_task()
        if task is None or task is self.task:
            return "app"
        if task not in self._others:
            self._others.append(task)
        return f"app/{self._others.index(task) + 2}"

    async def answered(self) -> None:
        """Return once the handshake, or the newest event of the lifespan, is answered."""
        if not self.exchange.answered:
            self._answer = asyncio.Future(loop=self._loop)
            await self._answer

    def _wake(self) -> None:
        """The exchange has changed: let go on who waited for that, the client first."""
        if self.exchange.answered and self._answer and not self._answer.done():
            self._answer.set_result(None)
        if not self.exchange.open and not self.closed.done():
            self.closed.set_result(None)
        receivers, self._receivers = self._receivers, []
        for waiter in receivers:
            if not waiter.done():
                waiter.set_result(None)

    # What the app is given ------------------------------------------------------------------

    def receive(self) -> Coroutine[Any, Any, dict[str, Any]]:
        return self._tracked("receive", self._receive)

    def send(self, message: Any) -> Coroutine[Any, Any, None]:
        return self._tracked("send", self._send, message)

    def _tracked(self, call: str, function: Any, *arguments: Any) -> Coroutine[Any, Any, Any]:
        """The coroutine of a call, noted until it is awaited."""
        self._calls += 1
        number, line = self._calls, self._recorder.line_of_caller()
        coroutine: Coroutine[Any, Any, Any] = function(number, line, *arguments)
        self._unawaited[number] = (call, coroutine, line)
        return coroutine

    async def _receive(self, number: int, line: int | None) -> dict[str, Any]:
        del self._unawaited[number]
        exchange, actor = self.exchange, self.actor()
        self.last_receive = (exchange.record(actor, "server", "receive", line=line), line)
        self.waiting += 1
        try:
            while (event := exchange.next_event()) is None:
                waiter: asyncio.Future[None] = asyncio.Future(loop=self._loop)
                self._receivers.append(waiter)
                await waiter
        except asyncio.CancelledError:
            exchange.record(actor, actor, "cancel", {"call": "receive"}, line)
            raise
        finally:
            self.waiting -= 1
        exchange.record("server", actor, "event", freeze(event), line)
        return dict(event)

    async def _send(self, number: int, line: int | None, message: Any) -> None:
        del self._unawaited[number]
        exchange, actor = self.exchange, self.actor()
        message = settle_iterators(message)
        extensions = exchange.scope.get("extensions") or ()
        problems, before = validate(message, exchange.protocol, extensions), exchange.state
        if not problems or not any_fatal(problems):
            problems += exchange.advance(message)
        event = exchange.record(actor, "server", "send", freeze(message), line)
        if problems:
            self._recorder.find(problems, self.name, event, line)
            if any_fatal(problems):
                error = _message_error(problems)
                self._record_refusal(error, actor, line)
                raise error
        try:
            if exchange.carry_out(message, before):
                await self._drain(actor)
        except ClientDisconnected as error:
            self._record_refusal(error, actor, self._recorder.line_of_caller())
            raise

    def _record_refusal(self, error: Exception, actor: str, line: int | None) -> None:
        about = {"exception": name_of_type(error), "text": str(error)}
        self.exchange.record("server", actor, "refuse", about, line)

    async def _drain(self, actor: str) -> None:
        """Hold ``send()`` until the client has read the buffer down, or raise if it leaves."""
        exchange, buffer = self.exchange, self.exchange.buffer
        line = self._recorder.line_of_caller()
        exchange.record(actor, actor, "pause", {"buffered": buffer.buffered}, line)
        await buffer.drained()
        if exchange.gone:
            exchange.send_to_nobody()
            return
        exchange.record("server", actor, "resume", {"buffered": buffer.buffered}, line)
        exchange.resume()

    # The end --------------------------------------------------------------------------------

    async def run(self, app: Callable[..., Awaitable[Any]]) -> None:
        """Await the app and write down how it ended. Whatever the app raises is in the trace."""
        exchange = self.exchange
        exchange.record("server", "app", "call", freeze(exchange.scope))
        try:
            await app(exchange.scope, self.receive, self.send)
        except asyncio.CancelledError as error:
            self._ended_by_cancelling(error)
        except (OverBudget, KeyboardInterrupt) as error:
            limit = limit_of(error, self._loop)
            line = self._recorder.line_of_error(error)
            name_over_budget(exchange, self._loop, limit, line)
        except GeneratorExit:
            raise
        except BaseException as error:
            self._raised(error)
        else:
            self._end(exchange.record("app", "server", "return"), None, excused=False)

    def _raised(self, error: BaseException) -> None:
        exchange = self.exchange
        line = self._recorder.line_of_error(error)
        told = self._recorder.told(error)
        about = {**told, "exception": name_of_type(error), "text": text_of(error)}
        event = exchange.record("app", "server", "raise", about, line)
        self._recorder.trace.tracebacks[event] = own_frames(error)
        exchange.outcome.exception = told["exception"]
        if isinstance(error, NotAwaitable):
            exchange.find("app-not-awaitable", event, line, found=error.found)
        elif not self._repeats_the_server(error):
            exchange.raised(event, line, told)
        self._end(event, line, excused=True)

    def _repeats_the_server(self, error: BaseException) -> bool:
        return repeats_the_server(error)

    def _ended_by_cancelling(self, error: asyncio.CancelledError) -> None:
        """The server has cancelled the app; or else the app itself has, which is a mistake."""
        exchange = self.exchange
        line = self._recorder.line_of_error(error)
        event = exchange.record("app", "server", "cancelled", line=line)
        if not self.cancelled:
            exchange.outcome.exception = name_of_type(error)
            exchange.find("app-cancelled", event, line, case=str(exchange.state))
        self._end(event, line, excused=True)

    def _end(self, event: int, line: int | None, *, excused: bool) -> None:
        self._close_unawaited()
        if self.closed.cancelled():  # the run is stopped, and with it the client
            self.exchange.open = False
        self.exchange.ended(event, line, excused)

    def _close_unawaited(self) -> None:
        """Name the calls that were made and never awaited, so that they did nothing."""
        exchange = self.exchange
        for call, coroutine, line in self._unawaited.values():
            coroutine.close()
            event = exchange.record("app", "server", "lost", {"call": call}, line)
            exchange.find(f"{call}-not-awaited", event, line)
        self._unawaited.clear()

    def destroy(self) -> None:
        """The run is over: undo circles of references."""
        self.task = None
        self._others.clear()
        self.exchange.destroy()


def _current_task() -> asyncio.Task[Any] | None:
    try:
        return asyncio.current_task()
    except RuntimeError:  # no loop is running
        return None


def _message_error(problems: list[Problem]) -> MessageError:
    from ..protocol.explain import explain_problem

    fatal = [problem for problem in problems if problem.fatal]
    texts = (f"{explain_problem(problem, 'en').text} [{problem.rule}]" for problem in fatal)
    return MessageError("; ".join(texts), tuple(problem.rule for problem in fatal))
