"""What the pages say of options, limits and exit statuses, tried on the pinned servers."""

from __future__ import annotations

import re
import signal
import socket
import stat
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from common.places import ROOT
from tests.asgiscope.real_servers import SERVERS, serving
from tests.snippets.loading import load, load_module
from tests.snippets.server_process import Start, launched
from tests.snippets.server_thread import Serve
from tests.snippets.wire import answer_to, connect_to, exchange, get, raw

pytestmark = pytest.mark.usefixtures("loopback")

# Exit statuses ----------------------------------------------------------------------------------

FAILURES = {
    "the module or `app` is not found": ("broken:nobody", "missing:app"),
    "the import of the module raises": ("raises:app",),
    "`lifespan.startup.failed` is sent": ("broken:app",),
}
COLUMNS = [(server, workers) for server in SERVERS for workers in ("1", "2")]
BROKEN = """
async def app(scope, receive, send):
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "no database"})
"""


@cache
def cells() -> dict[tuple[str, str, str], str]:
    """The English cells of the table, by the row's first and by the server and its workers."""
    table = yaml.safe_load((ROOT / "data/tables/exit-statuses.yml").read_text("utf-8"))
    return {
        (english(first), *column): english(cell)
        for first, *rest in table["rows"]
        for column, cell in zip(COLUMNS, rest, strict=True)
    }


def english(cell: Any) -> str:
    return str(cell["en"] if isinstance(cell, dict) else cell)


