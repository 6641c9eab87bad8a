"""Runs by real servers that have one of each kind of event of a wire."""

from __future__ import annotations

import asyncio
from typing import Any

from asgiscope import Trace, run

# wsproto decodes this header as ASCII, and nobody catches what that raises.
NO_ASCII: Any = {"connect": {"path": "/", "headers": {"sec-websocket-protocol": "\u00ff"}}}


async def hi(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": b"hi"})


async def unread(scope: Any, receive: Any, send: Any) -> None:
    """It takes the first piece of a body, and then no more for a while."""
    await receive()
    await asyncio.sleep(5)
    await hi(scope, receive, send)


async def no_start(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "no"})


def on_the_wire() -> list[Trace[Any]]:
    big: Any = {"method": "POST", "path": "/", "body": {"repeat": "x", "times": 400_000}}
    refused: list[Any] = [
        {"request": "GET /"},
        {"terminate": True},
        {"wait": 9},
        {"request": "GET /"},
    ]
    return [
        run(hi, [{"request": "GET /"}, {"half_close": True}], server="gunicorn"),
        run(unread, [{"request": big}], server="uvicorn"),
        run(hi, refused, server="uvicorn"),
        run(no_start, [{"startup": True}], server="uvicorn"),
        run(hi, [NO_ASCII], server="uvicorn"),
    ]
