"""Small apps that the provokers share."""

from __future__ import annotations

from typing import Any

START = {"type": "http.response.start", "status": 200, "headers": []}
BODY = {"type": "http.response.body", "body": b"hello"}
ACCEPT = {"type": "websocket.accept"}
CLOSE = {"type": "websocket.close"}


async def hello(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    await send(BODY)


def sending(*messages: dict[str, Any], result: Any = None) -> Any:
    """An app that sends these messages and returns."""

    async def app(scope: Any, receive: Any, send: Any) -> Any:
        if scope["type"] == "websocket":
            await receive()
        for message in messages:
            await send(message)
        return result

    return app


def heads(*pairs: tuple[Any, Any]) -> dict[str, Any]:
    return {**START, "headers": list(pairs)}
