"""When nothing moves any more: one connection is moved on, and why it stood still is named."""

from __future__ import annotations

from typing import Any

from ..clock.loop import VirtualLoop
from ..trace.values import plain_number
from .connection import Connection


def unstick(connection: Connection, loop: VirtualLoop) -> bool:
    """Let the peer of a connection act, or else end the call. Returns whether it has been moved."""
    if not connection.running:
        return False
    if connection.exchange.unstick(bool(connection.waiting), *connection.last_receive):
        return True
    if connection.waiting and connection.exchange.may_rest:
        return False
    return _cancel(connection, loop)


def _cancel(connection: Connection, loop: VirtualLoop) -> bool:
    if connection.task is None or connection.cancelled:
        return False
    connection.cancelled = True
    recorder, coroutine = connection.exchange.recorder, connection.task.get_coro()
    line = recorder.line_of_wait(coroutine)
    event = connection.exchange.record("app", "app", "stuck", line=line)
    _say_why(connection, loop, event, line, recorder.what_it_waits_in(coroutine))
    return connection.task.cancel()


def _say_why(
    connection: Connection, loop: VirtualLoop, event: int, line: int | None, waits: str
) -> None:
    """Most often it is the app; but it may wait for a thread, or for what is real."""
    find = connection.exchange.find
    stuck = loop.threads.stuck(connection) if loop.threads else None
    if loop.waits.gave_up:
        seconds = plain_number(loop.waits.patience)
        find("engine-gave-up", event, line, what=loop.waits.what, seconds=seconds)
    elif loop.not_followed:
        what, where = loop.not_followed[-1]
        find("engine-cannot-follow", event, where, what=what)
    elif stuck:
        find("thread-waits-for-ever", event, stuck[1], call=stuck[0])
    else:
        case: dict[str, Any] = {"case": "client-left"} if connection.exchange.gone else {}
        find("app-stuck", event, line, waits=waits, **case)
