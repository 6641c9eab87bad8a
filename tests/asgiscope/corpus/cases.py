"""What a case is, and the ways in which an app can send its messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

App = Callable[..., Any]

GET = [{"request": "GET /"}]
CONNECT = [{"connect": "/"}]
LIFE = [{"startup": True}, {"shutdown": True}]
START = {"type": "http.response.start", "status": 200}
BODY = {"type": "http.response.body", "body": b"Hi"}
MORE = {"type": "http.response.body", "body": b"Hi", "more_body": True}
END = {"type": "http.response.body"}
ACCEPT = {"type": "websocket.accept"}
TEXT = {"type": "websocket.send", "text": "hi"}
CLOSE = {"type": "websocket.close"}
STARTED = {"type": "lifespan.startup.complete"}
STOPPED = {"type": "lifespan.shutdown.complete"}


@dataclass(frozen=True)
class Case:
    """An app and the client that provokes it. ``rule`` is "" for a valid one."""

    name: str
    rule: str
    app: Any
    client: Any


def offering(*extensions: str) -> list[dict[str, Any]]:
    """A GET of a client whose server offers extensions."""
    return [{"request": {"method": "GET", "path": "/", "extensions": list(extensions)}}]


def denying() -> list[dict[str, Any]]:
    return [{"connect": {"path": "/", "extensions": ["websocket.http.response"]}}]


def sends(*messages: Any) -> App:
    """Send these, one after the other."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        for message in messages:
            await send(message)

    return app


def receives_then_sends(*messages: Any) -> App:
    """Take one event first, as most apps do."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        for message in messages:
            await send(message)

    return app


def in_a_task(inner: App) -> App:
    """The same from a task of its own."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(inner(scope, receive, send))

    return app


def behind_middleware(inner: App) -> App:
    """The same through a wrapper around send."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async def wrapped(message: Any) -> None:
            await send(message)

        await inner(dict(scope), receive, wrapped)

    return app


def swallowing(*messages: Any) -> App:
    """Send these, whatever send() says, and go on."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        for message in messages:
            try:
                await send(message)
            except Exception:
                continue

    return app


def after_a_while(inner: App) -> App:
    """The same after half a second."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.5)
        await inner(scope, receive, send)

    return app


WAYS: dict[str, Callable[[App], App]] = {
    "in a task": in_a_task,
    "behind middleware": behind_middleware,
    "after a while": after_a_while,
}
