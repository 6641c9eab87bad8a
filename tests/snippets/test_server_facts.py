"""What the pages on servers and on deployment say, tried on the pinned servers."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from asgiscope import run
from tests.asgiscope.real_servers import SERVERS, hypercorn, serving, wait_until
from tests.snippets.http2_client import Http2Client
from tests.snippets.loading import load, load_module
from tests.snippets.server_process import SNIPPETS, Running, running
from tests.snippets.server_thread import Serve, ServeWith
from tests.snippets.wire import answer_to, connect_to, exchange, get, raw

APP = """
import asyncio, os

def say(what):
    os.write(1, f"app: {what}\\n".encode())  # in one piece: there are several processes

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            kind = (await receive())["type"]
            say(kind)
            await send({"type": kind + ".complete"})
            if kind == "lifespan.shutdown":
                return
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        say(await receive())
        return
    path = scope["path"]
    if path == "/short":
        say("short begins")
        await asyncio.sleep(1)
    body = str(os.getpid() if path == "/pid" else "done").encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    if path == "/stream":
        try:
            say("stream begins")
            while True:
                await send({"type": "http.response.body", "body": b"tick", "more_body": True})
                await asyncio.sleep(0.1)
        finally:
            say("cleaning up")
            await asyncio.sleep(0.3)
            say("clean")
    await send({"type": "http.response.body", "body": body})
"""
GRACE = {"uvicorn": "--timeout-graceful-shutdown", "hypercorn": "--graceful-timeout"}


@pytest.fixture
def start(tmp_path: Path, loopback: None) -> Iterator[Callable[..., Running]]:
    """A function: give it the server's name and options, get it, serving ``APP``."""
    (tmp_path / "facts.py").write_text(APP, "utf-8")
    with contextlib.ExitStack() as stack:
        yield lambda server, *options: stack.enter_context(
            running(server, "facts:app", *options, cwd=tmp_path)
        )


