"""Time is whole, real waiting is real, and what blocks the event loop is named by what it is."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import http.server
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from time import sleep
from typing import Any

import pytest

from asgiscope import Limits, Trace, run, run_source
from asgiscope.trace.text import as_text
from common.places import ROOT
from tests.asgiscope.apps import GET
from tests.asgiscope.clock.test_real_threads import answer, answering

QUICK = Limits(real=2)
pytestmark = pytest.mark.timeout(60)


def rules(trace: Trace) -> list[str]:
    return [finding.rule for finding in trace.findings]


# Clocks -------------------------------------------------------------------------------------


def test_all_clocks_of_the_time_module_and_of_asyncio_agree() -> None:
    def elapsed() -> list[float]:
        return [
            asyncio.get_running_loop().time(),
            time.monotonic(),
            time.monotonic_ns() / 1e9,
            time.perf_counter(),
            time.perf_counter_ns() / 1e9,
            time.time() - 1_767_225_600,
            time.time_ns() / 1e9 - 1_767_225_600,
        ]

    async def work() -> Any:
        await asyncio.sleep(41)
        day = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
        utc = datetime.datetime.fromtimestamp(time.time(), datetime.UTC).isoformat()
        return {round(moment, 3) for moment in elapsed()}, day, utc, time.localtime().tm_year

    assert answer(work) == (
        "({41.0}, '2026-01-01 00:00:41', '2026-01-01T00:00:41+00:00', 2026)",
        41,
    )


def test_a_thread_sees_the_same_clocks() -> None:
    def work() -> Any:
        time.sleep(5)
        return time.monotonic(), time.perf_counter(), time.time() - 1_767_225_600

    assert answer(lambda: asyncio.to_thread(work)) == ("(5.0, 5.0, 5.0)", 5)


def test_sleep_that_was_bound_before_the_run_is_virtual_and_named() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        sleep(1000)
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})

    trace = run(app, GET)
    assert (trace.time, rules(trace)) == (1000, ["loop-blocked"])
    assert trace.findings[0].values == {"seconds": 1000, "call": "time.sleep"}
    assert trace.findings[0].line == app.__code__.co_firstlineno + 1


def test_outside_a_run_what_is_replaced_is_real() -> None:
    run(answering(lambda: asyncio.sleep(0)), GET)
    begin = time.monotonic()
    sleep(0.01)
    assert time.monotonic() - begin >= 0.009
    assert abs(time.time() - datetime.datetime.now().timestamp()) < 5
    assert type(threading.Lock()).__module__ == "_thread"


# What really waits --------------------------------------------------------------------------


class Quiet(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        time.sleep(0.3)
        self.send_response(200)
        self.send_header("content-length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *args: Any) -> None: ...


@pytest.fixture
def port() -> Iterator[int]:
    """A real server, which takes 0.3 s for an answer."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


async def ask(port: int) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"GET / HTTP/1.0\r\n\r\n")
        answer = await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()
    return answer.decode().rpartition("\r\n")[2]


@pytest.mark.usefixtures("loopback")
def test_a_real_socket_is_waited_for_while_the_clock_stands(port: int) -> None:
    trace = run(answering(lambda: ask(port)), GET, limits=QUICK)
    assert (trace.outcome.body, trace.time) == (b"hello", 0)
    assert (rules(trace), trace.findings[0].level) == (["engine-real-time"], "note")


@pytest.mark.usefixtures("loopback")
def test_a_time_limit_that_is_longer_than_the_real_wait_does_not_end_it(port: int) -> None:
    trace = run(answering(lambda: asyncio.wait_for(ask(port), 1.5)), GET, limits=QUICK)
    assert (trace.outcome.body, trace.time) == (b"hello", 0)


@pytest.mark.usefixtures("loopback")
def test_a_time_limit_that_is_shorter_than_the_real_wait_ends_it(port: int) -> None:
    async def work() -> Any:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ask(port), 0.1)
        return time.monotonic()

    assert run(answering(work), GET, limits=QUICK).outcome.body == b"0.1"


@pytest.mark.usefixtures("loopback")
def test_a_real_request_in_a_thread_is_waited_for(port: int) -> None:
    def fetch() -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            return bytes(answer.read())

    trace = run(answering(lambda: asyncio.to_thread(fetch)), GET, limits=QUICK)
    assert (trace.outcome.body, trace.time) == (b"b'hello'", 0)
    assert trace.broken_rules() == []


def test_a_subprocess_is_waited_for() -> None:
    async def work() -> Any:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "print('hello')", stdout=subprocess.PIPE
        )
        return await process.communicate(), process.returncode

    trace = run(answering(work), GET, limits=Limits(real=20))
    assert trace.outcome.body == b"((b'hello\\n', None), 0)"
    assert trace.broken_rules() == []


def test_a_name_is_looked_up() -> None:
    async def work() -> Any:
        found = await asyncio.get_running_loop().getaddrinfo("127.0.0.1", 80)
        return found[0][4]

    trace = run(answering(work), GET, limits=QUICK)
    assert trace.outcome.body == b"('127.0.0.1', 80)"


