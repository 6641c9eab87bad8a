"""Small apps that several tests drive."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

START = {"type": "http.response.start", "status": 200}
END = {"type": "http.response.body"}

GET = [{"request": "GET /"}]


def sending(*messages: Any) -> Callable[..., Awaitable[None]]:
    """An app that sends these messages, one after the other, whatever its scope is."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        for message in messages:
            await send(message)

    return app


async def say_hi(scope: Any, receive: Any, send: Any) -> None:
    await send({**START, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"Hi"})


async def echo_body(scope: Any, receive: Any, send: Any) -> None:
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message.get("body", b"")
        more = message.get("more_body", False)
    await send(START)
    await send({"type": "http.response.body", "body": body})
