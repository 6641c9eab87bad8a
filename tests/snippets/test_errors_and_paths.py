"""What three chapters of "Understand" say of servers and Starlette, tried on the pinned ones.

They are "Who raises, who swallows", "Paths and mounting" and "Context variables".
"""

from __future__ import annotations

import asyncio
import contextvars
import gc
import json
import logging
import re
import signal
import socket
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route, WebSocketRoute
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import connect

from asgiscope import run
from tests.asgiscope.real_servers import SERVERS, serving, wait_until
from tests.snippets import wire
from tests.snippets.loading import load
from tests.snippets.server_process import running
from tests.snippets.server_thread import Serve
from tests.snippets.wire import raw

ROOT = Path(__file__).resolve().parents[2]
START = {"type": "http.response.start", "status": 200, "headers": []}
HALF = {"type": "http.response.body", "body": b"half", "more_body": True}
WHOLE = {"type": "http.response.body", "body": b"whole"}


def get(path: str, headers: str = "") -> bytes:
    return wire.get(path, headers=headers).replace(b"host: x", b"host: shop.example")


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
    log: str


@pytest.fixture(scope="module", params=SERVERS)
def told(request: pytest.FixtureRequest) -> Told:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    url, answers = f"http://127.0.0.1:{port}", {}
    options = ["--access-logfile", "-"] if request.param == "hypercorn" else []
    app = "tests.snippets.test_errors_and_paths:failing"
    with running(request.param, app, port, *options, cwd=ROOT) as server:
        for path in ("/before", "/during", "/after", "/cancelled"):
            answers[path] = raw(url, get(path))
        for path in ("/websocket-refused", "/websocket-accepted"):
            answers[path] = _close_code(url + path)
        server.stop(signal.SIGINT)
    return Told(request.param, answers, server.log)


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
    assert told.answers["/before"].startswith(b"HTTP/1.1 500")


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


@pytest.mark.parametrize("server", SERVERS)
def test_the_lifespan_line_has_no_traceback(server: str, free_port: int) -> None:
    app = "tests.snippets.test_errors_and_paths:failing"
    with running(server, app, free_port, cwd=ROOT) as started:
        started.stop(signal.SIGINT)
    log = started.log
    assert "NotImplementedError" not in log
    level = {"uvicorn": r"INFO: +ASGI 'lifespan'", "hypercorn": r"\[WARNING\] ASGI Framework"}
    assert re.search(level[server], log)


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

    assert raw(serve(app), get("/")).startswith(b"HTTP/1.1 200")
    assert "Task exception was never retrieved" in caplog.text


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
    with serving(server, app, serve) as url:
        raw(url, get("/"))
        wait_until(lambda: bool(seen), "send() did not raise")
    assert seen == [expected]


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

    logged = []
    for app in (own, Starlette(routes=[WebSocketRoute("/", echo)])):
        url = serve(app).replace("http", "ws")
        monkeypatch.setattr(logging.getLogger("uvicorn"), "propagate", True)
        caplog.clear()
        with connect(url):
            pass
        time.sleep(0.3)
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
    assert TestClient(app, raise_server_exceptions=False).get("/").status_code == 500


def test_a_group_is_not_looked_into() -> None:
    async def both(request: Any) -> Any:
        async with asyncio.TaskGroup() as group:
            group.create_task(unexpected(request))

    app = Starlette(routes=[Route("/", both)], exception_handlers={KeyError: answer_418})
    result = outcome(app)
    assert result.status == 500
    assert result.exception.startswith("ExceptionGroup")


# paths: what two servers and Starlette make of a prefix -----------------------------------------


async def tell_books(request: Any) -> PlainTextResponse:
    told = {key: request.scope[key] for key in ("path", "root_path", "scheme")}
    told["raw_path"] = request.scope["raw_path"].decode()
    told["client"] = request.client.host
    told["host"] = request.headers["host"]
    told |= {"url": str(request.url), "link": str(request.url_for("books"))}
    return PlainTextResponse(json.dumps(told))


async def tell_mount(scope: Any, receive: Any, send: Any) -> None:
    keys = ("path", "raw_path", "root_path", "app_root_path")
    await PlainTextResponse(str([scope[key] for key in keys]))(scope, receive, send)


shop = Starlette(
    routes=[
        Route("/books", tell_books, name="books"),
        Route("/dir/", tell_books),
        Route("/one/{name}", tell_books),
        Mount("/mount", app=tell_mount),
        Route("/{rest:path}", tell_books),
    ]
)
strict_shop = Starlette(routes=shop.routes[:-1])


