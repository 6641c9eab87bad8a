"""Apps that are right, though some drivers and servers refuse them."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import http
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .cases import (
    ACCEPT,
    BODY,
    CLOSE,
    CONNECT,
    END,
    GET,
    LIFE,
    MORE,
    START,
    STARTED,
    TEXT,
    App,
    Case,
    behind_middleware,
    denying,
    in_a_task,
    offering,
    receives_then_sends,
    sends,
)

POST = [{"request": "POST /"}, {"body": "he"}, {"wait": 1}, {"body": "llo"}, {"end": True}]
LEAVE = [*GET, {"wait": 2}, {"disconnect": True}]
SLOW = [*GET, {"read": {"rate": 30_000}}]
TALK = [*CONNECT, {"text": "hi"}, {"bytes": "00"}, {"text": ""}, {"close": {"code": 4000}}]
REQUEST_ID: contextvars.ContextVar[str] = contextvars.ContextVar("request_id")


def pairs() -> Iterator[tuple[bytes, bytes]]:
    yield (b"x-a", b"1")
    yield (b"x-b", b"2")


async def reads_all(scope: Any, receive: Any, send: Any) -> None:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        more = message.get("more_body", False)
    await send(START)
    await send(BODY)


async def answers_before_the_body_is_there(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({**START, "status": 413})
    await send(END)


async def works_after_the_response(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    await send(BODY)
    await asyncio.sleep(5)


async def listens_after_the_response(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(START)
    await send(BODY)
    await receive()


async def streams_until_nobody_listens(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    try:
        while True:
            await send(MORE)
            await asyncio.sleep(1)
    except OSError:
        return


async def lets_the_oserror_end_it(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    while True:
        await send(MORE)
        await asyncio.sleep(1)


async def watches_for_the_disconnect(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(START)
    listener = asyncio.create_task(receive())
    while not listener.done():
        await send(MORE)
        await asyncio.wait([listener], timeout=0.7)


async def limits_its_waiting(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    try:
        async with asyncio.timeout(1):
            await receive()
    except TimeoutError:
        await send(START)
        await send(BODY)


async def keeps_context(scope: Any, receive: Any, send: Any) -> None:
    REQUEST_ID.set("7")
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(0))
    await send({**START, "headers": [(b"x-id", REQUEST_ID.get().encode())]})
    await send(END)


async def sends_large(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    for number in range(6):
        await send({"type": BODY["type"], "body": b"x" * 30_000, "more_body": number < 5})


async def uses_threads(scope: Any, receive: Any, send: Any) -> None:
    body = await asyncio.to_thread(lambda: b"Hi")
    await send(START)
    await send({**END, "body": body})


async def cleans_up_what_it_started(scope: Any, receive: Any, send: Any) -> None:
    task = asyncio.create_task(asyncio.sleep(100))
    await send(START)
    await send(BODY)
    task.cancel()


class Callable:
    """An object with an async call."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        await send(BODY)

    async def method(self, scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        await send(BODY)


class Wrapper:
    """Middleware as a class."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)


async def takes_options(prefix: bytes, scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    await send({**BODY, "body": prefix})


async def has_a_default(scope: Any, receive: Any, send: Any, status: int = 200) -> None:
    await send({**START, "status": status})
    await send(END)


def returns_a_coroutine(scope: Any, receive: Any, send: Any) -> Any:
    return sends(START, BODY)(scope, receive, send)


class Message(dict[str, Any]):
    """A dict all the same."""


async def echoes(scope: Any, receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "websocket.connect":
            await send(ACCEPT)
        elif message["type"] == "websocket.receive":
            given = {key: message.get(key) for key in ("text", "bytes")}
            await send({"type": "websocket.send", **given})
        else:
            return


async def greets_and_closes(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(ACCEPT)
    await send(TEXT)
    await send({**CLOSE, "code": 4001, "reason": "enough"})
    await receive()


async def pushes_while_it_listens(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(ACCEPT)

    async def push() -> None:
        while True:
            await send(TEXT)
            await asyncio.sleep(1)

    pushing = asyncio.create_task(push())
    while (await receive())["type"] != "websocket.disconnect":
        pass
    pushing.cancel()


async def lives(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "lifespan":
        await sends(START, BODY)(scope, receive, send)
        return
    scope["state"]["ready"] = True
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def fails_to_start(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "no database"})


async def fails_to_stop(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(STARTED)
    await receive()
    await send({"type": "lifespan.shutdown.failed"})


async def refuses_lifespan(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        raise NotImplementedError(scope["type"])
    await sends(START, BODY)(scope, receive, send)


def headed(headers: Any) -> App:
    return sends({**START, "headers": headers}, END)


TRAILERS = {"type": "http.response.trailers", "headers": [(b"x-sum", b"1")]}
WITH_TRAILERS = offering("http.response.trailers")
HINT = {"type": "http.response.early_hint", "links": [b"</a.css>; rel=preload"]}
PUSH = {"type": "http.response.push", "path": "/a.css", "headers": []}
PATH = {"type": "http.response.pathsend", "path": str(Path(__file__).resolve())}
DEBUG = {"type": "http.response.debug", "info": {"template": "a.html"}}

_CASES: list[tuple[str, Any, Any]] = [
    ("the smallest response", sends({"type": START["type"], "status": 200}, END), GET),
    ("a start without headers", sends(START, BODY), GET),
    ("headers in lists", headed([[b"x-a", b"1"]]), GET),
    ("headers in tuples", headed(((b"x-a", b"1"),)), GET),
    ("headers from a generator", sends({**START, "headers": pairs()}, END), GET),
    ("headers from dict items", headed({b"x-a": b"1"}.items()), GET),
    ("a header twice", headed([(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]), GET),
    ("an empty header value", headed([(b"x-a", b"")]), GET),
    ("a header in Latin-1", headed([(b"x-a", "é".encode("latin-1"))]), GET),
    ("content-length that is right", sends({**START, "headers": [(b"content-length", b"2")]}, BODY), GET),
    ("content-length twice, the same", headed([(b"content-length", b"0")] * 2), GET),
    ("HEAD with a length and no body", headed([(b"content-length", b"99")]), [{"request": "HEAD /"}]),
    ("HEAD with the body of GET", sends({**START, "headers": [(b"content-length", b"2")]}, BODY), [{"request": "HEAD /"}]),
    ("204", sends({**START, "status": 204}, END), GET),
    ("304 with the length of the whole", sends({**START, "status": 304, "headers": [(b"content-length", b"5")]}, END), GET),
    ("a status of its own", sends({**START, "status": 299}, END), GET),
    ("a status from the enumeration", sends({**START, "status": http.HTTPStatus.OK}, END), GET),
    ("empty pieces", sends(START, {**MORE, "body": b""}, {**MORE, "body": b""}, END), GET),
    ("a body without the key body", sends(START, {"type": END["type"], "more_body": True}, END), GET),
    ("a subclass of dict", sends(Message(START), Message(BODY)), GET),
    ("a body in pieces", reads_all, POST),
    ("an answer before the body is there", answers_before_the_body_is_there, POST),
    ("a body that is never read", sends(START, BODY), POST),
    ("a client that leaves", reads_all, [{"request": "POST /"}, {"body": "x"}, {"disconnect": True}]),
    ("work after the response", works_after_the_response, GET),
    ("listening after the response", listens_after_the_response, GET),
    ("a stream until nobody listens", streams_until_nobody_listens, LEAVE),
    ("a stream ended by the OSError", lets_the_oserror_end_it, LEAVE),
    ("a stream that watches", watches_for_the_disconnect, LEAVE),
    ("a limit to waiting", limits_its_waiting, GET),
    ("context variables", keeps_context, GET),
    ("a slow reader", sends_large, SLOW),
    ("threads", uses_threads, GET),
    ("a task that is cancelled", cleans_up_what_it_started, GET),
    ("a callable object", Callable(), GET),
    ("a bound method", Callable().method, GET),
    ("a class around an app", Wrapper(Wrapper(sends(START, BODY))), GET),
    ("a partial", functools.partial(takes_options, b"Hi"), GET),
    ("an argument with a default", has_a_default, GET),
    ("a function that returns a coroutine", returns_a_coroutine, GET),
    ("a response from a task", in_a_task(sends(START, BODY)), GET),
    ("a response behind middleware", behind_middleware(sends(START, BODY)), GET),
    ("two requests of one client", sends(START, BODY), [*GET, *GET]),
    ("two clients at once", sends(START, BODY), {"a": GET, "b": GET}),
    ("trailers", sends({**START, "trailers": True}, BODY, TRAILERS), WITH_TRAILERS),
    ("trailers in two", sends({**START, "trailers": True}, BODY, {**TRAILERS, "more_trailers": True}, TRAILERS), WITH_TRAILERS),
    ("trailers offered and not used", sends(START, BODY), WITH_TRAILERS),
    ("an early hint", sends(HINT, START, BODY), offering("http.response.early_hint")),
    ("early hints and debug information", sends(HINT, DEBUG, HINT, START, BODY), offering("http.response.early_hint", "http.response.debug")),
    ("a tab within a header value", headed([(b"x-a", b"a\tb")]), GET),
    ("a header name of every kind of character", headed([(b"x!#$%&'*+-.^_`|~1", b"1")]), GET),
    ("transfer-encoding: chunked", headed([(b"transfer-encoding", b"chunked")]), GET),
    ("connection: close", headed([(b"connection", b"close")]), GET),
    ("a push", sends(START, PUSH, BODY), offering("http.response.push")),
    ("a path", sends(START, PATH), offering("http.response.pathsend")),
    ("debug information", sends(DEBUG, START, BODY), offering("http.response.debug")),
    ("an echo", echoes, TALK),
    ("an echo to a client that is lost", echoes, [*CONNECT, {"text": "hi"}, {"disconnect": True}]),
    ("a greeting and a close", greets_and_closes, CONNECT),
    ("a denial by close", receives_then_sends(CLOSE), CONNECT),
    ("a denial by a response", receives_then_sends({"type": "websocket.http.response.start", "status": 401}, {"type": "websocket.http.response.body"}), denying()),
    ("a push while listening", pushes_while_it_listens, [*CONNECT, {"wait": 3}, {"close": True}]),
    ("text and None", receives_then_sends(ACCEPT, {**TEXT, "bytes": None}, CLOSE), CONNECT),
    ("an empty text", receives_then_sends(ACCEPT, {**TEXT, "text": ""}, CLOSE), CONNECT),
    ("a close without reason", receives_then_sends(ACCEPT, {**CLOSE, "reason": None}), CONNECT),
    ("a subprotocol", receives_then_sends({**ACCEPT, "subprotocol": "v1"}, CLOSE), [{"connect": {"path": "/", "subprotocols": ["v1"]}}]),
    ("headers of accept", receives_then_sends({**ACCEPT, "headers": [(b"x-a", b"1")]}, CLOSE), CONNECT),
    ("a whole life", lives, [{"startup": True}, *GET, {"shutdown": True}]),
    ("a life without requests", lives, LIFE),
    ("a startup that fails", fails_to_start, LIFE),
    ("a shutdown that fails", fails_to_stop, LIFE),
    ("lifespan refused", refuses_lifespan, [{"startup": True}, *GET, {"shutdown": True}]),
]  # fmt: skip

VALID = [Case(name, "", app, client) for name, app, client in _CASES]
