"""One call of the app: its scope, the ``receive`` and ``send`` it is given, and its end.

What is common to every protocol is here; ``http_connection`` and ``lifespan_connection`` say what
an event is, what a message does, and what is missing at the end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from enum import StrEnum
from typing import Any, ClassVar, NoReturn

from ..protocol.errors import ClientDisconnected, MessageError
from ..protocol.findings import Problem, any_fatal
from ..protocol.validation import check, settle_iterators
from ..trace.recorder import Recorder, current_task
from ..trace.trace import freeze
from .write_buffer import Wire


class Connection:
    """A connection scope and what is known of it. Subclasses bring the protocol."""

    protocol: ClassVar[str]

    def __init__(self, recorder: Recorder, name: str, scope: dict[str, Any]) -> None:
        self.recorder = recorder
        self.name = name
        self.scope = scope
        self.spec_version: str = scope["asgi"]["spec_version"]
        self.task: asyncio.Task[None] | None = None
        self.waiting = 0  # receive() calls that have not returned
        self.last_receive: tuple[int, int | None] = (0, None)  # event and line of the newest one
        self.state: StrEnum
        self.outcome: Any
        self._others: list[asyncio.Task[Any]] = []
        self._unawaited: dict[int, tuple[str, Coroutine[Any, Any, Any], int | None]] = {}
        self._calls = 0
        self._waiters: list[asyncio.Future[None]] = []

    # What a protocol brings -----------------------------------------------------------------

    def next_event(self) -> Mapping[str, Any] | None:
        """The event that ``receive()`` returns now, or None when there is none yet."""
        raise NotImplementedError

    def judge(self, message: Mapping[str, Any]) -> tuple[StrEnum, list[Problem]]:
        """The state after a message of the right shape, and what is wrong with it."""
        raise NotImplementedError

    async def carry_out(self, message: Mapping[str, Any], before: Any) -> None:
        """What an allowed message does, which came in the state ``before``.

        May wait, when the peer does not read.
        """
        raise NotImplementedError

    def unstick(self) -> bool:
        """Nothing can happen by itself any more: let the peer act, if it can. Whether it did."""
        return False

    @property
    def gone(self) -> bool:
        """Whether the peer has left."""
        return False

    def ended(self, event: int, line: int | None, excused: bool) -> None:
        """The app has returned or raised. ``excused``: what is missing has been named already."""
        raise NotImplementedError

    def raised(self, event: int, line: int | None, about: dict[str, Any]) -> None:
        """The app ended by an exception of its own, in this state."""
        self.find("app-raised", event, line, **about, case=str(self.state))

    # For subclasses and the server ----------------------------------------------------------

    def record(
        self, from_: str, to: str, kind: str, message: Any = None, line: int | None = None
    ) -> int:
        return self.recorder.add(self.name, from_, to, kind, message, line, self.state)

    def find(self, rule: str, event: int, line: int | None, **values: Any) -> None:
        self.recorder.find([Problem(rule, values)], self.name, event, line)

    def actor(self) -> str:
        """Which of the app's tasks is running: "app", or "app/2" and so on."""
        task = current_task()
        if task is None or task is self.task:
            return "app"
        if task not in self._others:
            self._others.append(task)
        return f"app/{self._others.index(task) + 2}"

    def wake(self) -> None:
        """There may be a new event: let every waiting ``receive()`` look again."""
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
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
        number, line = self._calls, self.recorder.line_of_caller()
        coroutine: Coroutine[Any, Any, Any] = function(number, line, *arguments)
        self._unawaited[number] = (call, coroutine, line)
        return coroutine

    async def _receive(self, number: int, line: int | None) -> dict[str, Any]:
        del self._unawaited[number]
        actor = self.actor()
        self.last_receive = (self.record(actor, "server", "receive", line=line), line)
        self.waiting += 1
        try:
            while (event := self.next_event()) is None:
                waiter = asyncio.get_running_loop().create_future()
                self._waiters.append(waiter)
                await waiter
        except asyncio.CancelledError:
            self.record(actor, actor, "cancel", {"call": "receive"}, line)
            raise
        finally:
            self.waiting -= 1
        self.record("server", actor, "event", freeze(event), line)
        return dict(event)

    async def _send(self, number: int, line: int | None, message: Any) -> None:
        del self._unawaited[number]
        actor = self.actor()
        message = settle_iterators(message)
        problems = check(message, self.protocol, self.scope.get("extensions") or ())
        state = self.state
        if not problems or not any_fatal(problems):
            state, more = self.judge(message)
            problems += more
        before, self.state = self.state, state
        event = self.record(actor, "server", "send", freeze(message), line)
        if problems:
            self.recorder.find(problems, self.name, event, line)
            self._refuse_fatal(problems, actor, line)
        await self.carry_out(message, before)

    def _refuse_fatal(self, problems: list[Problem], actor: str, line: int | None) -> None:
        """Raise if one of the problems is fatal; the state is then as it was."""
        rules = tuple(problem.rule for problem in problems if problem.fatal)
        if rules:
            self.raise_in_send(MessageError(_refusal(problems), rules), actor, line)

    def send_to_nobody(self) -> None:
        """Raise in ``send()``, as a server should since version 2.4; before, it had no effect."""
        if self.raises_when_gone:
            error = ClientDisconnected("the client has disconnected")
            self.raise_in_send(error, self.actor(), self.recorder.line_of_caller())

    @property
    def raises_when_gone(self) -> bool:
        return self.spec_version >= "2.4"

    async def wait_for_room(self, wire: Wire) -> None:
        """Hold ``send()`` until the peer has read the buffer down, or raise if it leaves."""
        actor, line = self.actor(), self.recorder.line_of_caller()
        self.record(actor, actor, "pause", {"buffered": wire.buffered}, line)
        await wire.drained()
        if self.gone:
            self.send_to_nobody()
            return
        self.record("server", actor, "resume", {"buffered": wire.buffered}, line)

    def raise_in_send(self, error: Exception, actor: str, line: int | None) -> NoReturn:
        about = {"exception": type(error).__name__, "text": str(error)}
        self.record("server", actor, "refuse", about, line)
        raise error

    def let_go(self) -> None:
        """The run is over: forget who holds this connection."""
        self.task = None
        self._others.clear()

    def close_unawaited(self) -> None:
        """Name the calls that were made and never awaited, so that they did nothing."""
        for call, coroutine, line in self._unawaited.values():
            coroutine.close()
            event = self.record("app", "server", "lost", {"call": call}, line)
            self.find(f"{call}-not-awaited", event, line)
        self._unawaited.clear()


def _refusal(problems: list[Problem]) -> str:
    from ..protocol.explain import explain_problem

    return "; ".join(
        f"{explain_problem(problem, 'en').text} [{problem.rule}]"
        for problem in problems
        if problem.fatal
    )
