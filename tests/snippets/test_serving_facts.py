"""What "How this site is served" says of Starlette and Uvicorn, tried on the pinned ones."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from tests.asgiscope.real_servers import wait_until
from tests.snippets.loading import load
from tests.snippets.server_thread import Serve, ServeWith, uvicorn_with
from tests.snippets.wire import connect_to, exchange, get

OLD = "Mon, 01 Jan 2001 00:00:00 GMT"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "file.pdf").write_bytes(b"%PDF" * 100)
    return tmp_path


@pytest.fixture
def url(folder: Path, serve: Serve) -> str:
    return serve(StaticFiles(directory=folder)) + "/file.pdf"


@pytest.mark.parametrize(
    ("method", "asked", "status", "told"),
    [
        ("GET", "lines=0-3", 400, None),  # an unknown unit is to be ignored
        ("HEAD", "bytes=0-3", 206, "bytes 0-3/400"),  # ranges are for GET only
        ("GET", "bytes=0-3, 9999-", 416, "bytes */400"),  # the first range can be satisfied
    ],
)
def test_file_response_differs_from_the_rfc_in_three_places(
    url: str, method: str, asked: str, status: int, told: str | None
) -> None:
    answer = httpx.request(method, url, headers={"range": asked})
    assert (answer.status_code, answer.headers.get("content-range")) == (status, told)


def test_a_few_lines_serve_a_folder(
    folder: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("<p>Hello", "utf-8")
    monkeypatch.chdir(folder)
    url = serve(load("deploy/serve_folder.py"))
    page = httpx.get(url + "/")
    assert (page.status_code, page.text) == (200, "<p>Hello")
    assert page.headers["content-type"].startswith("text/html")
    assert {"etag", "last-modified"} <= page.headers.keys()
    assert httpx.get(url + "/", headers={"if-none-match": page.headers["etag"]}).status_code == 304
    assert httpx.get(url + "/", headers={"range": "bytes=0-2"}).content == b"<p>"
    for path in ("/../file.pdf", "/%2e%2e/file.pdf", "/..%2ffile.pdf"):
        with connect_to(url) as client:
            assert exchange(client, get(path)).startswith(b"HTTP/1.1 404")


def test_static_files_makes_its_tag_from_time_and_size(url: str, folder: Path) -> None:
    tags = [httpx.head(url).headers["etag"]]
    os.utime(folder / "file.pdf", (0, 0))
    tags.append(httpx.head(url).headers["etag"])
    (folder / "file.pdf").write_bytes(b"other" * 80)
    os.utime(folder / "file.pdf", (0, 0))
    tags.append(httpx.head(url).headers["etag"])
    assert tags[0] != tags[1] == tags[2]


@pytest.mark.parametrize("headers", [{"if-match": '"other"'}, {"if-unmodified-since": OLD}])
def test_static_files_does_not_look_at_two_of_the_conditions(
    url: str, headers: dict[str, str]
) -> None:
    answer = httpx.get(url, headers=headers)
    assert (answer.status_code, answer.content) == (200, b"%PDF" * 100)


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHost"])
def test_uvicorn_waits_for_a_head_longer_than_for_an_idle_connection(
    serve_with: ServeWith, folder: Path, said: bytes
) -> None:
    """A client that has never finished a head outlasts the time for idle connections."""
    url = serve_with(StaticFiles(directory=folder), "--timeout-keep-alive", "1")
    with connect_to(url) as idle, connect_to(url) as opened:
        exchange(idle, get("/file.pdf"))
        opened.sendall(said)
        assert idle.recv(1) == b""  # closed when its time is up
        opened.settimeout(0.5)
        with pytest.raises(TimeoutError):
            opened.recv(1)


def test_uvicorn_closes_idle_connections_after_five_seconds_by_default() -> None:
    assert uvicorn.Config(StaticFiles()).timeout_keep_alive == 5


def say(url: str, target: str) -> bytes:
    address = urlsplit(url)
    head = f"GET {target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    with socket.create_connection((str(address.hostname), address.port or 80), 5) as opened:
        opened.sendall(head.encode())
        return opened.makefile("rb").read()


def test_starlette_redirects_to_whatever_host_the_request_names(loopback: None) -> None:
    app = Starlette(routes=[Mount("/", PlainTextResponse("ok"))])
    with uvicorn_with(app, http="h11") as url:
        assert b"location: http://evil.example/" in say(url, "?x")


def test_uvicorn_passes_a_whole_address_on_as_it_came(loopback: None) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse(scope["path"])(scope, receive, send)

    with uvicorn_with(app, http="h11", lifespan="off") as url:
        assert say(url, "http://example.org/en/").endswith(b"\r\n\r\nhttp://example.org/en/")


def test_asyncio_logs_a_traceback_for_each_attempt_when_no_descriptor_is_left(
    tmp_path: Path, loopback: None
) -> None:
    log = tmp_path / "log"
    limit = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))"
    code = f"{limit}\nimport uvicorn; uvicorn.run(None, port=0, lifespan='off', backlog=100)"
    with (
        log.open("w") as written,
        subprocess.Popen([sys.executable, "-c", code], stderr=written) as server,
        ExitStack() as opened,
    ):
        opened.callback(server.kill)
        wait_until(
            lambda: "running on" in log.read_text() or server.poll() is not None,
            "uvicorn did not start",
        )
        port = int(log.read_text().split("127.0.0.1:")[1].split()[0])
        for _ in range(70):
            opened.enter_context(socket.create_connection(("127.0.0.1", port)))
        wait_until(
            lambda: log.read_text().count("Too many open files") >= 100, "it logs no tracebacks"
        )