def told_by(answer: bytes) -> dict[str, str]:
    body = answer.removesuffix(b"<end>").split(b"\r\n\r\n", 1)[1]
    told: dict[str, str] = json.loads(body)
    return told


def location(answer: bytes) -> str:
    found = re.search(rb"(?i)\nlocation: (\S+)", answer)
    return found[1].decode() if found else ""


@contextmanager
def behind(server: str, port: int, *options: str) -> Iterator[str]:
    """The strict shop, whose only routes are its own, on a server with some options."""
    app = "tests.snippets.test_errors_and_paths:strict_shop"
    with running(server, app, port, *options, cwd=ROOT):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("server", SERVERS)
def test_without_root_path_a_prefix_is_unknown(server: str, serve: Serve) -> None:
    with serving(server, strict_shop, serve) as url:
        assert raw(url, get("/api/books")).startswith(b"HTTP/1.1 404")
        assert told_by(raw(url, get("/books")))["link"] == "http://shop.example/books"


def test_root_path_of_uvicorn_is_for_proxies_that_strip(free_port: int) -> None:
    with behind("uvicorn", free_port, "--root-path", "/api") as url:
        told = told_by(raw(url, get("/books")))
        assert (told["path"], told["root_path"]) == ("/api/books", "/api")
        assert told["raw_path"] == "/api/books"
        assert told["link"] == told["url"] == "http://shop.example/api/books"
        assert location(raw(url, get("/dir"))) == "http://shop.example/api/dir/"
        assert raw(url, get("/api/books")).startswith(b"HTTP/1.1 404")
        mounted = raw(url, get("/mount/a%2Fb"))
        assert b"['/api/mount/a/b', b'/api/mount/a%2Fb', '/api/mount', '/api']" in mounted


def test_root_path_of_hypercorn_is_for_proxies_that_keep(free_port: int) -> None:
    with behind("hypercorn", free_port, "--root-path", "/api") as url:
        told = told_by(raw(url, get("/api/books")))
        assert (told["path"], told["root_path"]) == ("/api/books", "/api")
        assert told["link"] == told["url"] == "http://shop.example/api/books"
        told = told_by(raw(url, get("/books")))
        assert (told["path"], told["root_path"]) == ("/books", "/api")
        assert told["link"] == "http://shop.example/api/books"
        assert told["url"] == "http://shop.example/books"
        assert location(raw(url, get("/dir"))) == "http://shop.example/dir/"


def test_uvicorn_takes_root_path_as_it_is(free_port: int) -> None:
    with behind("uvicorn", free_port, "--root-path", "/api/") as url:
        assert told_by(raw(url, get("/books")))["path"] == "/api//books"


def test_uvicorn_refuses_all_requests_below_a_root_path_that_is_not_ascii(free_port: int) -> None:
    with behind("uvicorn", free_port, "--root-path", "/é") as url:
        assert raw(url, get("/books")).startswith(b"HTTP/1.1 400")


def test_a_mount_without_its_slash_redirects() -> None:
    result = run(strict_shop, [{"request": "GET /mount"}]).outcome
    assert result.status == 307
    assert dict(result.headers)[b"location"].endswith(b"/mount/")


def test_fastapi_deprecates_its_root_path() -> None:
    from fastapi import FastAPI
    from fastapi.exceptions import FastAPIDeprecationWarning

    with pytest.warns(FastAPIDeprecationWarning, match="Configure the server"):
        FastAPI(root_path="/api")


@pytest.mark.parametrize("server", SERVERS)
def test_servers_decode_and_do_not_tidy(server: str, serve: Serve) -> None:
    paths = {
        "/%61dmin": "/admin",
        "/files/%2e%2e/secret": "/files/../secret",
        "//etc/passwd": "//etc/passwd",
        "/%ff": "/\ufffd",
    }
    with serving(server, shop, serve) as url:
        for target, path in paths.items():
            told = told_by(raw(url, get(target)))
            assert (told["path"], told["raw_path"]) == (path, target)
    with serving(server, strict_shop, serve) as url:
        assert raw(url, get("/one/a%2Fb")).startswith(b"HTTP/1.1 404")


# paths: forwarded headers -----------------------------------------------------------------------

FORWARDED = (
    "x-forwarded-for: 192.0.2.1, 203.0.113.7\r\nx-forwarded-proto: https\r\n"
    "x-forwarded-host: other.example\r\nx-forwarded-prefix: /api\r\n"
)


