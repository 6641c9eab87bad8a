"""What passes between client and app: the events, what messages do, what is missing at the end.

Nothing here waits or knows of tasks, as in the tables that it asks. An exchange takes what the
client does and what the app sends, and writes down what follows; :mod:`.connection` is who waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, ClassVar

from ..client.steps import Step
from ..protocol.errors import ClientDisconnected
from ..protocol.findings import Problem
from ..trace.recorder import Recorder
from .write_buffer import WriteBuffer


class Exchange:
    """A connection scope and what has become of it. Subclasses bring the protocol."""

    protocol: ClassVar[str]
    may_rest: ClassVar = False  # whether the app may wait in receive() as long as the server likes
    state: StrEnum
    outcome: Any

    def __init__(
        self, recorder: Recorder, name: str, scope: dict[str, Any], buffer: WriteBuffer
    ) -> None:
        self.recorder = recorder
        self.name = name
        self.scope = scope
        self.buffer = buffer  # what the peer has still to read
        buffer.deliver = self.deliver
        self.spec_version: str = scope["asgi"]["spec_version"]
        self.open = True  # whether the other side still waits for something
        self.answered = False  # whether the handshake, or the newest event of a lifespan, is
        self.on_change: Callable[[], None] = _nobody  # there may be an event, an answer or the end

    # What a protocol brings -----------------------------------------------------------------

    def take(self, step: Step) -> None:
        """What the peer does, once the connection is there."""
        raise NotImplementedError

    def leave(self) -> None:
        """The peer has waited long enough, and goes."""
        raise NotImplementedError

    def deliver(self, data: bytes) -> None:
        """The peer has read some bytes from the buffer."""
        raise NotImplementedError

    def next_event(self) -> Mapping[str, Any] | None:
        """The event that ``receive()`` returns now, or None when there is none yet."""
        raise NotImplementedError

    def advance(self, message: Mapping[str, Any]) -> list[Problem]:
        """Move the state by a message of the right shape. Returns what is wrong with it.

        If that is fatal, the state is as it was.
        """
        raise NotImplementedError

    def carry_out(self, message: Mapping[str, Any], before: Any) -> bool:
        """Do what an allowed message does, which came in the state ``before``.

        Returns whether ``send()`` has to wait until the peer has read; :meth:`resume` goes on then.
        Raises :class:`ClientDisconnected` where the client has left.
        """
        raise NotImplementedError

    def resume(self) -> None:
        """The peer has read what ``send()`` waited for."""

    def unstick(self, waiting: bool, event: int, line: int | None) -> bool:
        """Nothing can happen by itself any more: let the peer act, if it can. Whether it did.

        ``waiting``: the app waits in ``receive()``; ``event`` and ``line`` are those of its newest.
        """
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

    # For subclasses and the call ------------------------------------------------------------

    def record(
        self, from_: str, to: str, kind: str, message: Any = None, line: int | None = None
    ) -> int:
        return self.recorder.add(self.name, from_, to, kind, message, line, self.state)

    def find(self, rule: str, event: int, line: int | None, **values: Any) -> None:
        self.recorder.find([Problem(rule, values)], self.name, event, line)

    @property
    def raises_when_gone(self) -> bool:
        return self.spec_version >= "2.4"

    def send_to_nobody(self) -> None:
        """Raise, as a server should in ``send()`` since version 2.4; before, it had no effect."""
        if self.raises_when_gone:
            raise ClientDisconnected("the client has disconnected")

    def destroy(self) -> None:
        """The run is over: undo circles of references."""
        self.on_change = _nobody
        self.buffer.destroy()


def _nobody() -> None:
    """Nobody waits."""
