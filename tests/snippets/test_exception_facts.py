"""What "Who raises, who swallows" says of servers and of Starlette, tried on the pinned ones."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import signal
import threading
import warnings
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import connect

from asgiscope import run
from common.places import ROOT
from tests.asgiscope.real_servers import SERVERS, serving, wait_until
from tests.snippets.server_process import running
from tests.snippets.server_thread import Serve, ServeWith
from tests.snippets.wire import answer_to, connect_to, get, raw

pytestmark = pytest.mark.xdist_group("exception-facts")  # they share two servers

START = {"type": "http.response.start", "status": 200, "headers": []}
HALF = {"type": "http.response.body", "body": b"half", "more_body": True}
WHOLE = {"type": "http.response.body", "body": b"whole"}


# errors: what a server does with an exception ---------------------------------------------------


async def failing(scope: Any, receive: Any, send: Any) -> None:
    """Raises at the moment that the path names."""
    if scope["type"] == "lifespan":
        raise NotImplementedError
    moment = scope["path"].strip("/")
    if moment == "cancelled":
        raise asyncio.CancelledError
    sent: dict[str, list[Any]] = {"during": [START, HALF], "after": [START, WHOLE]}
    if scope["type"] == "websocket":
        await receive()
        sent = {"websocket-accepted": [{"type": "websocket.accept"}]}
    for message in sent.get(moment, []):
        await send(message)
    raise ValueError(moment)


@dataclass(frozen=True)
class Told:
    """What the clients of a failing app got, by path, and what the server logged."""

    server: str
    answers: dict[str, bytes]
    log_of_start: str
    log: str


@pytest.fixture(scope="module", params=SERVERS)
def told(request: pytest.FixtureRequest, loopback: None) -> Told:
    options = ["--access-logfile", "-"] if request.param == "hypercorn" else []
    app = "tests.snippets.test_exception_facts:failing"
    with running(request.param, app, *options, cwd=ROOT) as server:
        at_start = server.log
        answers = {
            path: raw(server.url, get(path), quiet=0.3)
            for path in ("/before", "/during", "/after", "/cancelled")
        }
        for path in ("/websocket-refused", "/websocket-accepted"):
            answers[path] = _close_code(server.url + path)
        server.stop(signal.SIGINT)
    return Told(request.param, answers, at_start, server.log)


def _close_code(url: str) -> bytes:
    try:
        with connect(url.replace("http", "ws"), compression=None) as client:
            client.recv(timeout=5)
    except InvalidStatus as refused:
        return str(refused.response.status_code).encode()
    except ConnectionClosedError as closed:
        return str(closed.rcvd.code if closed.rcvd else "no close frame").encode()
    return b"no end"


def test_before_the_start_the_server_answers_500(told: Told) -> None:
    head, _, body = told.answers["/before"].partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 500")
    assert body.removesuffix(b"<end>") in (b"Internal Server Error", b"")


def test_halfway_the_server_cuts_the_connection(told: Told) -> None:
    answer = told.answers["/during"]
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"4\r\nhalf\r\n<end>")  # without the chunk that ends a response


def test_after_the_end_the_client_has_it_all_and_uvicorn_closes(told: Told) -> None:
    answer = told.answers["/after"]
    assert answer.removesuffix(b"<end>").endswith(b"whole\r\n0\r\n\r\n")
    assert answer.endswith(b"<end>") == (told.server == "uvicorn")


def test_over_websocket_it_depends_on_the_handshake(told: Told) -> None:
    accepted = {"uvicorn": b"no close frame", "hypercorn": b"1011"}
    assert told.answers["/websocket-refused"] == b"500"
    assert told.answers["/websocket-accepted"] == accepted[told.server]


def test_the_server_logs_the_traceback_of_each(told: Told) -> None:
    title = {"uvicorn": "Exception in ASGI application", "hypercorn": "Error in ASGI Framework"}
    logged = re.findall(r"^ValueError: (.*)$", told.log, re.M)
    moments = ["before", "during", "after", "websocket-refused", "websocket-accepted"]
    assert [moment for moment in logged if moment in moments] == moments
    cancelled = told.server == "uvicorn"  # which Hypercorn does not log
    assert told.log.count(title[told.server]) == len(moments) + cancelled
    assert ("CancelledError" in told.log) == cancelled
    assert told.answers["/cancelled"].startswith(b"HTTP/1.1 500")


def test_the_access_log_of_a_response_that_was_cut(told: Told) -> None:
    lines = [line for line in told.log.split("\n") if "GET /during" in line]
    end = {"uvicorn": '"GET /during HTTP/1.1" 200 OK', "hypercorn": '"GET /during 1.1" - -'}
    assert len(lines) == 1
    assert end[told.server] in lines[0]


def test_the_lifespan_line_has_no_traceback(told: Told) -> None:
    level = {"uvicorn": r"INFO: +ASGI 'lifespan'", "hypercorn": r"\[WARNING\] ASGI Framework"}
    assert re.search(level[told.server], told.log_of_start)
    assert "NotImplementedError" not in told.log
    assert "Traceback" not in told.log_of_start


def test_a_task_that_nobody_awaits_is_logged_by_asyncio_when_collected(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        raise ValueError("nobody awaits me")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        task = asyncio.create_task(fail())
        await asyncio.sleep(0)
        del task
        gc.collect()
        await send(START)
        await send(WHOLE)

    assert answer_to(serve(app), get("/")).startswith(b"HTTP/1.1 200")
    assert "Task exception was never retrieved" in caplog.text
    assert "ValueError: nobody awaits me" in caplog.text


# errors: what comes out of send() ---------------------------------------------------------------


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("message", [{"type": "http.bogus"}, {"type": "http.response.start"}])
def test_an_invalid_message_raises_inside_send(server: str, message: Any, serve: Serve) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        name = "nothing"
        try:
            await send(message)
        except Exception as error:
            name = "OSError" if isinstance(error, OSError) else type(error).__name__
        if message["type"] == "http.bogus":  # otherwise Uvicorn has begun to count
            await send(START)
            await send({"type": "http.response.body", "body": name.encode()})
        seen.append(name)

    seen: list[str] = []
    kinds = {"uvicorn": "RuntimeError", "hypercorn": "UnexpectedMessageError"}
    expected = kinds[server] if message["type"] == "http.bogus" else "KeyError"
    with serving(server, app, serve) as url, connect_to(url) as client:
        client.sendall(get("/"))
        wait_until(lambda: bool(seen), "send() did not raise")
    assert seen == [expected]


LONGER = [{**START, "headers": [(b"content-length", b"1")]}, WHOLE]
OF_STR = [START, {"type": "http.response.body", "body": "text"}]


@pytest.mark.parametrize(
    ("server", "parser", "messages", "kind"),
    [
        ("uvicorn", "httptools", LONGER, "RuntimeError"),
        ("uvicorn", "h11", LONGER, "LocalProtocolError"),
        ("hypercorn", "h11", LONGER, "LocalProtocolError"),
        ("uvicorn", "httptools", OF_STR, "TypeError"),
        ("uvicorn", "h11", OF_STR, "TypeError"),
        ("hypercorn", "h11", OF_STR, "TypeError"),
    ],
)
def test_the_type_of_exception_depends_on_parser_and_mistake(
    server: str, parser: str, messages: Any, kind: str, serve: Serve, serve_with: ServeWith
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        try:
            for message in messages:
                await send(message)
        except Exception as error:
            seen.append(type(error).__name__)

    seen: list[str] = []
    with ExitStack() as stack:
        if server == "uvicorn":
            url = serve_with(app, "--http", parser)
        else:
            url = stack.enter_context(serving(server, app, serve))
        with connect_to(url) as client:
            client.sendall(get("/"))
            wait_until(lambda: bool(seen), "send() did not raise")
    assert seen == [kind]


def test_uvicorn_ignores_its_own_exception_and_logs_starlettes(
    serve: Serve, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def own(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
        await send({"type": "websocket.send", "text": "too late"})

    async def echo(websocket: Any) -> None:
        await websocket.accept()
        while True:
            await websocket.receive_text()

    def watched(app: Any) -> Any:
        async def watching(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                await PlainTextResponse("has logged what it logs")(scope, receive, send)
                return
            try:
                await app(scope, receive, send)
            finally:
                ended.set()

        return watching

    logged, ended = [], threading.Event()
    for app in (own, Starlette(routes=[WebSocketRoute("/", echo)])):
        url = serve(watched(app))
        monkeypatch.setattr(logging.getLogger("uvicorn"), "propagate", True)
        caplog.clear()
        ended.clear()
        with connect(url.replace("http", "ws")):
            pass
        assert ended.wait(20)
        assert answer_to(url, get()).startswith(b"HTTP/1.1 200")
        logged.append("Exception in ASGI application" in caplog.text)
    assert logged == [False, True]
    assert "WebSocketDisconnect: (1000, '')" in caplog.text


# errors: the two layers of Starlette ------------------------------------------------------------


class Refuse:
    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        raise HTTPException(401)


async def answer_418(request: Any, error: Exception) -> PlainTextResponse:
    return PlainTextResponse(type(error).__name__, 418)


async def unexpected(request: Any) -> Any:
    raise KeyError("unexpected")


async def unauthorised(request: Any) -> Any:
    raise HTTPException(401)


def outcome(app: Any, headers: dict[str, str] | None = None) -> Any:
    request = {"method": "GET", "path": "/", "headers": headers or {}}
    return run(app, [{"request": request}]).outcome


def test_an_http_exception_in_an_endpoint_is_a_response() -> None:
    result = outcome(Starlette(routes=[Route("/", unauthorised)]))
    assert (result.status, result.exception) == (401, None)


def test_an_http_exception_in_middleware_is_a_500() -> None:
    app = Starlette(routes=[Route("/", unauthorised)], middleware=[Middleware(Refuse)])
    result = outcome(app)
    assert result.status == 500
    assert result.exception == "HTTPException: 401: Unauthorized"


@pytest.mark.parametrize("key", [500, Exception])
def test_a_handler_of_every_exception_answers_and_it_is_raised_again(key: Any) -> None:
    app = Starlette(routes=[Route("/", unexpected)], exception_handlers={key: answer_418})
    result = outcome(app)
    assert (result.status, result.body) == (418, b"KeyError")
    assert result.exception == "KeyError: 'unexpected'"


def test_a_handler_of_one_class_ends_it() -> None:
    app = Starlette(routes=[Route("/", unexpected)], exception_handlers={KeyError: answer_418})
    result = outcome(app)
    assert (result.status, result.exception) == (418, None)


def test_an_unexpected_error_has_no_cors_headers() -> None:
    cors = Middleware(CORSMiddleware, allow_origins=["*"])
    for endpoint, status, allowed in ((unexpected, 500, False), (unauthorised, 401, True)):
        app = Starlette(routes=[Route("/", endpoint)], middleware=[cors])
        result = outcome(app, {"origin": "https://shop.example"})
        assert result.status == status
        assert (b"access-control-allow-origin" in dict(result.headers)) == allowed


def test_an_expected_exception_in_a_stream_comes_too_late() -> None:
    async def pieces() -> Any:
        yield b"half"
        raise ValueError

    async def stream(request: Any) -> StreamingResponse:
        return StreamingResponse(pieces())

    app = Starlette(routes=[Route("/", stream)], exception_handlers={ValueError: answer_418})
    result = outcome(app)
    assert (result.status, result.body, result.complete) == (200, b"half", False)
    assert "Caught handled exception, but response already started." in result.exception


def test_a_background_task_that_fails_leaves_the_response_alone() -> None:
    def fail() -> None:
        raise ValueError

    async def answer(request: Any) -> PlainTextResponse:
        return PlainTextResponse("whole", background=BackgroundTask(fail))

    result = outcome(Starlette(routes=[Route("/", answer)]))
    assert (result.status, result.body, result.complete) == (200, b"whole", True)
    assert result.exception == "ValueError"


def test_the_test_client_raises_unless_told_not_to() -> None:
    with warnings.catch_warnings(action="ignore"):  # it would rather have httpx2
        from starlette.testclient import TestClient

    app = Starlette(routes=[Route("/", unexpected)])
    with pytest.raises(KeyError, match="unexpected"):
        TestClient(app).get("/")
    answer = TestClient(app, raise_server_exceptions=False).get("/")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")


def test_a_group_is_not_looked_into() -> None:
    async def both(request: Any) -> Any:
        async with asyncio.TaskGroup() as group:
            group.create_task(unexpected(request))

    app = Starlette(routes=[Route("/", both)], exception_handlers={KeyError: answer_418})
    result = outcome(app)
    assert result.status == 500
    assert result.exception.startswith("ExceptionGroup")
