"""More connections than a server can hold: those that wait longest go, and service goes on."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.responses import PlainTextResponse

from snippets.serving.log_sparingly import Sparingly
from snippets.serving.wait_briefly import WaitBriefly
from tests.conftest import _wait_for, serving
from tests.serving.conftest import BIG, Process, ask, server_process, speak

CROWD = 1100
FEW = 1024  # descriptors, which many systems give a process


@pytest.fixture(scope="module")
def many_descriptors() -> None:
    """As many as a crowd needs here, on this side of its connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= soft < 2 * CROWD:
        resource.setrlimit(resource.RLIMIT_NOFILE, (2 * CROWD, hard))


@contextmanager
def crowd(url: str, count: int, said: bytes = b"") -> Iterator[list[socket.socket]]:
    """So many connections at once, each having said this; others are served all the while."""
    address = ("127.0.0.1", urlsplit(url).port or 80)
    with ExitStack() as stack:
        opened: list[socket.socket] = []
        for number in range(count):
            one = stack.enter_context(socket.socket())
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.connect(address)
            one.sendall(said)
            opened.append(one)
            if number % 25 == 0:  # and so none of them waits for the server to accept it
                assert status_of(f"{url}/health") == 200
        yield opened


def status_of(url: str) -> int | None:
    """What a reader gets, whose browser tries again when it has been sent away at first.

    That happens while all others are being served: until nobody reads what they asked for.
    """
    statuses: list[int] = []

    def gets_in() -> bool:
        with contextlib.suppress(httpx.TransportError):
            answer = ask(url)
            assert answer.elapsed.total_seconds() < 5
            statuses.append(answer.status_code)
        return bool(statuses)

    _wait_for(gets_in)
    return statuses[0]


@pytest.fixture
def small(site: Path, tmp_path: Path, loopback: None, many_descriptors: None) -> Iterator[Process]:
    """A server with room for a hundred connections."""
    with server_process(site, tmp_path / "log", descriptors=300) as process:
        yield process


@pytest.mark.parametrize("said", [b"", b"GET /en/ HTTP/1.1\r\nHost"], ids=["nothing", "half"])
def test_a_crowd_does_not_end_service(
    site: Path, tmp_path: Path, loopback: None, many_descriptors: None, said: bytes
) -> None:
    log = tmp_path / "log"
    with server_process(site, log, descriptors=FEW) as process, crowd(process.url, CROWD, said):
        assert ask(f"{process.url}/en/").status_code == 200
    assert log.stat().st_size < 10_000


def test_a_crowd_does_not_end_service_of_nginx_either(
    nginx_url: str, many_descriptors: None
) -> None:
    with crowd(nginx_url, CROWD):
        assert ask(f"{nginx_url}/en/").status_code == 200


@pytest.mark.parametrize("path", ["/health", BIG], ids=["idle", "unread"])
def test_connections_that_had_an_answer_make_room_too(small: Process, path: str) -> None:
    """Kept alive and idle, or with a download that nobody reads, each with a file open."""
    said = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    with crowd(small.url, 250, said):
        assert status_of(f"{small.url}/en/") == 200
    assert small.log.read_text().count("Traceback") == 0


def is_open(one: socket.socket) -> bool:
    one.setblocking(False)
    try:
        return bool(one.recv(1))
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False


def test_who_has_waited_longest_goes_first(small: Process) -> None:
    with crowd(small.url, 75) as first:
        assert all(map(is_open, first))
        first[0].setblocking(True)
        first[0].sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")  # waits anew
        assert first[0].recv(65_536)
        with crowd(small.url, 1):
            assert [is_open(one) for one in first[:4]] == [True, False, False, True]


def test_who_is_being_served_is_never_sent_away(loopback: None) -> None:
    class RoomForTwo(WaitBriefly):
        most, waiting = 2, {}

    called: list[str] = []
    finished = threading.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        called.append(scope["path"])
        while not finished.is_set():
            await asyncio.sleep(0.01)
        await PlainTextResponse("served")(scope, receive, send)

    said = b"GET /%d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with (
        serving(app, http=RoomForTwo, lifespan="off") as url,
        ThreadPoolExecutor() as threads,
    ):
        served = [threads.submit(speak, url, said % number) for number in range(2)]
        _wait_for(lambda: len(called) == 2)
        assert speak(url, b"") == b""  # a third is sent away at once
        finished.set()
        assert [one.result()[-6:] for one in served] == [b"served"] * 2


def test_a_limit_that_is_high_enough_stays() -> None:
    from snippets.serving.raise_limit import raise_limit

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert raise_limit(soft) == soft
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (soft, hard)


def test_the_log_of_what_goes_wrong_is_bounded(process: Process) -> None:
    for _ in range(200):
        speak(process.url, b"nonsense\r\n\r\n")
    process.running.terminate()
    process.running.wait(5)
    assert process.log.read_text().count("Invalid HTTP request") <= 20


def test_a_log_says_how_many_lines_it_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    few = Sparingly()
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "%s went wrong", ("it",), None)
    passed = [few.filter(logging.makeLogRecord(record.__dict__)) for _ in range(50)]
    assert passed == [True] * 20 + [False] * 30
    now += 60
    assert few.filter(record)
    assert record.getMessage() == "(30 lines left out) it went wrong"


def test_a_long_request_makes_a_short_line(process: Process) -> None:
    ask(f"{process.url}/" + "%00" * 4000)
    speak(process.url, b"A" * 9000 + b" / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    _wait_for(lambda: process.has_logged('"status": 405'))
    assert max(map(len, process.log.read_text().splitlines())) < 4000
