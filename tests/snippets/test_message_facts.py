"""What "Learn" says of the scope, the body and the response, tried on the pinned servers."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from websockets.sync.client import ClientConnection, connect

from common.places import ROOT
from tests.asgiscope.real_servers import SERVERS, serving, wait_until
from tests.snippets.loading import load, load_module
from tests.snippets.server_process import Start
from tests.snippets.server_thread import Serve, ServeWith
from tests.snippets.wire import answer_to, connect_to, exchange, get, raw


@contextmanager
def talking(url: str, path: str = "/") -> Iterator[ClientConnection]:
    with connect(url.replace("http", "ws") + path, compression=None) as client:
        yield client


# Scope ------------------------------------------------------------------------------------------


async def tell_scope(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] not in ("http", "websocket"):
        raise NotImplementedError(scope["type"])
    told = {key: repr(value) for key, value in scope.items()}
    told["spec_version"] = scope["asgi"]["spec_version"]
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": json.dumps(told)})
        await send({"type": "websocket.close"})
        return
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})


def scope_from(answer: bytes) -> dict[str, str]:
    text = answer[answer.index(b"{") : answer.rindex(b"}") + 1]
    told: dict[str, str] = json.loads(text)
    return told


@pytest.mark.parametrize(
    ("server", "versions"), [("uvicorn", ("2.3", "2.4")), ("hypercorn", ("2.1", "2.3"))]
)
def test_servers_report_these_versions_and_give_a_raw_path(
    server: str, versions: tuple[str, str], serve: Serve
) -> None:
    with serving(server, tell_scope, serve) as url:
        http = scope_from(answer_to(url, get("/a%2Fb?q")))
        with talking(url) as client:
            websocket = json.loads(client.recv())
    assert (http["spec_version"], websocket["spec_version"]) == versions
    assert "server" in http  # whose None came with 2.2, and not the key
    assert http["raw_path"] == "b'/a%2Fb'"
    assert http["path"] == "'/a/b'"


@pytest.mark.parametrize(
    ("server", "method"), [("httptools", None), ("h11", "'get'"), ("hypercorn", "'GET'")]
)
def test_who_turns_a_method_into_capitals(
    server: str, method: str | None, serve: Serve, serve_with: ServeWith
) -> None:
    with served_by(server, tell_scope, serve, serve_with) as url:
        answer = answer_to(url, get(method="get"))
    if method is None:
        assert answer.startswith(b"HTTP/1.1 400")
    else:
        assert scope_from(answer)["method"] == method


@contextmanager
def served_by(server: str, app: Any, serve: Serve, serve_with: ServeWith) -> Iterator[str]:
    """The address of an app on Hypercorn, or on Uvicorn with a parser of that name."""
    if server == "hypercorn":
        with serving(server, app, serve) as url:
            yield url
    else:
        yield serve_with(app, "--http", server)


@pytest.mark.parametrize("server", SERVERS)
def test_header_names_come_in_lower_case_and_repeated_ones_repeated(
    server: str, serve: Serve
) -> None:
    with serving(server, tell_scope, serve) as url:
        told = scope_from(answer_to(url, get(headers="X-A: 1\r\nx-a: 2\r\n")))
    assert told["headers"] == "[(b'host', b'x'), (b'x-a', b'1'), (b'x-a', b'2')]"


@pytest.mark.usefixtures("loopback")
@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix sockets here")
@pytest.mark.parametrize(
    ("trusted", "scheme", "client"),
    [("127.0.0.1,::1", "'http'", "None"), ("*", "'https'", "('203.0.113.7', 0)")],
)
def test_on_a_unix_socket_uvicorn_gives_no_client_and_believes_a_proxy_if_it_believes_all(
    trusted: str, scheme: str, client: str, tmp_path: Path
) -> None:
    path = str(tmp_path / "socket")
    settings: Any = {"uds": path, "log_level": "critical", "forwarded_allow_ips": trusted}
    server = uvicorn.Server(uvicorn.Config(tell_scope, **settings))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started, "uvicorn did not start")
    told = told_over(path)
    server.should_exit = True
    thread.join(20)
    assert (told["scheme"], told["client"]) == (scheme, client)
    assert told["server"] == f"('{path}', None)"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix sockets here")
def test_on_a_unix_socket_hypercorn_gives_neither_client_nor_server(
    tmp_path: Path, start_server: Start
) -> None:
    path = str(tmp_path / "socket")
    app = "tests.snippets.test_message_facts:tell_scope"
    start_server("hypercorn", app, "--bind", f"unix:{path}", cwd=ROOT)
    told = told_over(path)
    assert (told["scheme"], told["client"], told["server"]) == ("'http'", "None", "None")


def told_over(path: str) -> dict[str, str]:
    """The scope of a request that a proxy passes on over a Unix socket."""
    forwarded = "x-forwarded-for: 203.0.113.7\r\nx-forwarded-proto: https\r\n"
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
        return scope_from(exchange(client, get(headers=forwarded)))


# Body -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("server", SERVERS)
def test_reading_the_body_twice_hangs(server: str, serve: Serve) -> None:
    with serving(server, load("body/read_twice_wrong.py"), serve) as url:
        assert raw(url, get("/", "POST", "content-length: 2\r\n") + b"hi", first=0.5) == b""


def test_middleware_that_keeps_the_body_hangs_the_app(serve: Serve) -> None:
    url = serve(load("middleware/log_body_wrong.py"))
    assert raw(url, get("/", "POST", "content-length: 2\r\n") + b"hi", first=0.5) == b""


async def refuse(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({"type": "http.response.start", "status": 413})
    await send({"type": "http.response.body"})


@pytest.mark.parametrize(("server", "continues"), [("uvicorn", False), ("hypercorn", True)])
def test_who_asks_for_the_upload_before_the_app_does(
    server: str, continues: bool, serve: Serve
) -> None:
    request = get("/", "PUT", "content-length: 9\r\nexpect: 100-continue\r\n")
    with serving(server, refuse, serve) as url:
        answer = answer_to(url, request)
    assert answer.startswith(b"HTTP/1.1 100") == continues
    assert b"HTTP/1.1 413" in answer


def test_uvicorn_asks_for_the_upload_when_the_app_receives(serve: Serve) -> None:
    request = get("/", "PUT", "content-length: 9\r\nexpect: 100-continue\r\n")
    answer = raw(serve(load("body/read_once.py")), request, quiet=0.3)
    assert answer == b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.mark.parametrize(("server", "closes"), [("uvicorn", False), ("hypercorn", True)])
def test_what_becomes_of_a_body_that_is_refused(server: str, closes: bool, serve: Serve) -> None:
    with serving(server, refuse, serve) as url:
        answer = raw(url, get("/", "PUT", "content-length: 9\r\n") + b"1234", quiet=0.5)
    assert answer.startswith(b"HTTP/1.1 413")
    assert answer.endswith(b"<end>") == closes


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_stops_reading_when_the_app_does_not(server: str, serve: Serve) -> None:
    let_go = threading.Event()

    async def idle(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        while not let_go.is_set():
            await asyncio.sleep(0.05)

    with serving(server, idle, serve) as url:
        with connect_to(url, timeout=0.5) as client:
            client.sendall(get("/", "PUT", "content-length: 100000000\r\n"))
            taken, full = 0, False
            while taken < 30_000_000 and not full:
                try:
                    taken += client.send(bytes(65_536))
                except TimeoutError:
                    full = True
        let_go.set()
    assert full


def test_deep_json_is_no_value_error() -> None:
    with pytest.raises(RecursionError) as caught:
        json.loads(b"[" * 100_000)
    assert not isinstance(caught.value, ValueError)


# Response ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("server", SERVERS)
def test_head_keeps_the_length_and_drops_the_body(server: str, serve: Serve) -> None:
    with serving(server, load("response/send_length.py"), serve) as url:
        answer = answer_to(url, get("/", "HEAD", "connection: close\r\n"))
    assert b"content-length: 7\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")
    assert b"date: " in answer
    assert b"server: " in answer


@pytest.mark.parametrize("server", SERVERS)
def test_a_response_without_length_is_chunked(server: str, serve: Serve) -> None:
    with serving(server, load("http/echo_body.py"), serve) as url:
        answer = answer_to(url, get("/", "POST", "content-length: 4\r\n") + b"asgi")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in head.lower()
    assert body == b"4\r\nASGI\r\n0\r\n\r\n"


def answering(*headers: tuple[bytes, bytes], body: bytes = b"x") -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        start = {"type": "http.response.start", "status": 200, "headers": list(headers)}
        await send(start)
        await send({"type": "http.response.body", "body": body})

    return app


@pytest.mark.parametrize(
    ("server", "answer"), [("uvicorn", b"<end>"), ("hypercorn", b"HTTP/1.1 500")]
)
def test_a_line_break_in_a_header_is_refused(server: str, answer: bytes, serve: Serve) -> None:
    app = answering((b"location", b"/a\r\nset-cookie: x=1"))
    with serving(server, app, serve) as url:
        told = raw(url, get(), quiet=0.3)
    assert told.startswith(answer)
    assert b"set-cookie" not in told


CODED = (b"transfer-encoding", b"gzip")
PSEUDO = (b":status", b"200")


@pytest.mark.parametrize(
    ("server", "header", "answer"),
    [
        ("httptools", CODED, b"transfer-encoding: gzip\r\ntransfer-encoding: chunked\r\n"),
        ("h11", CODED, b"<end>"),
        ("hypercorn", CODED, b"HTTP/1.1 500"),
        ("httptools", PSEUDO, b"<end>"),
        ("h11", PSEUDO, b"<end>"),
        ("hypercorn", PSEUDO, b"HTTP/1.1 500"),
    ],
)
def test_headers_that_are_the_servers_business(
    server: str,
    header: tuple[bytes, bytes],
    answer: bytes,
    serve: Serve,
    serve_with: ServeWith,
) -> None:
    with served_by(server, answering(header), serve, serve_with) as url:
        told = raw(url, get(), quiet=0.3)
    assert answer in told
    assert (b"HTTP/1.1 200" in told) == (b"gzip" in answer)


def test_an_event_stream_whose_sending_fails_is_logged_and_cut_off(
    serve: Serve, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(send: Any, last: int) -> None:
        raise ValueError("no more events")

    module = load_module("response/send_events.py")
    module.send_events = fail  # type: ignore[attr-defined]
    url = serve(module.app)
    monkeypatch.setattr(logging.getLogger("uvicorn"), "propagate", True)
    assert raw(url, get()).endswith(b"\r\n\r\n<end>")
    assert "ValueError: no more events" in caplog.text


@pytest.mark.parametrize("server", SERVERS)
def test_a_response_that_is_too_short_ends_the_connection(server: str, serve: Serve) -> None:
    with serving(server, answering((b"content-length", b"5")), serve) as url:
        assert raw(url, get()).endswith(b"\r\n\r\nx<end>")


@pytest.mark.parametrize("server", SERVERS)
def test_the_next_request_does_not_wait_for_work_after_the_response(
    server: str, serve: Serve
) -> None:
    module, let_go = load_module("response/work_after.py"), threading.Event()
    working: list[float] = []

    async def sleep(seconds: float) -> None:
        working.append(seconds)
        while not let_go.is_set():
            await asyncio.sleep(0.01)

    module.asyncio = SimpleNamespace(sleep=sleep)  # type: ignore[attr-defined]
    with serving(server, module.app, serve) as url, connect_to(url) as client:
        for _ in range(2):
            assert exchange(client, get("/orders")).startswith(b"HTTP/1.1 202")
        wait_until(lambda: working == [3, 3], "the app has not been called twice")
        let_go.set()


@pytest.mark.parametrize(("parser", "accepts"), [("h11", True), ("httptools", False)])
def test_headers_of_str_work_on_some_servers_only(
    parser: str, accepts: bool, serve_with: ServeWith
) -> None:
    app = answering(("x-a", "b"))  # type: ignore[arg-type]
    answer = raw(serve_with(app, "--http", parser), get(), quiet=0.3)
    assert (b"x-a: b" in answer) == accepts