@pytest.mark.parametrize(
    ("trusted", "client", "scheme"),
    [
        ("", "203.0.113.7", "https"),
        ("10.0.0.9", "127.0.0.1", "http"),
        ("*", "192.0.2.1", "https"),
    ],
)
def test_uvicorn_trusts_by_address(trusted: str, client: str, scheme: str, free_port: int) -> None:
    options = ["--forwarded-allow-ips", trusted] if trusted else []
    with behind("uvicorn", free_port, *options) as url:
        told = told_by(raw(url, get("/books", FORWARDED)))
    assert (told["client"], told["scheme"]) == (client, scheme)
    assert (told["host"], told["root_path"]) == ("shop.example", "")


@pytest.mark.parametrize("wrapped", [False, True])
def test_hypercorn_trusts_by_hops_once_the_app_is_wrapped(wrapped: bool, serve: Serve) -> None:
    from hypercorn.middleware import ProxyFixMiddleware

    app: Any = ProxyFixMiddleware(shop, trusted_hops=1) if wrapped else shop  # type: ignore[arg-type]
    with serving("hypercorn", app, serve) as url:
        told = told_by(raw(url, get("/books", FORWARDED)))
    found = told["client"], told["scheme"], told["host"], told["root_path"]
    if wrapped:
        assert found == ("203.0.113.7", "https", "other.example", "")
    else:
        assert found == ("127.0.0.1", "http", "shop.example", "")


# contextvars: what each server gives ------------------------------------------------------------

user = contextvars.ContextVar("user", default="nobody")


