"""The lifespan scope, as the server drives it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any

from ..protocol import lifespan
from ..protocol.findings import Problem
from ..protocol.lifespan import LifespanState
from ..spec import SCOPES
from ..trace.recorder import Recorder
from ..trace.trace import LifespanOutcome
from .connection import Connection

_OVER = (LifespanState.STARTED, LifespanState.FAILED, LifespanState.STOPPED)
# Exceptions that nobody raises on purpose in order to refuse a scope.
_ACCIDENTS = ("AttributeError", "IndexError", "KeyError", "NameError", "UnboundLocalError")


class LifespanConnection(Connection):
    """The server's talk with the app about starting and stopping."""

    protocol = "lifespan"

    def __init__(self, recorder: Recorder, name: str, with_state: bool) -> None:
        version = SCOPES["lifespan"].version
        self.state_namespace: dict[str, Any] | None = {} if with_state else None
        scope: dict[str, Any] = {
            "type": "lifespan",
            "asgi": {"version": "3.0", "spec_version": version},
        }
        if self.state_namespace is not None:
            scope["state"] = self.state_namespace
        super().__init__(recorder, name, scope)
        self.state: LifespanState = LifespanState.IDLE
        self.outcome = LifespanOutcome()
        self._incoming: deque[str] = deque()
        self._reply: asyncio.Future[None] | None = None

    @property
    def failed(self) -> bool:
        """Whether the app asked the server not to serve."""
        return self.state is LifespanState.FAILED and not self.outcome.started

    def copy_of_state(self) -> dict[str, Any] | None:
        """What a request is given of the state, if there is one and the app has started."""
        if self.state_namespace is None or not self.outcome.started:
            return None
        return dict(self.state_namespace)

    async def tell(self, kind: str) -> None:
        """Give the app an event; return once it has replied to it, or has ended."""
        if self.task is None or self.task.done():
            return
        self._reply = asyncio.get_running_loop().create_future()
        self._incoming.append(kind)
        self.wake()
        await self._reply

    def next_event(self) -> Mapping[str, Any] | None:
        if not self._incoming:
            return None
        message = {"type": self._incoming.popleft()}
        self.state, _ = lifespan.step(self.state, message)
        return message

    def judge(self, message: Mapping[str, Any]) -> tuple[LifespanState, list[Problem]]:
        return lifespan.step(self.state, message)

    async def carry_out(self, message: Mapping[str, Any], before: LifespanState) -> None:
        kind = message["type"]
        self.outcome.supported = True
        self.outcome.message = message.get("message", "") or self.outcome.message
        if kind == lifespan.STARTUP_COMPLETE:
            self.outcome.started = True
        if kind == lifespan.SHUTDOWN_COMPLETE:
            self.outcome.stopped = True
        if self.state in _OVER:
            self._replied()

    def _replied(self) -> None:
        if self._reply and not self._reply.done():
            self._reply.set_result(None)

    def unstick(self) -> bool:
        """The app waits in receive() and owes a reply: nobody can wait for that."""
        if not self.waiting or self.state not in (LifespanState.STARTING, LifespanState.STOPPING):
            return False
        if self._reply is None or self._reply.done():
            return False
        event, line = self.last_receive
        self.find(lifespan.UNFINISHED[self.state], event, line, case="waits")
        self._replied()
        return True

    def ended(self, event: int, line: int | None, excused: bool) -> None:
        """The app has returned or raised."""
        rule = lifespan.UNFINISHED.get(self.state)
        if rule and not excused:
            self.find(rule, event, line)
        self._replied()

    def raised(self, event: int, line: int | None, about: dict[str, Any]) -> None:
        """An exception ended the call: before startup it means that lifespan is not supported."""
        if self.state is LifespanState.IDLE:
            name = str(about["exception"]).partition(":")[0]
            case = {"case": "accident"} if name in _ACCIDENTS else {}
            self.find("lifespan-unsupported", event, line, **about, **case)
        elif self.state is LifespanState.STARTING:
            self.find("lifespan-startup-raised", event, line, **about)
        else:
            super().raised(event, line, about)
