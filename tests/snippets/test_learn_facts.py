"""What the chapters of "Learn" say of real servers and of Starlette, tried on the pinned ones."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from asgiscope import run
from tests.asgiscope.real_servers import SERVERS, serving, wait_until
from tests.snippets.loading import load
from tests.snippets.server_process import command
from tests.snippets.server_thread import Serve
from tests.snippets.wire import get, raw

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def talking(url: str, path: str = "/") -> Iterator[ClientConnection]:
    with connect(url.replace("http", "ws") + path, compression=None) as client:
        yield client


def ended(arguments: list[str]) -> tuple[int, str]:
    """The exit status and the output of a server that stops by itself."""
    done = subprocess.run(
        arguments,
        cwd=ROOT / "snippets",
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        text=True,
        timeout=30,
    )
    return done.returncode, done.stdout


def stopped(arguments: list[str], port: int) -> tuple[int, str]:
    """The exit status and the output of a server that is asked to stop once it listens."""
    with subprocess.Popen(
        arguments,
        cwd=ROOT / "snippets",
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            wait_until(lambda: _listens(port), "the server did not start")
            time.sleep(0.5)
            process.send_signal(signal.SIGINT)
            output, _ = process.communicate(timeout=20)
        finally:
            process.kill()
    return process.returncode, output


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


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
        http = scope_from(raw(url, get("/a%2Fb?q")))
        with talking(url) as client:
            websocket = json.loads(client.recv())
    assert (http["spec_version"], websocket["spec_version"]) == versions
    assert http["raw_path"] == "b'/a%2Fb'"
    assert http["path"] == "'/a/b'"


@pytest.mark.parametrize("server", SERVERS)
def test_header_names_come_in_lower_case_and_repeated_ones_repeated(
    server: str, serve: Serve
) -> None:
    with serving(server, tell_scope, serve) as url:
        told = scope_from(raw(url, get(headers="X-A: 1\r\nx-a: 2\r\n")))
    assert told["headers"] == "[(b'host', b'x'), (b'x-a', b'1'), (b'x-a', b'2')]"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix sockets here")
def test_there_is_no_client_on_a_unix_socket(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")
    server = uvicorn.Server(uvicorn.Config(tell_scope, uds=path, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started, "uvicorn did not start")
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
        client.sendall(get())
        answer = b""
        while not answer.endswith(b"0\r\n\r\n"):
            answer += client.recv(65_536)
        told = scope_from(answer)
    server.should_exit = True
    thread.join(20)
    assert (told["client"], told["server"]) == ("None", f"('{path}', None)")


# Body -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("server", SERVERS)
def test_reading_the_body_twice_hangs(server: str, serve: Serve) -> None:
    with serving(server, load("body/read_twice_wrong.py"), serve) as url:
        assert raw(url, get("/", "POST", "content-length: 2\r\n") + b"hi", first=1) == b""


def test_middleware_that_keeps_the_body_hangs_the_app(serve: Serve) -> None:
    url = serve(load("middleware/log_body_wrong.py"))
    assert raw(url, get("/", "POST", "content-length: 2\r\n") + b"hi", first=1) == b""


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
        answer = raw(url, request)
    assert answer.startswith(b"HTTP/1.1 100") == continues
    assert b"HTTP/1.1 413" in answer


def test_uvicorn_asks_for_the_upload_when_the_app_receives(serve: Serve) -> None:
    request = get("/", "PUT", "content-length: 9\r\nexpect: 100-continue\r\n")
    answer = raw(serve(load("body/read_once.py")), request)
    assert answer == b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.mark.parametrize(("server", "closes"), [("uvicorn", False), ("hypercorn", True)])
def test_what_becomes_of_a_body_that_is_refused(server: str, closes: bool, serve: Serve) -> None:
    with serving(server, refuse, serve) as url:
        answer = raw(url, get("/", "PUT", "content-length: 9\r\n") + b"1234")
    assert answer.endswith(b"<end>") == closes


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_stops_reading_when_the_app_does_not(server: str, serve: Serve) -> None:
    let_go = threading.Event()

    async def idle(scope: Any, receive: Any, send: Any) -> None:
        import asyncio

        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        while not let_go.is_set():
            await asyncio.sleep(0.05)

    with serving(server, idle, serve) as url:
        address = urlsplit(url)
        with socket.create_connection((address.hostname, address.port), timeout=1) as client:
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
        answer = raw(url, get("/", "HEAD"))
    assert b"content-length: 7\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")
    assert b"date: " in answer
    assert b"server: " in answer


@pytest.mark.parametrize("server", SERVERS)
def test_a_response_without_length_is_chunked(server: str, serve: Serve) -> None:
    with serving(server, load("http/echo_body.py"), serve) as url:
        answer = raw(url, get("/", "POST", "content-length: 4\r\n") + b"asgi")
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
        told = raw(url, get())
    assert told.startswith(answer)
    assert b"set-cookie" not in told


@pytest.mark.parametrize("server", SERVERS)
def test_a_response_that_is_too_short_ends_the_connection(server: str, serve: Serve) -> None:
    with serving(server, answering((b"content-length", b"5")), serve) as url:
        assert raw(url, get()).endswith(b"\r\n\r\nx<end>")


@pytest.mark.parametrize("server", SERVERS)
def test_the_next_request_does_not_wait_for_work_after_the_response(
    server: str, serve: Serve
) -> None:
    with serving(server, load("response/work_after.py"), serve) as url:
        address = urlsplit(url)
        with socket.create_connection((address.hostname, address.port), timeout=2) as client:
            begun = time.monotonic()
            for _ in range(2):
                client.sendall(get("/orders"))
                answer = b""
                while not answer.endswith(b"0\r\n\r\n"):
                    answer += client.recv(65_536)
            assert time.monotonic() - begun < 2


@pytest.mark.parametrize(("parser", "accepts"), [("h11", True), ("httptools", False)])
def test_headers_of_str_work_on_some_servers_only(parser: str, accepts: bool) -> None:
    app = answering(("x-a", "b"))  # type: ignore[arg-type]
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, http=parser, log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        wait_until(lambda: server.started, "uvicorn did not start")
        answer = raw(f"http://127.0.0.1:{listener.getsockname()[1]}", get())
        server.should_exit = True
        thread.join(20)
    assert (b"x-a: b" in answer) == accepts


# WebSocket --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("server", "code"), [("uvicorn", 1006), ("hypercorn", 1011)])
def test_the_close_code_when_the_app_just_returns(server: str, code: int, serve: Serve) -> None:
    app = load("websocket/leave_open_wrong.py")
    with serving(server, app, serve) as url, talking(url) as client:
        assert client.recv() == "Goodbye."
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=5)
    assert client.close_code == code


@pytest.mark.parametrize("server", SERVERS)
def test_both_servers_offer_the_denial_response(server: str, serve: Serve) -> None:
    with (
        serving(server, load("websocket/refuse_guest.py"), serve) as url,
        pytest.raises(InvalidStatus) as refused,
        talking(url),
    ):
        pass
    assert refused.value.response.status_code == 401
    assert bytes(refused.value.response.body or b"") == b"Log in first."


@pytest.mark.parametrize("server", SERVERS)
def test_close_before_accept_is_403_whatever_the_code(server: str, serve: Serve) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])
        await receive()
        await send({"type": "websocket.close", "code": 4401})

    with (
        serving(server, app, serve) as url,
        pytest.raises(InvalidStatus) as refused,
        talking(url),
    ):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("server", "keys", "codes", "after"),
    [
        ("uvicorn", {"type", "text"}, [4002, 1005], "OSError"),
        ("hypercorn", {"type", "text", "bytes"}, [1006, 1006], "nothing"),
    ],
)
def test_what_an_app_is_told_and_what_send_does_after_the_end(
    server: str, keys: set[str], codes: list[int], after: str, serve: Serve
) -> None:
    first: list[set[str]] = []
    told: list[tuple[int, str]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])
        await receive()
        await send({"type": "websocket.accept"})
        first.append(set(await receive()))
        message = await receive()
        try:
            await send({"type": "websocket.send", "text": "late"})
            told.append((message["code"], "nothing"))
        except OSError:
            told.append((message["code"], "OSError"))

    with serving(server, app, serve) as url:
        with talking(url) as client:
            client.send("hello")
            client.close(4002)
        wait_until(lambda: len(told) == 1, "no disconnect came")
        with talking(url) as client:
            client.send("hello")
            wait_until(lambda: len(first) == 2, "no message came")
            client.socket.shutdown(socket.SHUT_RDWR)
        wait_until(lambda: len(told) == 2, "no disconnect came")
    assert first == [keys, keys]
    assert told == [(code, after) for code in codes]


def test_uvicorn_takes_sending_after_ones_own_close_for_a_mistake(serve: Serve) -> None:
    raised: list[type[BaseException]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close"})
        try:
            await send({"type": "websocket.send", "text": "late"})
        except Exception as error:
            raised.append(type(error))

    with talking(serve(app)):
        wait_until(lambda: bool(raised), "nothing was raised")
    assert raised == [RuntimeError]


def chat(app: Any, serve: Serve) -> str:
    """Ana and Ben are there, Ben leaves, Ana speaks twice: what she gets the second time."""
    url = serve(app)
    with talking(url) as ana:
        with talking(url) as ben:
            ben.send("bye")
            assert (ana.recv(timeout=5), ben.recv(timeout=5)) == ("bye", "bye")
        time.sleep(0.3)
        ana.send("still there?")
        assert ana.recv(timeout=5) == "still there?"
        ana.send("really?")
        return str(ana.recv(timeout=5))


def test_a_chat_that_does_not_tidy_up_cuts_off_who_stays(serve: Serve) -> None:
    with pytest.raises(ConnectionClosed):
        chat(load("websocket/share_messages_wrong.py"), serve)


def test_a_chat_that_tidies_up_goes_on(serve: Serve) -> None:
    assert chat(load("websocket/share_messages.py"), serve) == "really?"


# Lifespan ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("server", "status"), [("uvicorn", 3), ("hypercorn", 0)])
def test_startup_failed_stops_the_server(server: str, status: int, free_port: int) -> None:
    code, output = ended(command(server, "lifespan.refuse_start:app", free_port))
    assert code == status
    assert "no database: port 5432 is closed" in output


def test_an_exception_at_startup_is_hidden_unless_lifespan_is_on(free_port: int) -> None:
    arguments = command("uvicorn", "lifespan.raise_startup_wrong:app", free_port)
    code, output = stopped(arguments, free_port)
    assert code == 0
    assert "ASGI 'lifespan' protocol appears unsupported." in output
    assert "ConnectionRefusedError" not in output
    code, output = ended([*arguments, "--lifespan", "on"])
    assert code == 3
    assert "ConnectionRefusedError: port 5432 is closed" in output


def test_hypercorn_warns_of_an_exception_at_startup_and_serves(free_port: int) -> None:
    arguments = command("hypercorn", "lifespan.raise_startup_wrong:app", free_port)
    _, output = stopped(arguments, free_port)
    assert "[WARNING] ASGI Framework Lifespan error, continuing without Lifespan support" in output


def test_a_silent_return_counts_as_success_today(free_port: int) -> None:
    arguments = command("uvicorn", "lifespan.return_silently_wrong:app", free_port)
    _, output = stopped(arguments, free_port)
    assert "Application startup complete." in output
    assert "unsupported" not in output


def test_a_task_of_the_lifespan_ends_with_it(free_port: int) -> None:
    trace = run(
        load("lifespan/refresh_cache.py"), [{"startup": True}, {"wait": 130}, {"shutdown": True}]
    )
    assert [event.t for event in trace.events if event.kind == "print"] == [0, 60, 120]
    assert trace.findings == []
    code, output = stopped(command("uvicorn", "lifespan.refresh_cache:app", free_port), free_port)
    assert code == 0
    assert "Application shutdown complete." in output


def test_each_worker_has_a_lifespan_of_its_own(free_port: int) -> None:
    arguments = command("uvicorn", "lifespan.refresh_cache:app", free_port, "--workers", "2")
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        arguments,
        cwd=ROOT / "snippets",
        env=environment,
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        seen = 0
        try:
            for line in process.stdout:
                seen += "Application startup complete." in line
                if seen == 2:
                    process.send_signal(signal.SIGINT)
                    break
            output, _ = process.communicate(timeout=20)
        finally:
            process.kill()
    assert output.count("Application shutdown complete.") == 2


@pytest.mark.parametrize("server", SERVERS)
def test_a_replaced_state_is_lost(server: str, serve: Serve) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            scope["state"] = {"pool": 1}
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": repr(scope["state"]).encode()})

    with serving(server, app, serve) as url:
        assert b"{}" in raw(url, get())


def test_starlette_reports_a_failed_startup_and_runs_no_mounted_lifespan() -> None:
    from contextlib import asynccontextmanager

    from starlette.applications import Starlette
    from starlette.routing import Mount

    seen: list[str] = []

    @asynccontextmanager
    async def outer(app: Any) -> Any:
        seen.append("outer")
        yield

    @asynccontextmanager
    async def inner(app: Any) -> Any:
        seen.append("inner")
        yield

    @asynccontextmanager
    async def broken(app: Any) -> Any:
        raise ConnectionRefusedError("port 5432 is closed")
        yield

    mounted = Starlette(routes=[Mount("/in", Starlette(lifespan=inner))], lifespan=outer)
    run(mounted, [{"startup": True}, {"shutdown": True}])
    assert seen == ["outer"]
    outcome = run(Starlette(lifespan=broken), [{"startup": True}]).outcome
    assert not outcome.started
    assert "ConnectionRefusedError: port 5432 is closed" in outcome.message


# Middleware -------------------------------------------------------------------------------------


def test_an_async_factory_makes_no_app(serve: Serve) -> None:
    app = load("middleware/wrap_app_wrong.py")
    try:
        assert "app-not-callable" in run(app, [{"request": "GET /"}]).broken_rules()
        assert raw(serve(app), get()).startswith(b"HTTP/1.1 500")
    finally:
        app.close()


def test_the_order_of_middleware_in_starlette() -> None:
    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    seen: list[str] = []

    class Note:
        def __init__(self, app: Any, name: str) -> None:
            self.app, self.name = app, name

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            seen.append(self.name)
            await self.app(scope, receive, send)

    app = Starlette(middleware=[Middleware(Note, name="first"), Middleware(Note, name="second")])
    run(app, [{"request": "GET /"}])
    assert seen == ["first", "second"]
    seen.clear()
    app = Starlette()
    app.add_middleware(Note, name="first")
    app.add_middleware(Note, name="second")
    run(app, [{"request": "GET /"}])
    assert seen == ["second", "first"]
