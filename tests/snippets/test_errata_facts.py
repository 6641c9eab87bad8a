"""What the errata and the FAQ say of servers, frameworks and packages, tried on the pinned ones."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import importlib.metadata
import re
import signal
import socket
import subprocess
import sys
import time
import types
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from asgiscope import run
from tests.asgiscope.real_servers import SERVERS, ask, serving, uvicorn_with, wait_until
from tests.snippets.test_snippets import load
from tests.snippets.wire import raw

ROOT = Path(__file__).resolve().parents[2]
Serve = Callable[[Any], str]
UPGRADE = (
    b"GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
    b"sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])  # HTTP/2


async def tell_scope(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    told = f"{scope['scheme']} {scope['root_path']!r} {scope['path']!r} {scope['client'][0]}"
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": told.encode()})


def client_of(app: Any) -> Any:
    """Starlette's own client for tests, whose import warns that httpx is deprecated there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient
    return TestClient(app)


# Errata: the smallest app, WebSocket --------------------------------------------------------------


def test_an_app_of_pass_starts_well_and_answers_500(serve: Serve) -> None:
    with uvicorn_with(load("errata/answer_nothing_wrong.py"), lifespan="on") as url:
        assert ask(url, "GET", "/")[0] == 500


@pytest.mark.parametrize("server", SERVERS)
def test_no_message_comes_before_the_handshake_is_answered(server: str, serve: Serve) -> None:
    with serving(server, load("errata/hear_first_wrong.py"), serve) as url:
        assert raw(url, UPGRADE, first=1) == b""


# Errata: servers ----------------------------------------------------------------------------------


def requirements(package: str, extra: str) -> set[str]:
    """The names that a package requires with an extra, or with "" for none."""
    found = set()
    for line in importlib.metadata.requires(package) or []:
        needed, _, marker = line.partition(";")
        marker = marker.replace('"', "'")
        if f"extra == '{extra}'" in marker if extra else "extra" not in marker:
            found.update(re.findall(r"^[\w.-]+", needed))
    return found


def test_plain_uvicorn_brings_neither_uvloop_nor_websockets() -> None:
    assert requirements("uvicorn", "") <= {"click", "h11", "typing-extensions"}
    assert {"uvloop", "websockets", "httptools"} <= requirements("uvicorn", "standard")
    (uvloop,) = (line for line in importlib.metadata.requires("uvicorn") or [] if "uvloop" in line)
    assert "sys_platform != 'win32'" in uvloop
    assert "PyPy" in uvloop


@pytest.mark.skipif(sys.platform == "win32", reason="there is no uvloop")
def test_uvicorn_takes_uvloop_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from uvicorn.loops.auto import auto_loop_factory

    assert uvicorn.Config(tell_scope).loop == "auto"
    uvloop = types.ModuleType("uvloop")
    uvloop.new_event_loop = object()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "uvloop", uvloop)
    monkeypatch.delitem(sys.modules, "uvicorn.loops.uvloop", raising=False)
    assert auto_loop_factory() is uvloop.new_event_loop


@pytest.mark.parametrize(("server", "speaks"), [("uvicorn", False), ("hypercorn", True)])
def test_who_speaks_http_2_without_being_asked(server: str, speaks: bool, serve: Serve) -> None:
    with serving(server, tell_scope, serve) as url:
        answer = raw(url, PREFACE)
    settings_frame = 4
    assert (len(answer) > 9 and answer[3] == settings_frame) == speaks


def test_uvicorn_has_an_option_for_http_2_and_hypercorn_an_extra_for_http_3() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "uvicorn", "--help"], capture_output=True, text=True, timeout=30
    ).stdout
    assert "Enable HTTP/2 support. Requires --http zttp." in " ".join(told.split())
    assert requirements("hypercorn", "h3") == {"aioquic"}


