"""What the figures of speed are taken on. It imports nothing, so that nothing else counts."""

from __future__ import annotations

from typing import Any


async def say_hi(scope: Any, receive: Any, send: Any) -> None:
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"Hi"})


async def echo(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    message = await receive()
    while message["type"] != "websocket.disconnect":
        await send({"type": "websocket.send", "text": message["text"]})
        message = await receive()


APPS = {"get": say_hi, "echo": echo}
CLIENTS: dict[str, list[dict[str, Any]]] = {
    "get": [{"request": "GET /"}],
    "echo": [{"connect": "/"}, {"text": "hello"}, {"close": True}],
}
