"""What the chapters of "Understand" say of servers and libraries, tried on the pinned ones."""

from __future__ import annotations

import asyncio
import http.client
import importlib
import re
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.sync.client import connect

from asgiscope import run
from tests.asgiscope.real_servers import SERVERS, ask, serving, wait_until
from tests.snippets.loading import load, load_module
from tests.snippets.server_process import Start
from tests.snippets.server_thread import Serve
from tests.snippets.threads import Meeting, ask_together
from tests.snippets.wire import connect_to, exchange, get
from tests.snippets.wsgi_server import wsgi_server

PIECE = b"x" * 65_536
MIB = 2**20


async def answer(send: Any, status: int = 200, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": body})


async def accept(receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})


async def receive_or_wait(receive: Any) -> Any:
    """The next message, or "waits" when none has come for a while."""
    try:
        return await asyncio.wait_for(receive(), 0.3)
    except TimeoutError:
        return "waits"


def open_request(url: str, path: str, rest: bytes = b"\r\n") -> socket.socket:
    address = urlsplit(url)
    opened = socket.create_connection((address.hostname, address.port))
    opened.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\n".encode() + rest)
    return opened


# why ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("server", "answered"), [("uvicorn", (200, b"Hello from 2017!")), ("hypercorn", (500, b""))]
)
def test_an_app_of_two_callables_still_runs_on_uvicorn_only(
    server: str, answered: tuple[int, bytes], serve: Serve
) -> None:
    with serving(server, load("history/call_twice_wrong.py"), serve) as url:
        assert ask(url, "GET", "/") == answered


# wsgi -----------------------------------------------------------------------------------------


@pytest.mark.xdist_group("timing")
@pytest.mark.usefixtures("loopback")
def test_a_streaming_wsgi_app_holds_its_thread() -> None:
    with wsgi_server(load("wsgi/hold_worker.py")) as url:
        begin = time.monotonic()
        threads = [threading.Thread(target=ask, args=(url, "GET", "/")) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - begin > 0.55  # wsgiref has one thread: twice 0.3 seconds


def test_the_adapter_of_asgiref_reads_the_whole_body_and_joins_headers() -> None:
    from asgiref.wsgi import WsgiToAsgi

    seen: list[Any] = []
    body = iter(
        [
            {"type": "http.request", "body": b"a", "more_body": True},
            {"type": "http.request", "body": b"b"},
        ]
    )

    def app(environ: Any, start_response: Any) -> list[bytes]:
        seen.append((environ["HTTP_X_A"], environ["wsgi.input"].read()))
        start_response("200 OK", [])
        return [b""]

    async def receive() -> Any:
        seen.append("receive")
        return next(body)

    async def send(message: Any) -> None:
        pass

    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": "/", "query_string": b"",
        "headers": [(b"x-a", b"1"), (b"x-a", b"2")], "server": ("x", 80),
    }  # fmt: skip
    asyncio.run(WsgiToAsgi(app)(scope, receive, send))
    assert seen == ["receive", "receive", ("1,2", b"ab")]
    for kind in ("websocket", "lifespan"):
        with pytest.raises(ValueError, match="non-HTTP scope"):
            asyncio.run(WsgiToAsgi(app)({"type": kind}, receive, send))


def test_the_adapter_of_asgiref_has_one_thread_for_all_requests(serve: Serve) -> None:
    from asgiref.wsgi import WsgiToAsgi

    meeting, threads = Meeting(patience=0.3), set()

    def app(environ: Any, start_response: Any) -> list[bytes]:
        threads.add(threading.get_ident())
        meeting()
        start_response("200 OK", [])
        return [b"done"]

    assert ask_together(serve(WsgiToAsgi(app)), "/", "/") == [(200, b"done")] * 2
    assert (len(threads), meeting.met) == (1, False)


def test_the_adapter_of_the_page_has_a_thread_for_each_request(serve: Serve) -> None:
    module, meeting = load_module("wsgi/adapt_wsgi.py"), Meeting()
    module.time = SimpleNamespace(sleep=meeting)  # type: ignore[attr-defined]
    assert [status for status, _ in ask_together(serve(module.app), "/a", "/b")] == [200, 200]
    assert meeting.met


# event-loop -----------------------------------------------------------------------------------