def test_the_workers_module_of_uvicorn_is_deprecated(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, needed in (("gunicorn.arbiter", "Arbiter"), ("gunicorn.workers.base", "Worker")):
        module = types.ModuleType(name)
        setattr(module, needed, object)
        monkeypatch.setitem(sys.modules, name, module)
    for name in ("gunicorn", "gunicorn.workers"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.delitem(sys.modules, "uvicorn.workers", raising=False)
    with pytest.warns(DeprecationWarning, match="use `uvicorn-worker` package instead"):
        importlib.import_module("uvicorn.workers")
    monkeypatch.delitem(sys.modules, "uvicorn.workers")


def test_connections_are_kept_alive_without_being_asked(serve: Serve) -> None:
    assert uvicorn.Config(tell_scope).timeout_keep_alive == 5
    request = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
    address = urlsplit(serve(tell_scope))
    with socket.create_connection((address.hostname, address.port), timeout=5) as client:
        for _ in range(2):
            client.sendall(request)
            answer = b""
            while not answer.endswith(b"0\r\n\r\n"):
                answer += client.recv(65_536)


# Errata: frameworks -------------------------------------------------------------------------------


def test_what_starlette_no_longer_has() -> None:
    gone = ("route", "websocket_route", "on_event", "add_event_handler")
    for name in (*gone, "exception_handler", "middleware"):
        assert not hasattr(Starlette(), name), name
    trace = run_file("errata/use_route_wrong.py")
    assert trace.broken_rules() == ["app-import"]


def run_file(name: str) -> Any:
    from asgiscope import run_source

    text = (ROOT / "snippets" / name).read_text("utf-8")
    return run_source(text, [{"request": "GET /"}], name)


@pytest.mark.parametrize(("given", "called"), [(False, ["on_event"]), (True, ["lifespan"])])
def test_on_event_is_deprecated_and_not_called_beside_a_lifespan(
    given: bool, called: list[str]
) -> None:
    from fastapi import FastAPI

    seen: list[str] = []

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        seen.append("lifespan")
        yield

    app = FastAPI(lifespan=lifespan if given else None)
    with pytest.warns(DeprecationWarning, match="on_event is deprecated"):
        app.on_event("startup")(lambda: seen.append("on_event"))
    run(app, [{"startup": True}, {"shutdown": True}])
    assert seen == called


def test_django_alone_refuses_a_websocket() -> None:
    code = (
        "import sys; sys.path.insert(0, 'frameworks')\n"
        "import asyncio, answer_with_django\n"
        "scope = {'type': 'websocket', 'path': '/', 'headers': []}\n"
        "asyncio.run(answer_with_django.app(scope, None, None))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT / "snippets",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Django can only handle ASGI/HTTP connections, not websocket." in done.stderr


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
def test_a_base_middleware_hides_the_disconnect(kind: str, heard: bool, serve: Serve) -> None:
    told: list[bool] = []

    async def poll(request: Request) -> Response:
        for _ in range(15):
            await asyncio.sleep(0.1)
            if await request.is_disconnected():
                break
        else:
            told.append(False)
            return PlainTextResponse("never")
        told.append(True)
        return PlainTextResponse("gone")

    url = serve(Starlette(routes=[Route("/", poll)], middleware=[middleware(kind, [])]))
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port)) as client:
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        time.sleep(0.3)
    wait_until(lambda: bool(told), "the app did not end")
    assert told == [heard]


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


def test_uvicorn_puts_the_root_path_before_the_path() -> None:
    with uvicorn_with(tell_scope, root_path="/api") as url:
        assert b"'/api' '/api/users'" in ask(url, "GET", "/users")[1]
        assert b"'/api' '/api/api/users'" in ask(url, "GET", "/api/users")[1]


def test_hypercorn_leaves_the_path_as_it_comes(free_port: int) -> None:
    app = "tests.snippets.test_errata_facts:tell_scope"
    options = ["--bind", f"127.0.0.1:{free_port}", "--root-path", "/api"]
    url = f"http://127.0.0.1:{free_port}"
    with subprocess.Popen(
        [sys.executable, "-m", "hypercorn", app, *options],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_until(lambda: _listens(free_port), "hypercorn did not start")
            assert b"'/api' '/users'" in ask(url, "GET", "/users")[1]
        finally:
            process.kill()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


FORWARDED = (
    b"GET / HTTP/1.1\r\nhost: x\r\nx-forwarded-proto: https\r\nx-forwarded-for: 203.0.113.7\r\n\r\n"
)


@pytest.mark.parametrize(
    ("server", "told"),
    [("uvicorn", b"https '' '/' 203.0.113.7"), ("hypercorn", b"http '' '/' 127")],
)
def test_who_believes_a_proxy_on_this_machine(server: str, told: bytes, serve: Serve) -> None:
    with serving(server, tell_scope, serve) as url:
        assert told in raw(url, FORWARDED)


def test_uvicorn_believes_no_proxy_that_it_was_not_told_of() -> None:
    assert uvicorn.Config(tell_scope).forwarded_allow_ips == "127.0.0.1,::1"
    with uvicorn_with(tell_scope, forwarded_allow_ips="192.0.2.1") as url:
        assert b"http '' '/' 127.0.0.1" in raw(url, FORWARDED)


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


def test_a_path_without_a_websocket_route_is_a_403() -> None:
    app = Starlette(routes=[])
    assert run(app, [{"connect": "/nowhere"}]).outcome.status == 403


def test_without_a_websocket_library_a_handshake_is_a_plain_request() -> None:
    with uvicorn_with(tell_scope, ws="none") as url:
        assert raw(url, UPGRADE).startswith(b"HTTP/1.1 200")


def test_the_test_client_reports_a_code_that_no_client_gets() -> None:
    from starlette.websockets import WebSocket, WebSocketDisconnect

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
    options: list[str], stops: bool, free_port: int
) -> None:
    command = ["uvicorn", "stream_chunks:app", "--port", str(free_port), *options]
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT / "snippets" / "http",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_until(lambda: _listens(free_port), "uvicorn did not start")
            with socket.create_connection(("127.0.0.1", free_port), timeout=5) as client:
                client.sendall(b"GET /events HTTP/1.1\r\nhost: x\r\n\r\n")
                assert client.recv(65_536)
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(2.5)
                assert (process.poll() is not None) == stops
        finally:
            process.kill()