async def remembering(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the user it finds, and leaves its path behind as the user."""
    if scope["type"] == "lifespan":
        await receive()
        user.set("lifespan")
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    found = user.get()
    user.set(scope["path"])
    await PlainTextResponse(f"[{found}]")(scope, receive, send)


def asked_at_once_and_in_turn(url: str) -> tuple[list[str], list[str]]:
    """The users found by two requests sent together, and by two that waited for the answer."""
    at_once = raw(url, get("/a") + get("/b"))
    address = urlsplit(url)
    in_turn = b""
    with socket.create_connection((address.hostname, address.port), timeout=5) as client:
        for path in ("/c", "/d"):
            client.sendall(get(path))
            time.sleep(0.2)
            in_turn += client.recv(65_536)
    return tuple(re.findall(r"\[(.*?)\]", text.decode()) for text in (at_once, in_turn))  # type: ignore[return-value]


@pytest.mark.parametrize("server", SERVERS)
def test_requests_begin_without_a_user_unless_they_are_pipelined(server: str, serve: Serve) -> None:
    with serving(server, remembering, serve) as url:
        at_once, in_turn = asked_at_once_and_in_turn(url)
    assert in_turn == ["nobody", "nobody"]
    assert at_once == ["nobody", "/a" if server == "uvicorn" else "nobody"]


def test_uvicorn_can_be_told_to_begin_with_an_empty_context(free_port: int) -> None:
    app = "tests.snippets.test_errors_and_paths:remembering"
    with running("uvicorn", app, free_port, "--reset-contextvars", cwd=ROOT):
        at_once, _ = asked_at_once_and_in_turn(f"http://127.0.0.1:{free_port}")
    assert at_once == ["nobody", "nobody"]


def test_values_go_down_into_tasks_and_threads_and_do_not_come_up() -> None:
    seen: list[tuple[str, str, str]] = []

    def change(name: str) -> str:
        found = user.get()
        user.set(name)
        return found

    async def change_later(name: str) -> str:
        return change(name)

    async def main() -> None:
        user.set("ada")
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            grouped = group.create_task(change_later("group"))
        ways = {
            "gather": (await asyncio.gather(change_later("x")))[0],
            "task": await asyncio.create_task(change_later("x")),
            "group": grouped.result(),
            "thread": await asyncio.to_thread(change, "x"),
            "executor": await loop.run_in_executor(None, change, "x"),
        }
        seen.extend((way, found, user.get()) for way, found in ways.items())
        found = await change_later("await")
        seen.append(("await", found, user.get()))

    asyncio.run(main())
    assert {way: (found, after) for way, found, after in seen} == {
        "gather": ("ada", "ada"),
        "task": ("ada", "ada"),
        "group": ("ada", "ada"),
        "thread": ("ada", "ada"),
        "executor": ("nobody", "ada"),
        "await": ("ada", "await"),
    }


def test_a_token_cannot_be_used_in_another_task() -> None:
    async def log_in() -> contextvars.Token[str]:
        return user.set("ada")

    async def main() -> None:
        user.reset(await asyncio.create_task(log_in()))

    with pytest.raises(ValueError, match="was created in a different Context"):
        asyncio.run(main())


def test_an_endpoint_in_a_thread_sees_values_and_hands_none_back(serve: Serve) -> None:
    seen: list[str] = []

    def endpoint(request: Any) -> PlainTextResponse:
        seen.append(user.get())
        user.set("thread")
        return PlainTextResponse("done")

    inner = Starlette(routes=[Route("/", endpoint)])

    async def app(scope: Any, receive: Any, send: Any) -> None:
        user.set("ada")
        await inner(scope, receive, send)
        if scope["type"] == "http":
            seen.append(user.get())

    raw(serve(app), get("/"))
    assert seen == ["ada", "ada"]


# contextvars: BaseHTTPMiddleware ----------------------------------------------------------------


def behind_base(dispatch: Any, *routes: Any) -> Starlette:
    return Starlette(
        routes=list(routes), middleware=[Middleware(BaseHTTPMiddleware, dispatch=dispatch)]
    )


async def pass_on(request: Any, call_next: Any) -> Any:
    return await call_next(request)


async def echo_body(request: Any) -> PlainTextResponse:
    return PlainTextResponse(await request.body())


def test_dispatch_hands_values_down() -> None:
    async def set_user(request: Any, call_next: Any) -> Any:
        user.set("ada")
        return await call_next(request)

    async def tell(request: Any) -> PlainTextResponse:
        return PlainTextResponse(user.get())

    assert outcome(behind_base(set_user, Route("/", tell))).body == b"ada"


def test_a_body_read_in_dispatch_is_given_back_and_a_stream_is_not() -> None:
    async def read_body(request: Any, call_next: Any) -> Any:
        await request.body()
        return await call_next(request)

    async def read_stream(request: Any, call_next: Any) -> Any:
        _ = [piece async for piece in request.stream()]
        return await call_next(request)

    for dispatch, body in ((read_body, b"hello"), (read_stream, b"")):
        app = behind_base(dispatch, Route("/", echo_body, methods=["POST"]))
        request = {"method": "POST", "path": "/", "body": "hello"}
        assert run(app, [{"request": request}]).outcome.body == body


def test_an_app_inside_without_a_response_is_a_runtime_error() -> None:
    async def silent(scope: Any, receive: Any, send: Any) -> None:
        pass

    result = outcome(BaseHTTPMiddleware(silent, dispatch=pass_on))
    assert result.exception == "RuntimeError: No response returned."


def test_dispatch_is_not_called_for_a_websocket_or_the_lifespan() -> None:
    called: list[str] = []

    async def note(request: Any, call_next: Any) -> Any:
        called.append(request.url.path)
        return await call_next(request)

    async def greet(websocket: Any) -> None:
        await websocket.accept()
        await websocket.close()

    app = behind_base(note, WebSocketRoute("/", greet), Route("/http", unauthorised))
    run(app, [{"startup": True}, {"connect": "/"}, {"shutdown": True}])
    run(app, [{"request": "GET /http"}])
    assert called == ["/http"]


def test_what_is_written_to_the_state_inside_can_be_read_after_call_next() -> None:
    seen: list[str] = []

    async def look(request: Any, call_next: Any) -> Any:
        response = await call_next(request)
        seen.append(request.state.user)
        return response

    async def log_in(request: Any) -> PlainTextResponse:
        request.state.user = "ada"
        return PlainTextResponse("done")

    outcome(behind_base(look, Route("/", log_in)))
    assert seen == ["ada"]


@pytest.mark.parametrize(("path", "noticed"), [("/base/", False), ("/bare/", True)])
def test_a_real_server_shows_the_hidden_disconnect_too(
    path: str, noticed: bool, serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    url = urlsplit(serve(load("context/poll_disconnect.py")))
    with socket.create_connection((url.hostname, url.port), timeout=5) as client:
        client.sendall(get(path))
        time.sleep(0.5)
    printed: list[str] = []

    def has_ended() -> bool:
        printed.append(capsys.readouterr().out)
        return "for nobody" in "".join(printed) or "given up" in "".join(printed)

    wait_until(has_ended, "the endpoint did not end")
    assert ("given up" in "".join(printed)) == noticed
