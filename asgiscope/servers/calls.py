"""One call of the app by a real server, with the ``receive`` and ``send`` that the server gave.

What passes is written down and checked by the rules. What ``send()`` does is the server's affair:
where a rule is broken, the finding says what this server did about it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator
from typing import Any, Final, TypeVar

from ..clock.here import CURRENT
from ..clock.loop import VirtualLoop
from ..protocol.findings import Problem, any_fatal
from ..protocol.names import name_of_type
from ..protocol.validation import settle_iterators, validate
from ..server.connection import Connection
from ..trace.causes import text_of
from ..trace.values import freeze
from .client_end import ClientEnd
from .exchanges import RealExchange

T = TypeVar("T")
# Rules whose words say what the mock server does in send().
_DIFFERS: Final = ("http-after-disconnect", "websocket-after-disconnect", "websocket-after-close")


class Call(Connection):
    """``server`` is told in findings, such as "Uvicorn 0.54.0"; ``end`` is None for a lifespan."""

    exchange: RealExchange

    def __init__(
        self, exchange: RealExchange, loop: VirtualLoop, server: str, end: ClientEnd | None
    ) -> None:
        super().__init__(exchange, loop)
        self._server = server
        self._end_of_client = end
        self._from_server: tuple[Any, Any] = (None, None)
        self._refused: list[BaseException] = []  # what the server's own send() has raised
        self._error: BaseException | None = None
        self._made = False
        self._faulty = False  # whether something has been named that send() should have refused

    @property
    def running(self) -> bool:
        """Whether the app has still to return. The task may be the connection's, and go on."""
        return self._made

    async def made(
        self, app: Callable[..., Awaitable[Any]], scope: Any, receive: Any, send: Any
    ) -> None:
        """Await the app for the server, which is raised what the app raises."""
        self._from_server = receive, send
        self.task = asyncio.current_task()
        before = CURRENT.set(self)
        self._made = True
        try:
            await self.run(app)
        finally:
            self._made = False
            CURRENT.reset(before)
        if self._error is not None:
            raise self._error

    async def _receive(self, number: int, line: int | None) -> dict[str, Any]:
        del self._unawaited[number]
        exchange, actor = self.exchange, self.actor()
        self.last_receive = (exchange.record(actor, "server", "receive", line=line), line)
        self.waiting += 1
        try:
            event: dict[str, Any] = await _Foreign(self._from_server[0]())
        except asyncio.CancelledError:
            exchange.record(actor, actor, "cancel", {"call": "receive"}, line)
            raise
        finally:
            self.waiting -= 1
        exchange.given(event)
        exchange.record("server", actor, "event", freeze(event), line)
        return event

    async def _send(self, number: int, line: int | None, message: Any) -> None:
        del self._unawaited[number]
        exchange, actor = self.exchange, self.actor()
        message = settle_iterators(message)
        before = exchange.state
        problems = validate(message, exchange.protocol, exchange.scope.get("extensions") or ())
        if not any_fatal(problems):
            problems += exchange.advance(message)
        faulty = any_fatal(problems)
        event = exchange.record(actor, "server", "send", freeze(message), line)
        did: dict[str, Any] = {"server": self._server}
        try:
            await self._hand_over(message, actor, line)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            did["raised"] = name_of_type(error)
            self._refused.append(error)
            about = {"exception": name_of_type(error), "text": text_of(error)}
            exchange.record("server", actor, "refuse", about, line)
            if not faulty:
                exchange.refused(message, before)
            raise
        else:
            if not faulty:
                exchange.taken(message)
        finally:
            self._faulty = self._faulty or faulty
            told = [_told(problem, did) for problem in problems]
            self._recorder.find(told, self.name, event, line)

    async def _hand_over(self, message: Any, actor: str, line: int | None) -> None:
        """Await the server's ``send()``, and say so where it waits for the client to read."""
        end = self._end_of_client

        def pause() -> bool:
            if end is None or not end.writing_paused:
                return False
            self.exchange.record(actor, actor, "pause", {"buffered": end.buffered}, line)
            return True

        waited = _Foreign(self._from_server[1](message), pause)
        await waited
        if waited.paused and end is not None:
            self.exchange.record("server", actor, "resume", {"buffered": end.buffered}, line)

    def _raised(self, error: BaseException) -> None:
        self._error = error
        super()._raised(error)

    def _repeats_the_server(self, error: BaseException) -> bool:
        causes = (error, error.__cause__, error.__context__)
        return super()._repeats_the_server(error) or any(each in self._refused for each in causes)

    def _ended_by_cancelling(self, error: asyncio.CancelledError) -> None:
        self._error = error
        self.cancelled = self.task is not None and self.task.cancelling() > 0
        super()._ended_by_cancelling(error)

    def _end(self, event: int, line: int | None, *, excused: bool) -> None:
        super()._end(event, line, excused=excused or self._faulty)

    def destroy(self) -> None:
        super().destroy()
        self._error, self._end_of_client = None, None
        self._refused.clear()
        self._from_server = None, None


def _told(problem: Problem, did: dict[str, Any]) -> Problem:
    """The problem with what this server did about it, in place of what the mock server does."""
    told = problem._replace(values={**problem.values, **did})
    return told.in_case("server") if problem.rule in _DIFFERS else told


class _Foreign(Awaitable[T]):
    """A coroutine of the server's, awaited by the app: what runs in it does not run for the app.

    ``on_wait`` is asked where it first waits. ``paused`` is what it answered.
    """

    def __init__(
        self, coroutine: Awaitable[T], on_wait: Callable[[], bool] = lambda: False
    ) -> None:
        self._coroutine = coroutine
        self._on_wait = on_wait
        self.paused = False

    def __await__(self) -> Generator[Any, Any, T]:
        steps = self._coroutine.__await__()
        asked = False
        go_on: Callable[..., Any] = next
        arguments: tuple[Any, ...] = (steps,)
        while True:
            before = CURRENT.set(None)
            try:
                waits_for = go_on(*arguments)
            except StopIteration as end:
                value: T = end.value
                return value
            finally:
                CURRENT.reset(before)
            if not asked:
                asked, self.paused = True, self._on_wait()
            try:
                yield waits_for
            except BaseException as error:
                go_on, arguments = steps.throw, (error,)
            else:
                go_on, arguments = next, (steps,)