def http_only(handle: Any) -> Any:
    """An app of a function of an HTTP scope."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        await handle(scope, receive, send)

    return app


def body_of(url: str, path: str, headers: str = "") -> str:
    """The only chunk of a chunked response."""
    told = raw(url, get(path, "GET", headers + "connection: close\r\n"), 5)
    return told.partition(b"\r\n\r\n")[2].split(b"\r\n")[1].decode()


def pids_of(url: str, number: int) -> set[str]:
    """The processes that answer, as soon as there are so many."""
    seen: set[str] = set()

    def enough() -> bool:
        with contextlib.suppress(OSError, IndexError):
            seen.add(body_of(url, "/pid"))
        return len(seen) == number

    wait_until(enough, f"not {number} processes answered, but {seen}")
    return seen


def begin(server: Running, path: str) -> socket.socket:
    """A request that is under way."""
    client = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    client.sendall(get(path))
    server.says(f"app: {path[1:]} begins")
    return client


def rest(client: socket.socket) -> bytes:
    told = b""
    with client, contextlib.suppress(ConnectionError):
        while piece := client.recv(65_536):
            told += piece
    return told


# Choosing a server ----------------------------------------------------------------------------


def test_what_an_installation_brings_along() -> None:
    def plain(name: str) -> set[str]:
        lines = [line for line in requires(name) or [] if ";" not in line]
        return {re.split(r"[^\w-]", line)[0] for line in lines}

    assert plain("uvicorn") == {"click", "h11"}
    assert plain("hypercorn") == {"h11", "h2", "priority", "wsproto"}
    extras = " ".join(line for line in requires("uvicorn") or [] if "standard" in line)
    assert all(name in extras for name in ("uvloop", "httptools", "websockets"))


@pytest.mark.usefixtures("loopback")
def test_hypercorn_describes_itself_over_both_versions() -> None:
    with hypercorn(load("deploy/describe_server.py")) as url:
        told = body_of(url, "/")
        with Http2Client(url) as client:
            client.get(1)
            lines = client.read(1).body(1).decode().split("\n")
    assert told.split("\n")[0] == "HTTP/1.1"
    assert lines[:4] == ["HTTP/2", "ASGI 3.0", "messages 2.1", "state: True"]
    names = ("early_hint", "push", "trailers")
    assert lines[4] == "extensions: " + ", ".join(f"http.response.{name}" for name in names)


def test_the_defaults_of_time_outs() -> None:
    import uvicorn
    from hypercorn.config import Config

    ours, theirs = uvicorn.Config("x"), Config()
    assert (ours.timeout_keep_alive, ours.timeout_graceful_shutdown) == (5, None)
    assert (ours.ws_ping_interval, ours.ws_ping_timeout) == (20, 20)
    assert (theirs.keep_alive_timeout, theirs.graceful_timeout) == (5, 3)


@pytest.mark.parametrize(
    ("server", "option"), [("uvicorn", "--timeout-keep-alive"), ("hypercorn", "--keep-alive")]
)
def test_who_closes_idle_connections(server: str, option: str, start: Any) -> None:
    url = start(server, option, "1").url
    closes = server == "hypercorn"
    with ThreadPoolExecutor() as pool:
        used = pool.submit(raw, url, get("/pid"), quiet=10)
        silent = pool.map(
            lambda data: raw(url, data, first=10 if closes else 2),
            (b"", b"GET / HTTP/1.1\r\nhost:"),
        )
        assert list(silent) == [b"<end>" if closes else b""] * 2
        assert used.result().endswith(b"<end>")


@pytest.mark.parametrize(("server", "status"), [("uvicorn", -signal.SIGTERM), ("hypercorn", 0)])
def test_a_request_under_way_is_finished_by_one_process(
    server: str, status: int, start: Any
) -> None:
    started = start(server)
    client = begin(started, "/short")
    assert started.stop() == status
    assert b"done" in rest(client)
    assert started.log.count("app: lifespan.shutdown") == 1


@pytest.mark.parametrize(("server", "finished"), [("uvicorn", True), ("hypercorn", False)])
def test_a_request_under_way_with_two_workers(server: str, finished: bool, start: Any) -> None:
    started = start(server, "--workers", "2")
    started.says("app: lifespan.startup", 2)
    pids_of(started.url, 2)
    client = begin(started, "/short")
    assert started.stop() == 0
    assert (b"done" in rest(client)) == finished
    assert started.log.count("app: lifespan.shutdown") == 1 + finished


@pytest.mark.parametrize("server", SERVERS)
def test_a_worker_that_is_killed(server: str, start: Any) -> None:
    started = start(server, "--workers", "2")
    before = pids_of(started.url, 2)
    os.kill(int(min(before)), signal.SIGKILL)
    if server == "uvicorn":
        started.says("app: lifespan.startup", 3)
        assert len(pids_of(started.url, 2) & before) == 1
    else:
        assert started.ended() in (0, 241)  # as it happens
        assert raw_or_refused(started.url) == "refused"


def raw_or_refused(url: str) -> str:
    try:
        return body_of(url, "/pid")
    except ConnectionRefusedError:
        return "refused"


@pytest.mark.parametrize("server", SERVERS)
def test_a_hang_up_replaces_the_workers_and_brings_new_code(
    server: str, start: Any, tmp_path: Path
) -> None:
    started = start(server, "--workers", "2")
    started.says("app: lifespan.startup", 2)
    before = pids_of(started.url, 2)
    (tmp_path / "facts.py").write_text(APP.replace('"done"', '"new"'), "utf-8")
    started.process.send_signal(signal.SIGHUP)
    started.says("app: lifespan.shutdown", 2)
    started.says("app: lifespan.startup", 4)
    assert not pids_of(started.url, 2) & before
    assert body_of(started.url, "/") == "new"
    order = [line[14:] for line in started.log.split("\n") if line.startswith("app: lifespan")]
    one_by_one = ["startup", "startup", "startup", "shutdown", "startup", "shutdown"]
    together = ["startup", "startup", "shutdown", "shutdown", "startup", "startup"]
    assert order == (one_by_one if server == "uvicorn" else together)


# Deployment -----------------------------------------------------------------------------------


FORWARDED = (
    "x-forwarded-for: 1.2.3.4, 203.0.113.7\r\nx-forwarded-proto: https\r\n"
    "x-forwarded-host: shop.example\r\n"
)


@pytest.mark.parametrize(
    ("server", "options", "told"),
    [
        ("uvicorn", [], ("https", "203.0.113.7")),
        ("uvicorn", ["--forwarded-allow-ips", "10.0.0.9"], ("http", "127.0.0.1")),
        ("uvicorn", ["--forwarded-allow-ips", "*"], ("https", "1.2.3.4")),
        ("uvicorn", ["--no-proxy-headers"], ("http", "127.0.0.1")),
        ("hypercorn", [], ("http", "127.0.0.1")),
    ],
)
def test_whose_word_counts_for_the_client(
    server: str, options: list[str], told: tuple[str, str], serve: Serve, serve_with: ServeWith
) -> None:
    @http_only
    async def tell(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        body = repr((scope["scheme"], scope["client"][0])).encode()
        await send({"type": "http.response.body", "body": body})

    if server == "uvicorn":
        url = serve_with(tell, *options)
        assert ast.literal_eval(body_of(url, "/", FORWARDED)) == told
    else:
        with serving(server, tell, serve) as url:
            assert ast.literal_eval(body_of(url, "/", FORWARDED)) == told


def test_the_forwarded_host_is_not_used() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(dict(scope["headers"])[b"host"])

    from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

    seen: list[bytes] = []
    headers = [(b"host", b"inner"), (b"x-forwarded-host", b"shop.example")]
    scope = {"type": "http", "scheme": "http", "client": ("127.0.0.1", 1), "headers": headers}
    wrapped: Any = ProxyHeadersMiddleware(app, "*")  # type: ignore[arg-type]
    asyncio.run(wrapped(scope, None, None))
    assert seen == [b"inner"]


def test_a_stream_holds_up_the_end_of_uvicorn(start: Any) -> None:
    started = start("uvicorn")
    with begin(started, "/stream"):
        started.process.send_signal(signal.SIGTERM)
        started.says("Waiting for connections to close.")
        with pytest.raises(subprocess.TimeoutExpired):
            started.process.wait(0.5)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", started.port))
    started.says("Waiting for background tasks to complete.")  # nobody has told the app
    assert "app: cleaning up" not in started.log


def test_a_time_limit_cancels_the_stream_and_does_not_wait_for_its_clean_up(start: Any) -> None:
    started = start("uvicorn", GRACE["uvicorn"], "1")
    client = begin(started, "/stream")
    began = time.monotonic()
    assert started.stop() == -signal.SIGTERM
    assert time.monotonic() - began >= 1
    assert not rest(client).endswith(b"0\r\n\r\n")
    assert "Cancel 1 running task(s), timeout graceful shutdown exceeded" in started.log
    assert "app: cleaning up\napp: lifespan.shutdown" in started.log
    assert "app: clean\n" not in started.log


def test_hypercorn_cancels_the_stream_and_waits_for_its_clean_up(start: Any) -> None:
    started = start("hypercorn", GRACE["hypercorn"], "1")
    client = begin(started, "/stream")
    assert started.stop() == 0
    assert b"tick" in rest(client)
    assert started.log.index("app: clean\n") < started.log.index("app: lifespan.shutdown")


@pytest.mark.parametrize(("server", "code"), [("uvicorn", 1012), ("hypercorn", 1011)])
def test_what_becomes_of_a_websocket(server: str, code: int, start: Any) -> None:
    started = start(server, GRACE[server], "1")
    with connect(started.url.replace("http", "ws"), compression=None) as client:
        started.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=5)
        assert client.close_code == code
    started.ended()
    assert "Waiting for connections to close." not in started.log  # it is closed at once


def test_a_limit_of_concurrency_answers_503(start: Any) -> None:
    started = start("uvicorn", "--limit-concurrency", "2")
    with begin(started, "/stream"):
        refused = raw(started.url, get("/pid"), 5)
        assert refused.startswith(b"HTTP/1.1 503")
        assert b"Service Unavailable" in refused
    wait_until(lambda: raw(started.url, get("/pid"), 0.3).startswith(b"HTTP/1.1 200"), "still 503")


def test_a_limit_of_concurrency_counts_idle_connections(serve_with: ServeWith) -> None:
    @http_only
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})

    def status(client: socket.socket) -> bytes:
        return exchange(client, get())[9:12]

    url = serve_with(app, "--limit-concurrency", "2")
    with connect_to(url) as first:
        assert status(first) == b"200"
        with connect_to(url), connect_to(url) as third:  # by the third, the second is there
            assert status(third) == b"503"
            assert status(first) == b"503"


def test_the_command_of_the_page_starts(start: Any) -> None:
    page = (SNIPPETS.parent / "docs/en/do/deploy.md").read_text("utf-8")
    text = page.split("$ uvicorn shop:app", 1)[1].split("```", 1)[0].replace("\\\n", " ")
    words = text.split()
    assert words[:4] == ["--host", "0.0.0.0", "--port", "8000"]
    started = start("uvicorn", *words[4:])
    started.says("app: lifespan.startup", 2)
    assert b"server:" not in answer_to(started.url, get("/pid"))
    assert started.stop() == 0


def test_a_time_limit_spares_a_response_that_has_begun() -> None:
    module = load_module("deploy/limit_time.py")

    @http_only
    async def stream(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        await asyncio.sleep(60)
        if scope["path"] == "/raises":
            raise TimeoutError
        await send({"type": "http.response.body", "body": b"late"})

    app = module.limit_time(stream, 10)
    assert run(app, [{"request": "GET /"}]).outcome.body == b"late"
    assert run(app, [{"request": "GET /raises"}]).outcome.exception == "TimeoutError"