@pytest.mark.parametrize("debug", [True, False])
def test_the_debug_mode_of_asyncio_names_a_blocking_step(
    debug: bool, serve: Serve, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")  # which Uvicorn overrules up to Python 3.11
    inner = load("loop/find_blocker.py")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan" and not debug:
            raise NotImplementedError
        if scope["type"] == "http":
            time.sleep(0.3)
        await inner(scope, receive, send)

    url = serve(app)
    for _ in range(2):  # when the second is answered, the first step is over and logged
        assert ask(url, "GET", "/") == (204, b"")
    named = re.search(r"Executing <Task .*run_asgi.* took (\S+) seconds", caplog.text)
    assert bool(named) == (debug or sys.version_info >= (3, 12))
    assert not named or float(named[1]) >= 0.3


@pytest.mark.parametrize(("version", "obeys"), [((3, 11), False), ((3, 12), True)])
def test_uvicorn_leaves_the_debug_mode_to_the_environment_from_python_3_12_on(
    version: tuple[int, int], obeys: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_debugging() -> bool:
        return asyncio.get_running_loop().get_debug()

    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")
    monkeypatch.setattr(sys, "version_info", version)
    try:
        compat = importlib.reload(importlib.import_module("uvicorn._compat"))
        assert compat.asyncio_run(is_debugging()) == obeys
    finally:
        monkeypatch.undo()
        importlib.reload(compat)


# processes ------------------------------------------------------------------------------------


def test_each_worker_counts_for_itself_and_has_a_lifespan(start_server: Start) -> None:
    server = start_server("uvicorn", "tasks.count_visits:app", "--workers", "2")
    server.says("Application startup complete.", 2)
    answers: set[bytes] = set()

    def both_have_answered() -> bool:
        answers.add(ask(server.url, "GET", "/")[1])
        return len({text.split(b":")[0] for text in answers}) == 2

    wait_until(both_have_answered, "only one worker answered")
    assert sum(text.endswith(b": 1\n") for text in answers) == 2
    server.stop(signal.SIGINT)
    assert server.log.count("Waiting for application startup.") == 2


def test_all_requests_of_a_connection_go_to_one_worker(start_server: Start) -> None:
    server = start_server("uvicorn", "tasks.count_visits:app", "--workers", "2")
    server.says("Application startup complete.", 2)
    with connect_to(server.url) as client:
        answers = b"".join(exchange(client, get()) for _ in range(5))
    told = re.findall(rb"process (\d+): (\d)", answers)
    assert told == [(told[0][0], str(number).encode()) for number in range(1, 6)]


def test_the_number_of_threads_can_only_be_changed_inside_an_event_loop() -> None:
    from anyio import to_thread

    with pytest.raises(RuntimeError, match="Not currently running"):
        to_thread.current_default_thread_limiter()


# back-pressure --------------------------------------------------------------------------------


@pytest.mark.parametrize("server", SERVERS)
def test_send_waits_for_a_client_that_does_not_read(server: str, serve: Serve) -> None:
    sent: list[int] = [0]
    waiting = threading.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while sent[0] < 200 * MIB:
            message = {"type": "http.response.body", "body": PIECE, "more_body": True}
            try:
                await asyncio.wait_for(send(message), 0.5)
            except TimeoutError:
                waiting.set()
                raise
            sent[0] += len(PIECE)

    with serving(server, app, serve) as url:
        client = open_request(url, "/")
        assert waiting.wait(20)
        client.close()
    assert 65_536 <= sent[0] < 32 * MIB  # the system's own buffers are the most of it


@pytest.mark.parametrize("server", SERVERS)
def test_an_upload_stops_until_the_app_receives(server: str, serve: Serve) -> None:
    size, go = 40 * MIB, threading.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        while not go.is_set():
            await asyncio.sleep(0.05)
        taken, more = 0, True
        while more:
            message = await receive()
            taken += len(message.get("body", b""))
            more = message.get("more_body", False)
        await answer(send, 200, str(taken).encode())

    with serving(server, app, serve) as url:
        client = open_request(url, "/", f"Content-Length: {size}\r\n\r\n".encode())
        left = [size]

        def push() -> None:
            while left[0]:
                left[0] -= client.send(PIECE[: left[0]])

        client.settimeout(0.5)
        with pytest.raises(TimeoutError):
            push()
        go.set()
        client.settimeout(20)
        push()
        response = http.client.HTTPResponse(client)
        response.begin()
        assert response.read() == str(size).encode()
        client.close()


def test_a_client_that_takes_nothing_is_given_up() -> None:
    steps = [{"request": "GET /"}, {"read": {"rate": 0}}]
    trace = run(load("streams/give_up.py"), steps)
    assert trace.outcome.exception == "TimeoutError"
    assert not trace.outcome.complete
    assert trace.events[-1].t == 5


def test_a_time_out_is_an_os_error() -> None:
    assert issubclass(TimeoutError, OSError)
    assert not issubclass(asyncio.CancelledError, Exception)


# disconnect -----------------------------------------------------------------------------------


@pytest.mark.parametrize("server", SERVERS)
def test_http_after_a_disconnect(server: str, serve: Serve) -> None:
    seen: list[Any] = []
    called, gone = threading.Event(), threading.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        called.set()
        while not gone.is_set():
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
        seen.append("not cancelled")
        for _ in range(4):
            message = await receive_or_wait(receive)
            seen.append(message if message == "waits" else message["type"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(5):
            await send({"type": "http.response.body", "body": PIECE, "more_body": True})
            await asyncio.sleep(0.02)
        seen.append("send is silent")

    with serving(server, app, serve) as url:
        client = open_request(url, "/", b"Content-Length: 3\r\n\r\nabc")
        assert called.wait(20)
        client.close()
        gone.set()
        wait_until(lambda: "send is silent" in seen, f"the app got no further than {seen}")
    told = {
        "uvicorn": ["http.disconnect"] * 4,
        "hypercorn": ["http.request", "http.request", "http.disconnect", "waits"],
    }
    assert seen == ["not cancelled", *told[server], "send is silent"]


@pytest.mark.parametrize(("server", "heard"), [("uvicorn", 2), ("hypercorn", 1)])
def test_how_many_of_two_tasks_hear_of_a_disconnect(server: str, heard: int, serve: Serve) -> None:
    told: list[str] = []
    called, ended = threading.Event(), threading.Event()

    async def listen(receive: Any) -> None:
        told.append((await receive())["type"])

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        await receive()
        tasks = [asyncio.create_task(listen(receive)) for _ in range(2)]
        await asyncio.sleep(0)
        called.set()
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        _, left = await asyncio.wait(tasks, timeout=0.3)
        for task in left:
            task.cancel()
        ended.set()

    with serving(server, app, serve) as url:
        with open_request(url, "/", b"Content-Length: 0\r\n\r\n"):
            assert called.wait(20)
        assert ended.wait(20)
    assert told == ["http.disconnect"] * heard


@pytest.mark.parametrize("server", SERVERS)
def test_receive_tells_of_a_disconnect_after_the_response_too(server: str, serve: Serve) -> None:
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        await receive()
        await answer(send)
        seen.append(await receive())

    with serving(server, app, serve) as url:
        assert ask(url, "GET", "/")[0] == 200
        wait_until(lambda: bool(seen), "receive() did not return")
    assert seen[0]["type"] == "http.disconnect"


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("how", ["closes with 4001", "is lost"])
def test_websocket_after_a_disconnect(server: str, how: str, serve: Serve) -> None:
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await accept(receive, send)
        for _ in range(3):
            message = await receive_or_wait(receive)
            while message == "waits" and not seen:
                message = await receive_or_wait(receive)
            known = message == "waits" or (message["code"], message.get("reason"))
            seen.append("waits" if known is True else known)
        try:
            await send({"type": "websocket.send", "text": "late"})
            seen.append("send is silent")
        except OSError as error:
            seen.append(type(error).__name__)

    with serving(server, app, serve) as url:
        with connect(url.replace("http", "ws"), compression=None) as client:
            if how == "is lost":
                client.socket.shutdown(socket.SHUT_RDWR)
            else:
                client.close(4001, "bye")
        wait_until(lambda: len(seen) == 4, f"the app got no further than {seen}")
    first = (4001, "bye") if how == "closes with 4001" else (1005, None)
    told = {
        "uvicorn": [first, (1005, None), "waits", "ClientDisconnected"],
        "hypercorn": [(1006, None), "waits", "waits", "send is silent"],
    }
    if server == "uvicorn" and how == "is lost":
        told["uvicorn"] = [first, "waits", "waits", "ClientDisconnected"]
    assert seen == told[server]


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_that_stops_cancels_the_app_when_time_is_up(
    server: str, start_server: Start, tmp_path: Path
) -> None:
    (tmp_path / "sleeper.py").write_text(
        "import asyncio\n"
        "async def app(scope, receive, send):\n"
        "    if scope['type'] != 'http': raise NotImplementedError\n"
        "    print('asleep', flush=True)\n"
        "    try: await asyncio.sleep(60)\n"
        "    finally: print('cleaned up', flush=True)\n",
        "utf-8",
    )
    patience = {"uvicorn": "--timeout-graceful-shutdown", "hypercorn": "--graceful-timeout"}
    options = [patience[server], "1"]
    started = start_server(server, "sleeper:app", *options, cwd=tmp_path)
    with open_request(started.url, "/"):
        started.says("asleep")
        started.stop(signal.SIGINT)
    assert "cleaned up" in started.log


@pytest.mark.parametrize(("version", "heard"), [("2.3", True), ("2.4", False)])
def test_starlette_listens_where_send_need_not_raise(version: str, heard: bool) -> None:
    from starlette.responses import StreamingResponse

    async def numbers() -> Any:
        for number in range(20):
            yield str(number)
            await asyncio.sleep(0.01)

    async def stream() -> int:
        sent: list[Any] = []

        async def receive() -> Any:
            await asyncio.sleep(0.05)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": version}}
        await StreamingResponse(numbers())(scope, receive, send)
        return len(sent)

    assert (asyncio.run(stream()) < 20) == heard