def statuses(row: str, server: str, workers: str) -> set[int]:
    return {int(number) for number in re.findall(r"\b\d+\b", cells()[row, server, workers])}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "broken.py").write_text(BROKEN, "utf-8")
    (tmp_path / "raises.py").write_text("1 / 0\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(("server", "workers"), COLUMNS)
@pytest.mark.parametrize(("row", "app"), [(r, app) for r, apps in FAILURES.items() for app in apps])
def test_the_exit_status_of_a_server_that_cannot_start(
    row: str, app: str, server: str, workers: str, folder: Path
) -> None:
    expected = statuses(row, server, workers)
    with launched(server, app, "--workers", workers, cwd=folder) as started:
        if expected:
            assert started.ended() in expected
        else:
            assert cells()[row, server, workers].startswith("does not exit, starts workers again")
            started.says("ZeroDivisionError", 4)  # two of each of the two workers
            assert not started.exited


@pytest.mark.parametrize(("server", "workers"), COLUMNS)
def test_the_exit_status_when_the_port_is_taken(server: str, workers: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        bind = ["--port", port] if server == "uvicorn" else ["--bind", f"127.0.0.1:{port}"]
        options = [*bind, "--workers", workers]
        with launched(server, "basics.answer_lifespan:app", *options) as started:
            assert started.ended() in statuses("the port is taken", server, workers)


@pytest.mark.parametrize(("server", "workers"), COLUMNS)
@pytest.mark.parametrize("how", ["Ctrl+C", "SIGTERM"])
def test_the_exit_status_after_a_signal(
    how: str, server: str, workers: str, start_server: Start
) -> None:
    started = start_server(server, "basics.answer_lifespan:app", "--workers", workers)
    if server == "uvicorn":
        started.says("Application startup complete.", int(workers))
    else:
        answer_to(started.url, get())
    status = started.stop(signal.SIGINT if how == "Ctrl+C" else signal.SIGTERM)
    if "signal" in cells()[how, server, workers]:
        assert (status, 128 + signal.SIGTERM) == (-signal.SIGTERM, 143)
    else:
        assert status in statuses(how, server, workers)


# Stopping ---------------------------------------------------------------------------------------

STREAM = """
import asyncio

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            kind = (await receive())["type"]
            print("app:", kind, flush=True)
            await send({"type": kind + ".complete"})
            if kind == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200})
    while True:
        await send({"type": "http.response.body", "body": b"tick", "more_body": True})
        await asyncio.sleep(0.05)
"""


def test_a_second_interrupt_does_not_wait_and_leaves_out_the_shutdown(
    tmp_path: Path, start_server: Start
) -> None:
    (tmp_path / "stream.py").write_text(STREAM, "utf-8")
    started = start_server("uvicorn", "stream:app", cwd=tmp_path)
    with connect_to(started.url) as client:
        client.sendall(get())
        assert client.recv(65_536)
        started.process.send_signal(signal.SIGINT)
        started.says("Waiting for connections to close. (CTRL+C to force quit)")
        assert not started.exited
        assert started.stop(signal.SIGINT) == 0
    assert "app: lifespan.startup" in started.log
    assert "app: lifespan.shutdown" not in started.log


# Where a server listens -------------------------------------------------------------------------


def test_everybody_may_open_the_unix_socket_that_uvicorn_makes(tmp_path: Path) -> None:
    path = tmp_path / "app.sock"
    with launched("uvicorn", "basics.say_hello:app", "--uds", str(path)) as started:
        started.says("Uvicorn running on unix socket")
        assert stat.S_IMODE(path.stat().st_mode) == 0o666
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(10)
            client.connect(str(path))
            assert b"Hello, ASGI!" in exchange(client, get())
        started.stop()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_uvicorn_serves_on_a_socket_that_its_parent_has_opened(workers: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        number = listener.fileno()
        options = ["--fd", str(number), "--workers", workers]
        with launched("uvicorn", "basics.say_hello:app", *options, pass_fds=(number,)) as started:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            assert b"Hello, ASGI!" in answer_to(url, get())  # waits in the queue until it is ready
            started.stop()


# Limits -----------------------------------------------------------------------------------------


def test_the_defaults_of_the_limits() -> None:
    import uvicorn

    config = uvicorn.Config("x")
    assert (config.backlog, config.limit_max_requests) == (2048, None)
    assert (config.ws_max_size, config.ws_per_message_deflate) == (16 * 1024 * 1024, True)


def test_a_single_process_ends_after_its_last_request(start_server: Start) -> None:
    started = start_server("uvicorn", "basics.answer_lifespan:app", "--limit-max-requests", "2")
    for _ in range(2):
        assert answer_to(started.url, get()).startswith(b"HTTP/1.1 200")
    assert started.ended() == 0
    assert "Application shutdown complete." in started.log


def test_a_worker_that_has_had_its_requests_is_replaced(start_server: Start) -> None:
    options = ["--limit-max-requests", "3", "--workers", "2"]
    started = start_server("uvicorn", "basics.answer_lifespan:app", *options)
    started.says("Application startup complete.", 2)
    while "Maximum request limit of 3 exceeded" not in started.log:
        # A worker that is just ending may take a connection and answer no more.
        answer = raw(started.url, get(headers="connection: close\r\n"))
        assert answer.startswith((b"HTTP/1.1 200", b"<end>"))
    started.says("Application startup complete.", 3)
    assert not started.exited


async def count_bytes(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": str(len(message["bytes"]))})


@pytest.mark.parametrize("compression", [None, "deflate"])
@pytest.mark.parametrize("server", SERVERS)
def test_a_message_of_a_websocket_may_have_16_mib_when_it_is_unpacked(
    server: str, compression: str | None, serve: Serve
) -> None:
    limit = 16 * 1024 * 1024
    with (
        serving(server, count_bytes, serve) as url,
        connect(url.replace("http", "ws"), compression=compression) as client,
    ):
        packed = "permessage-deflate" in client.response.headers.get("sec-websocket-extensions", "")
        assert packed == (compression == "deflate")
        client.send(bytes(limit))
        assert client.recv(timeout=20) == str(limit)
        with suppress(ConnectionClosed):
            client.send(bytes(limit + 1))
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=20)
        # A client that is still sending when the server closes may miss the close frame.
        assert client.close_code in ({1009} if packed else {1009, 1006})


@pytest.mark.parametrize("server", SERVERS)
def test_no_server_unpacks_a_body_for_the_app(server: str, serve: Serve) -> None:
    import gzip

    packed = gzip.compress(b"hello")
    head = f"content-encoding: gzip\r\ncontent-length: {len(packed)}\r\nconnection: close\r\n"
    with serving(server, load("http/echo_body.py"), serve) as url:
        answer = answer_to(url, get("/", "POST", head) + packed)
    assert packed.upper() in answer  # the app sends it back in capitals


# Responses --------------------------------------------------------------------------------------


ENDS = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    status = 204 if "204" in scope["path"] else 200
    await send({"type": "http.response.start", "status": status, "headers": []})
    if "ended" in scope["path"]:
        await send({"type": "http.response.body"})
"""


@pytest.mark.parametrize("server", SERVERS)
def test_a_response_without_content_needs_its_last_message_too(
    server: str, tmp_path: Path, start_server: Start
) -> None:
    (tmp_path / "ends.py").write_text(ENDS, "utf-8")
    started = start_server(server, "ends:app", cwd=tmp_path)
    complaint = "ASGI callable returned without completing response."
    for path in ("/200/ended", "/204/ended"):
        assert not raw(started.url, get(path), quiet=0.3).endswith(b"<end>")
    assert complaint not in started.log
    for path in ("/200", "/204"):
        assert raw(started.url, get(path), quiet=5).endswith(b"<end>")
    if server == "uvicorn":
        started.says(complaint, 2)


def test_hypercorn_refuses_a_header_of_str(serve: Serve) -> None:
    raised: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        try:
            await send({"type": "http.response.start", "status": 200, "headers": [("x-a", "b")]})
            await send({"type": "http.response.body"})
        except Exception as error:
            raised.append(type(error).__name__)
            raise

    with serving("hypercorn", app, serve) as url:
        assert raw(url, get(), quiet=0.3).startswith(b"HTTP/1.1 500")
    assert raised == ["TypeError"]


async def serve_page(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    status, body = (304, b"") if scope["path"] == "/same" else (200, b"Hi.")
    headers = [(b"content-type", b"text/plain"), (b"etag", b'"1"')]
    if status == 200:
        headers.append((b"content-length", b"3"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.mark.parametrize(
    ("path", "method", "body", "tag"),
    [
        ("/", "GET", b"b\r\nHi. -- ASGI\r\n0\r\n\r\n", False),
        ("/", "HEAD", b"", False),
        ("/same", "GET", b"", True),
    ],
)
@pytest.mark.parametrize("server", SERVERS)
def test_middleware_that_signs_what_may_be_signed(
    path: str, method: str, body: bytes, tag: bool, server: str, serve: Serve
) -> None:
    app = load_module("middleware/sign_text.py").sign_text(serve_page)
    with serving(server, app, serve) as url:
        answer = raw(url, get(path, method), quiet=0.3).removesuffix(b"<end>")
    head, _, told = answer.partition(b"\r\n\r\n")
    assert told == body
    assert (b"etag" in head) == tag
    assert b"content-length" not in head


@pytest.mark.parametrize(
    ("status", "headers", "signs"),
    [
        (200, [(b"content-type", b"text/html")], True),
        (200, [(b"content-type", b"text/html"), (b"content-encoding", b"gzip")], False),
        (200, [(b"content-type", b"image/png")], False),
        (206, [(b"content-type", b"text/html")], False),
        (204, [], False),
        (304, [], False),
    ],
)
def test_which_responses_may_be_signed(
    status: int, headers: list[tuple[bytes, bytes]], signs: bool
) -> None:
    module = load_module("middleware/sign_text.py")
    start = {"type": "http.response.start", "status": status, "headers": headers}
    assert module.may_sign(start) == signs


def test_the_commands_of_the_cheat_sheet_have_options_that_exist() -> None:
    table = yaml.safe_load((ROOT / "data/tables/commands.yml").read_text("utf-8"))
    commands = [row[1].strip("`").split() for row in table["rows"]]
    for server in SERVERS:
        told = subprocess.check_output([sys.executable, "-m", server, "--help"], text=True)
        used = {word for words in commands if words[0] == server for word in words if "--" in word}
        assert used
        assert all(re.search(rf"{option}\b", told) for option in used)
