"""What the FAQ says of servers, frameworks and packages, tried on the pinned ones."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from asgiscope import run
from common.places import ROOT
from tests.asgiscope.real_servers import SERVERS, ask, serving, wait_until
from tests.snippets.loading import load
from tests.snippets.server_process import Start
from tests.snippets.server_thread import Serve, ServeWith
from tests.snippets.telling import client_of, tell_scope
from tests.snippets.wire import answer_to, connect_to, get

UPGRADE = (
    b"GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
    b"sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


# FAQ: requests ------------------------------------------------------------------------------------

seen_by: ContextVar[str] = ContextVar("seen_by", default="nobody")


def middleware(kind: str, seen: list[Any]) -> Middleware:
    """A middleware that notes the context variable after the app: a "base" or a "pure" one."""

    class Base(BaseHTTPMiddleware):
        async def dispatch(self, request: Request, call_next: Any) -> Response:
            response: Response = await call_next(request)
            seen.append(seen_by.get())
            return response

    class Pure:
        def __init__(self, app: Any) -> None:
            self.app = app

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            await self.app(scope, receive, send)
            seen.append(seen_by.get())

    return Middleware(Base if kind == "base" else Pure)


def test_the_body_that_a_base_middleware_has_read_is_there_again() -> None:
    class Log(BaseHTTPMiddleware):
        async def dispatch(self, request: Request, call_next: Any) -> Response:
            await request.body()
            response: Response = await call_next(request)
            return response

    async def echo(request: Request) -> Response:
        return PlainTextResponse(await request.body())

    app = Starlette(routes=[Route("/", echo, methods=["POST"])], middleware=[Middleware(Log)])
    request = {"method": "POST", "path": "/", "body": "hello"}
    assert run(app, [{"request": request}]).outcome.body == b"hello"


@pytest.mark.parametrize(("kind", "heard"), [("pure", True), ("base", False)])
def test_a_base_middleware_hides_the_disconnect_from_who_does_not_wait(
    kind: str, heard: bool, serve: Serve
) -> None:
    told: list[bool] = []

    called, gone = threading.Event(), threading.Event()

    async def poll(request: Request) -> Response:
        called.set()
        while not gone.is_set():
            await asyncio.sleep(0.01)
        for _ in range(10):
            await asyncio.sleep(0.02)
            if await request.is_disconnected():
                told.append(True)
                return PlainTextResponse("gone")
        told.append(False)
        return PlainTextResponse("never")

    url = serve(Starlette(routes=[Route("/", poll)], middleware=[middleware(kind, [])]))
    with connect_to(url) as client:
        client.sendall(get())
        assert called.wait(20)
    gone.set()
    wait_until(lambda: bool(told), "the app did not end")
    assert told == [heard]


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize(("path", "end"), [("/wait", "http.disconnect"), ("/stream", "cancelled")])
def test_who_waits_behind_a_base_middleware_hears_of_the_disconnect(
    server: str, path: str, end: str, serve: Serve
) -> None:
    told: list[str] = []
    called = threading.Event()

    async def endless() -> AsyncIterator[bytes]:
        try:
            while True:
                called.set()
                yield b"x"
                await asyncio.sleep(0.01)
        finally:
            told.append("cancelled")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        if scope["path"] == "/stream":
            await StreamingResponse(endless())(scope, receive, send)
            return
        called.set()
        while (message := await receive())["type"] == "http.request":
            pass
        told.append(message["type"])
        await PlainTextResponse("gone")(scope, receive, send)

    async def pass_on(request: Request, call_next: Any) -> Any:
        return await call_next(request)

    with serving(server, BaseHTTPMiddleware(app, pass_on), serve) as url:
        with connect_to(url) as client:
            client.sendall(get(path))
            assert called.wait(20)
        wait_until(lambda: bool(told), "the app did not hear of it")
    assert told == [end]


def test_the_decorator_of_fastapi_makes_a_base_middleware() -> None:
    from fastapi import FastAPI

    app = FastAPI()
    app.middleware("http")(lambda request, call_next: call_next(request))
    (added,) = app.user_middleware
    assert added.cls is BaseHTTPMiddleware  # type: ignore[comparison-overlap]


@pytest.mark.parametrize(("kind", "told"), [("pure", ["ada"]), ("base", ["nobody"])])
def test_context_variables_do_not_come_out_of_a_base_middleware(kind: str, told: Any) -> None:
    seen: list[Any] = []

    async def sign_in(request: Request) -> Response:
        seen_by.set("ada")
        return PlainTextResponse("in")

    run(
        Starlette(routes=[Route("/", sign_in)], middleware=[middleware(kind, seen)]),
        [{"request": "GET /"}],
    )
    assert seen == told


def test_gzip_of_starlette_leaves_event_streams_alone() -> None:
    async def events(request: Request) -> Response:
        kind = request.query_params["type"]
        return StreamingResponse(iter(["data: x\n\n" * 200]), media_type=kind)

    app = Starlette(routes=[Route("/", events)], middleware=[Middleware(GZipMiddleware)])

    def encoded(kind: str) -> bool:
        request = {"path": f"/?type={kind}", "headers": {"accept-encoding": "gzip"}}
        return (b"content-encoding", b"gzip") in run(app, [{"request": request}]).outcome.headers

    assert encoded("text/plain")
    assert not encoded("text/event-stream")


def test_uvicorn_puts_the_root_path_before_the_path(serve_with: ServeWith) -> None:
    url = serve_with(tell_scope, "--root-path", "/api")
    assert b"'/api' '/api/users'" in ask(url, "GET", "/users")[1]
    assert b"'/api' '/api/api/users'" in ask(url, "GET", "/api/users")[1]


def test_hypercorn_leaves_the_path_as_it_comes(start_server: Start) -> None:
    app = "tests.snippets.test_faq_facts:tell_scope"
    server = start_server("hypercorn", app, "--root-path", "/api", cwd=ROOT)
    assert b"'/api' '/users'" in ask(server.url, "GET", "/users")[1]


FORWARDED = (
    b"GET / HTTP/1.1\r\nhost: x\r\nx-forwarded-proto: https\r\nx-forwarded-for: 203.0.113.7\r\n\r\n"
)


@pytest.mark.parametrize(
    ("server", "told"),
    [("uvicorn", b"https '' '/' 203.0.113.7"), ("hypercorn", b"http '' '/' 127")],
)
def test_who_believes_a_proxy_on_this_machine(server: str, told: bytes, serve: Serve) -> None:
    with serving(server, tell_scope, serve) as url:
        assert told in answer_to(url, FORWARDED)


def test_uvicorn_believes_no_proxy_that_it_was_not_told_of(serve_with: ServeWith) -> None:
    assert uvicorn.Config(tell_scope).forwarded_allow_ips == "127.0.0.1,::1"
    url = serve_with(tell_scope, "--forwarded-allow-ips", "192.0.2.1")
    assert b"http '' '/' 127.0.0.1" in answer_to(url, FORWARDED)


# FAQ: WebSocket -----------------------------------------------------------------------------------


def test_a_reason_given_after_accept_arrives(serve: Serve) -> None:
    url = serve(load("faq/tell_reason.py"))
    address = url.replace("http", "ws") + "/late"
    with (
        connect(address, compression=None) as client,
        pytest.raises(ConnectionClosed) as closed,
    ):
        client.recv(timeout=5)
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4401, "log in first")


def test_a_websocket_of_starlette_raises_no_os_error_for_who_has_left(serve: Serve) -> None:
    members: list[WebSocket] = []
    ended: list[Exception] = []

    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        members.append(websocket)
        try:
            async for text in websocket.iter_text():
                for member in members:
                    await member.send_text(text)
        except Exception as error:
            ended.append(error)
        else:
            ended.append(Exception("has left"))

    url = serve(Starlette(routes=[WebSocketRoute("/", talk)])).replace("http", "ws")
    with connect(url, compression=None):
        wait_until(lambda: len(members) == 1, "nobody came")
    wait_until(lambda: len(ended) == 1, "the first member has not left")
    with connect(url, compression=None) as speaker:
        speaker.send("still there?")
        wait_until(lambda: len(ended) == 2, "nothing was raised")
    assert type(ended[1]) is WebSocketDisconnect
    assert not isinstance(ended[1], OSError)


def test_a_path_without_a_websocket_route_is_a_403() -> None:
    app = Starlette(routes=[])
    assert run(app, [{"connect": "/nowhere"}]).outcome.status == 403


def test_without_a_websocket_library_a_handshake_is_a_plain_request(
    serve_with: ServeWith,
) -> None:
    answer = answer_to(serve_with(tell_scope, "--ws", "none"), UPGRADE)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"http '' '/' 127.0.0.1" in answer


def test_the_test_client_reports_a_code_that_no_client_gets() -> None:
    async def refuse(websocket: WebSocket) -> None:
        await websocket.close(4401)

    client = client_of(Starlette(routes=[WebSocketRoute("/", refuse)]))
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect("/"):
        pass
    assert refused.value.code == 4401


# FAQ: lifespan and tests --------------------------------------------------------------------------


def test_who_runs_the_lifespan_in_tests() -> None:
    seen: list[str] = []

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        seen.append("startup")
        yield

    async def homepage(request: Request) -> Response:
        return PlainTextResponse("hello")

    app = Starlette(routes=[Route("/", homepage)], lifespan=lifespan)

    async def through_httpx() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            assert (await client.get("/")).text == "hello"

    asyncio.run(through_httpx())
    client_of(app).get("/")
    assert seen == []
    with client_of(app) as client:
        client.get("/")
    assert seen == ["startup"]


def test_the_transport_of_httpx_gives_a_stream_in_one_piece() -> None:
    async def stream(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        for _ in range(3):
            message = {"type": "http.response.body", "body": b"x", "more_body": True}
            await send(message)
            await asyncio.sleep(0.05)
        await send({"type": "http.response.body"})

    async def pieces() -> list[bytes]:
        transport = httpx.ASGITransport(stream)
        async with (
            httpx.AsyncClient(transport=transport, base_url="http://x") as client,
            client.stream("GET", "/") as response,
        ):
            return [piece async for piece in response.aiter_raw()]

    assert asyncio.run(pieces()) == [b"xxx"]


# FAQ: deployment ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "stops"), [([], False), (["--timeout-graceful-shutdown", "1"], True)]
)
def test_uvicorn_waits_for_an_open_stream_unless_told_how_long(
    options: list[str], stops: bool, start_server: Start
) -> None:
    server = start_server("uvicorn", "stream_chunks:app", *options, cwd=ROOT / "snippets" / "http")
    with connect_to(server.url) as client:
        client.sendall(get("/events"))
        assert client.recv(65_536)
        server.process.send_signal(signal.SIGINT)
        server.says("Waiting for connections to close.")
        if stops:
            server.ended()
            assert "timeout graceful shutdown exceeded" in server.log
        else:
            with pytest.raises(subprocess.TimeoutExpired):
                server.process.wait(1.5)
