"""The lifespan, as the server sees it: what the app is told, and what it answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from ..client.steps import Shutdown, Startup, Step
from ..protocol import lifespan
from ..protocol.findings import Problem
from ..protocol.lifespan import LifespanState
from ..trace.outcomes import LifespanOutcome
from ..trace.recorder import Recorder
from .exchange import Exchange
from .scopes import lifespan_scope
from .write_buffer import WriteBuffer

_EVENTS: Final = {Startup: lifespan.STARTUP, Shutdown: lifespan.SHUTDOWN}
_OVER = (LifespanState.STARTED, LifespanState.FAILED, LifespanState.STOPPED)
# Exceptions that nobody raises on purpose in order to refuse a scope.
_ACCIDENTS = ("AttributeError", "IndexError", "KeyError", "NameError", "UnboundLocalError")


class LifespanExchange(Exchange):
    """What server and app say to each other about starting and stopping."""

    protocol = "lifespan"
    may_rest = True  # while the app serves, its lifespan waits for the shutdown

    def __init__(self, recorder: Recorder, name: str, with_state: bool) -> None:
        self._namespace: dict[str, Any] | None = {} if with_state else None
        super().__init__(recorder, name, lifespan_scope(self._namespace), WriteBuffer())
        self.state: LifespanState = LifespanState.IDLE
        self.outcome = LifespanOutcome()
        self._incoming: deque[str] = deque()

    @property
    def failed(self) -> bool:
        """Whether the app asked the server not to serve."""
        return self.state is LifespanState.FAILED and not self.outcome.started

    def copy_of_state(self) -> dict[str, Any] | None:
        """What a request is given of the state, if there is one and the app has started."""
        if self._namespace is None or not self.outcome.started:
            return None
        return dict(self._namespace)

    def take(self, step: Step) -> None:
        """The server starts or stops. The app answers by its reply or by its end."""
        self.answered = False
        self._incoming.append(_EVENTS[type(step)])
        self.on_change()

    def next_event(self) -> Mapping[str, Any] | None:
        if not self._incoming:
            return None
        message = {"type": self._incoming.popleft()}
        self.state, _ = lifespan.step(self.state, message)
        return message

    def advance(self, message: Mapping[str, Any]) -> list[Problem]:
        self.state, problems = lifespan.step(self.state, message)
        return problems

    def carry_out(self, message: Mapping[str, Any], before: LifespanState) -> bool:
        kind = message["type"]
        self.outcome.supported = True
        self.outcome.message = message.get("message", "") or self.outcome.message
        if kind == lifespan.STARTUP_COMPLETE:
            self.outcome.started = True
        if kind == lifespan.SHUTDOWN_COMPLETE:
            self.outcome.stopped = True
        if self.state in _OVER:
            self._answer()
        return False

    def _answer(self) -> None:
        self.answered = True
        self.on_change()

    def unstick(self, waiting: bool, event: int, line: int | None) -> bool:
        """The app waits in receive() and owes a reply: nobody can wait for that."""
        if not waiting or self.state not in (LifespanState.STARTING, LifespanState.STOPPING):
            return False
        if self.answered:
            return False
        self.find(lifespan.UNFINISHED[self.state], event, line, case="waits")
        self._answer()
        return True

    def ended(self, event: int, line: int | None, excused: bool) -> None:
        """The app has returned or raised."""
        rule = lifespan.UNFINISHED.get(self.state)
        if rule and not excused:
            self.find(rule, event, line)
        self._answer()

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
