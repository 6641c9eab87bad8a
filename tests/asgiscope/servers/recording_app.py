"""An app for both sides of the comparison: it writes down all that it sees of a server.

What it does is the first part of its path. Each call has an id, which is the last part.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from typing import Any

Write = Callable[[str, str, Any], None]  # the id of a call, what happened, and with what

OK = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]}
END = {"type": "http.response.body", "body": b"end"}


def plain(value: Any) -> Any:
    """A value as JSON has it, whoever made it."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "b64:" + base64.b64encode(bytes(value)).decode()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)) or type(value).__name__ == "Headers":
        return [plain(item) for item in value]
    return value


class Call:
    """One call of the app, with everything noted that goes through it."""

    def __init__(self, write: Write, scope: Any, receive: Any, send: Any) -> None:
        self._write, self._receive, self._send = write, receive, send
        parts = scope.get("path", "lifespan").rpartition("/")
        self.id = parts[2]
        self.does = parts[0].rpartition("/")[2] or "hi"
        self.note("scope", {key: item for key, item in scope.items() if key != "state"})

    def note(self, what: str, value: Any = None) -> None:
        self._write(self.id, what, plain(value))

    async def receive(self) -> Any:
        event = await self._receive()
        self.note("event", event)
        return event

    async def send(self, message: Any) -> None:
        self.note("send", message)
        try:
            await self._send(message)
        except Exception as error:
            self.note("refused", f"{type(error).__name__}: {error}")
            raise
        self.note("sent")

    async def body(self) -> bytes:
        data, more = b"", True
        while more:
            event = await self.receive()
            data += event.get("body", b"")
            more = event.get("more_body", False)
        return data


async def hi(call: Call) -> None:
    await call.body()
    await call.send(OK)
    await call.send({"type": "http.response.body", "body": b"hi"})


async def echo(call: Call) -> None:
    data = await call.body()
    await call.send(OK)
    await call.send({"type": "http.response.body", "body": data})


async def sized(call: Call) -> None:
    await call.send({**OK, "headers": [(b"content-length", b"2"), (b"X-Case", b"As It Is")]})
    await call.send({"type": "http.response.body", "body": b"hi"})


async def pieces(call: Call) -> None:
    await call.send(OK)
    for piece in (b"one", b"", b"two"):
        await call.send({"type": "http.response.body", "body": piece, "more_body": True})
    await call.send(END)


async def empty(call: Call) -> None:
    await call.send({"type": "http.response.start", "status": 204})
    await call.send({"type": "http.response.body"})


async def nothing(call: Call) -> None:
    await call.body()


async def raises(call: Call) -> None:
    raise ValueError("on purpose")


async def raises_late(call: Call) -> None:
    await call.send(OK)
    await call.send({"type": "http.response.body", "body": b"half", "more_body": True})
    raise ValueError("on purpose")


async def returns_late(call: Call) -> None:
    await call.send(OK)
    await call.send({"type": "http.response.body", "body": b"half", "more_body": True})


async def short(call: Call) -> None:
    await call.send({**OK, "headers": [(b"content-length", b"9")]})
    await call.send({"type": "http.response.body", "body": b"hi"})


async def long(call: Call) -> None:
    await call.send({**OK, "headers": [(b"content-length", b"2")]})
    await call.send({"type": "http.response.body", "body": b"too long"})


async def body_first(call: Call) -> None:
    await call.send(END)


async def starts_twice(call: Call) -> None:
    await call.send(OK)
    await call.send(OK)


async def goes_on(call: Call) -> None:
    await call.send(OK)
    await call.send(END)
    await call.send(END)


async def unknown(call: Call) -> None:
    await call.send({"type": "http.response.strat", "status": 200})


async def bad_header(call: Call) -> None:
    await call.send({**OK, "headers": [(b"x-a", b"1\r\nx-b: 2")]})
    await call.send(END)


async def listens(call: Call) -> None:
    await call.body()
    await call.send(OK)
    await call.send({"type": "http.response.body", "body": b"half", "more_body": True})
    await call.receive()
    await call.send(END)
    await call.receive()


async def early(call: Call) -> None:
    """It answers before it has read the body, and never reads it."""
    await call.send(OK)
    await call.send(END)


async def sleeps(call: Call) -> None:
    await call.send(OK)
    await call.send({"type": "http.response.body", "body": b"half", "more_body": True})
    await asyncio.sleep(0.3)
    await call.send(END)


async def chat(call: Call) -> None:
    await call.receive()
    await call.send({"type": "websocket.accept", "headers": [(b"x-a", b"1")]})
    while (event := await call.receive())["type"] != "websocket.disconnect":
        key = "text" if event.get("text") is not None else "bytes"
        await call.send({"type": "websocket.send", key: event[key]})
        if event.get("text") == "late":
            return
        if event.get("text") == "boom":
            raise ValueError("on purpose")
        if event.get("text") == "bye":
            await call.send({"type": "websocket.close", "code": 3000, "reason": "bye"})


async def chosen(call: Call) -> None:
    await call.receive()
    await call.send({"type": "websocket.accept", "subprotocol": "v1"})
    await call.receive()


async def refuses(call: Call) -> None:
    await call.receive()
    await call.send({"type": "websocket.close"})


async def denies(call: Call) -> None:
    await call.receive()
    start = {"type": "websocket.http.response.start", "status": 401}
    await call.send({**start, "headers": [(b"content-length", b"6")]})
    await call.send({"type": "websocket.http.response.body", "body": b"denied"})


async def speaks_first(call: Call) -> None:
    await call.receive()
    await call.send({"type": "websocket.send", "text": "hi"})


async def silent(call: Call) -> None:
    await call.receive()


async def lifespan(call: Call) -> None:
    while True:
        event = await call.receive()
        await call.send({"type": f"{event['type']}.complete"})
        if event["type"] == "lifespan.shutdown":
            return


DOES = {function.__name__: function for function in (
    hi, echo, sized, pieces, empty, nothing, raises, raises_late, returns_late, short, long,
    body_first, starts_twice, goes_on, unknown, bad_header, listens, early, sleeps, chat, chosen,
    refuses, denies, speaks_first, silent, lifespan,
)}  # fmt: skip


def recording(write: Write) -> Any:
    """The app, which writes down what it sees by ``write``."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            scope = {**scope, "path": "lifespan/lifespan"}
        call = Call(write, scope, receive, send)
        try:
            await DOES[call.does](call)
        except BaseException as error:
            call.note("raised", f"{type(error).__name__}: {error}")
            raise
        call.note("returned")

    return app
