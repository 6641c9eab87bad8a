"""The tasks that an app creates: those it leaves behind, and those that fail unseen."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from ..clock.budget import OverBudget
from ..clock.here import CURRENT
from ..protocol.names import name_of_code
from ..trace.causes import repeats_the_server
from ..trace.recorder import Recorder
from .connection import Connection

MOST_NAMED: Final = 8  # tasks that one finding names


class Child(NamedTuple):
    """A task that an app has created, and the line of the app that did."""

    task: asyncio.Task[Any]
    connection: Connection
    line: int | None

    def as_data(self) -> dict[str, Any]:
        name = name_of_code(self.task.get_coro())
        return {"name": name, **({} if self.line is None else {"line": self.line})}


class Children:
    """The tasks that the app has created in a run. ``connections`` are in their order."""

    def __init__(self, recorder: Recorder, connections: Sequence[Connection]) -> None:
        self._recorder = recorder
        self._connections = connections
        self._children: list[Child] = []

    def note(self, task: asyncio.Task[Any]) -> None:
        """A task was created; where an app did it, it is known by its context."""
        connection = CURRENT.get()
        if connection is not None:
            assert isinstance(connection, Connection)
            self._children.append(Child(task, connection, self._recorder.line_of_caller()))

    def name_left(self) -> None:
        """Tasks of an app that has returned, which nobody waits for and nobody stopped."""
        for connection in self._connections if self._children else ():
            left = [child for child in self._children if child.connection is connection]
            left = [child for child in left if not child.task.done()]
            if left and not connection.running:
                line = self._recorder.line_of_wait(left[0].task.get_coro()) or left[0].line
                event = len(self._recorder.trace.events)
                tasks = [child.as_data() for child in left[:MOST_NAMED]]
                find = connection.exchange.find
                find("app-tasks-left", event, line, count=len(left), tasks=tasks)

    def name_failed(self) -> None:
        """Tasks that ended by an exception which nobody has asked for."""
        for child in self._children:
            task = child.task
            # What asyncio keeps so that it can complain once such a task is garbage.
            if task.done() and task._log_traceback:
                error = task.exception()
                assert error is not None
                self._unseen(child.connection, error, "task", child.as_data())

    def on_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What asyncio would log: an exception of a callback, or of a future that is garbage."""
        error = context.get("exception")
        connection = CURRENT.get() or next(reversed(self._connections), None)
        if error is not None and connection is not None:
            assert isinstance(connection, Connection)
            self._unseen(connection, error, "callback", {"name": _name_of_handle(context)})

    def _unseen(
        self, connection: Connection, error: BaseException, case: str, where: dict[str, Any]
    ) -> None:
        if isinstance(error, (OverBudget, KeyboardInterrupt)) or repeats_the_server(error):
            return
        line = self._recorder.line_of_error(error)
        about = {**self._recorder.told(error), "name": where["name"]}
        event = connection.exchange.record("app", "app", "unseen", about, line)
        find = connection.exchange.find
        find("app-exception-unseen", event, line, **about, tasks=[where], case=case)

    def destroy(self) -> None:
        """The run is over: undo circles of references."""
        self._children.clear()


def _name_of_handle(context: dict[str, Any]) -> str:
    """The callback that an exception came from, where there is one."""
    callback = getattr(context.get("handle"), "_callback", None)
    return name_of_code(callback) if callback else "Future"