@pytest.mark.usefixtures("loopback")
def test_a_server_of_the_app_that_nobody_calls_does_not_hold_up_the_clock_for_long() -> None:
    async def work() -> Any:
        server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
        async with server:
            await asyncio.sleep(50)
        return time.monotonic()

    begin = time.monotonic()
    assert run(answering(work), GET, limits=Limits(real=0.5)).outcome.body == b"50.0"
    assert time.monotonic() - begin < 10


def test_what_never_comes_is_given_up_with_its_line_and_no_blame() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)

    async def work() -> Any:
        return await asyncio.get_running_loop().sock_recv(ours, 1)

    with ours, theirs:
        trace = run(answering(work), GET, source=__file__, limits=Limits(real=0.5))
    assert "engine-gave-up" in rules(trace)
    assert "app-stuck" not in rules(trace)
    found = trace.findings[rules(trace).index("engine-gave-up")]
    assert found.line == work.__code__.co_firstlineno + 1
    assert found.values["seconds"] == 0.5


# What blocks the loop for real --------------------------------------------------------------


def test_a_process_that_is_waited_for_on_the_loop_is_noted_by_the_seconds_it_took() -> None:
    async def work() -> Any:
        command = [sys.executable, "-c", "import time; time.sleep(1.8)"]
        return subprocess.run(command, check=True).returncode

    trace = run(answering(work), GET, source=__file__)
    assert (trace.outcome.body, rules(trace)) == (b"0", [])
    (found,) = trace.measured
    assert (found.rule, found.level) == ("loop-busy", "note")
    assert found.values["call"] == "subprocess.run"
    assert found.values["seconds"] >= 1.5
    assert found.line == work.__code__.co_firstlineno + 2
    assert "loop-busy" not in trace.to_json()
    assert "loop-busy" in as_text(trace)


def test_computing_on_the_loop_is_noted_when_it_takes_long() -> None:
    async def work() -> Any:
        begin = time.process_time()
        while time.process_time() - begin < 1.5:
            hashlib.pbkdf2_hmac("sha256", b"", b"", 100_000)
        return "done"

    trace = run(answering(work), GET)
    assert [found.rule for found in trace.measured] == ["loop-busy"]
    assert run(answering(lambda: asyncio.sleep(0)), GET).measured == []


# anyio, whose parts come late ---------------------------------------------------------------

LATE = {
    "plain": "import anyio\n",
    "in the handler": "",
}
LATE_APP = """
async def app(scope, receive, send):
    import anyio, time
    await anyio.to_thread.run_sync(time.sleep, 3)
    async with await anyio.open_file(__FILE__) as file:
        text = await file.read()
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": text[:5].encode()})
"""
COMMAND = """
import sys
from asgiscope import run_source
import asgiscope.clock.thread_facts
asgiscope.clock.thread_facts.REAL = {real}
trace = run_source({text!r}, [{{"request": "GET /"}}], "x.py")
print(trace.outcome.body, trace.time, trace.findings)
"""


@pytest.mark.parametrize("real", [True, False])
@pytest.mark.parametrize("when", LATE)
def test_anyio_is_followed_however_late_it_is_imported(when: str, real: bool) -> None:
    text = LATE[when] + LATE_APP.replace("__FILE__", repr(str(ROOT / "LICENSE")))
    command = [sys.executable, "-c", COMMAND.format(text=text, real=real)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    start = (ROOT / "LICENSE").read_text("utf-8")[:5]
    assert told.stdout == f"{start.encode()!r} 3.0 []\n"


# Where there are no threads -----------------------------------------------------------------


def test_what_cannot_be_followed_without_threads_is_told_and_not_blamed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("asgiscope.clock.thread_facts.REAL", False)
    text = (
        "import asyncio, queue, threading\n"
        "async def app(scope, receive, send):\n"
        "    loop = asyncio.get_running_loop()\n"
        "    wait = lambda: asyncio.run_coroutine_threadsafe(asyncio.sleep(1), loop).result()\n"
        "    await asyncio.to_thread(wait)\n"
    )
    trace = run_source(text, GET, "x.py")
    assert rules(trace)[0] == "engine-cannot-follow"
    assert trace.findings[0].values == {"what": "Future.result"}
    assert "app-raised" not in rules(trace)


def test_a_print_of_a_thread_comes_at_its_own_time_without_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = (
        "import asyncio, time\n"
        "def work():\n    time.sleep(2)\n    print('done')\n"
        "async def app(scope, receive, send):\n"
        "    await asyncio.to_thread(work)\n"
        "    await send({'type': 'http.response.start', 'status': 200})\n"
        "    await send({'type': 'http.response.body'})\n"
    )
    real = run_source(text, GET, "x.py")
    monkeypatch.setattr("asgiscope.clock.thread_facts.REAL", False)
    assert run_source(text, GET, "x.py").to_json() == real.to_json()
    assert [e.t for e in real.events if e.kind == "print"] == [2]
