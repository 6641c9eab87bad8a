"""Whatever an app does, its run ends, within its limits, with a finding that names the line."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from asgiscope import Limits, Trace, run, run_source
from common.places import ROOT
from tests.asgiscope.apps import GET

QUICK = Limits(real=1)
pytestmark = pytest.mark.timeout(30)


def first(trace: Trace) -> tuple[str, int | None]:
    return trace.findings[0].rule, trace.findings[0].line


def line_of(function: Any, text: str) -> int:
    """The line of a function's source that has a text."""
    import inspect

    lines, start = inspect.getsourcelines(function)
    return start + next(number for number, line in enumerate(lines) if text in line)


def spin() -> None:
    while True:
        pass


def test_an_endless_loop_in_a_helper_is_stopped_at_its_line() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        spin()

    rule, line = first(run(app, GET, limits=QUICK))
    assert rule == "app-over-budget"
    assert line in (line_of(spin, "while"), line_of(spin, "pass"))


def test_an_endless_loop_in_a_route_of_a_framework_is_stopped_at_its_line() -> None:
    async def endpoint(request: Request) -> None:
        while True:
            pass

    app = Starlette(routes=[Route("/", endpoint)])
    rule, line = first(run(app, GET, source=__file__, limits=QUICK))
    assert rule == "app-over-budget"
    assert line in (line_of(endpoint, "while"), line_of(endpoint, "pass"))


def test_an_endless_loop_in_a_library_is_stopped_at_the_line_that_calls_it() -> None:
    names: dict[str, Any] = {}
    exec(compile("def spin():\n while True:\n  pass\n", "library.py", "exec"), names)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        names["spin"]()

    trace = run(app, GET, limits=QUICK)
    assert first(trace) == ("app-over-budget", line_of(app, "spin"))


def test_an_endless_loop_of_one_line_is_stopped() -> None:
    text = "async def app(scope, receive, send):\n    while True: pass\n"
    assert first(run_source(text, GET, "x.py")) == ("app-over-budget", 2)


def test_an_endless_loop_that_catches_everything_is_stopped() -> None:
    def stubborn() -> None:
        while True:
            with contextlib.suppress(BaseException):
                spin()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        stubborn()

    assert first(run(app, GET, limits=QUICK))[0] == "app-over-budget"
    assert sys.gettrace() is None or "coverage" in sys.modules


def test_an_endless_loop_in_a_task_of_the_app_is_stopped() -> None:
    async def background() -> None:
        spin()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        task = asyncio.create_task(background())
        await asyncio.sleep(1)
        await task

    rule, line = first(run(app, GET, limits=QUICK))
    assert rule == "app-over-budget"
    assert line in (line_of(spin, "while"), line_of(spin, "pass"))


def test_an_endless_loop_in_a_thread_is_stopped_at_its_line() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.to_thread(spin)

    rule, line = first(run(app, GET, limits=QUICK))
    assert rule == "app-over-budget"
    assert line in (line_of(spin, "while"), line_of(spin, "pass"))


def test_an_endless_loop_on_another_thread_than_the_main_one_is_stopped() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        spin()

    traces: list[Trace] = []
    thread = threading.Thread(target=lambda: traces.append(run(app, GET, limits=QUICK)))
    thread.start()
    thread.join(20)
    assert first(traces[0])[0] == "app-over-budget"


def test_an_app_that_sleeps_on_the_loop_for_ever_is_stopped_soon() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        while True:
            time.sleep(0.1)

    begin = time.process_time()
    trace = run(app, GET)
    assert trace.findings[-1].rule == "app-over-budget"
    assert trace.findings[-1].line in (line_of(app, "while"), line_of(app, "sleep"))
    assert time.process_time() - begin < 5


def test_an_app_that_goes_on_for_ever_without_clients_is_stopped_soon() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        while True:
            await asyncio.sleep(0.1)

    begin = time.process_time()
    assert first(run(app, GET))[0] == "app-over-budget"
    assert time.process_time() - begin < 10


def test_a_queue_that_nobody_fills_is_named_on_the_loop_and_in_a_thread() -> None:
    async def on_loop(scope: Any, receive: Any, send: Any) -> None:
        queue.SimpleQueue().get()

    async def in_thread(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.to_thread(lambda: queue.SimpleQueue().get())

    assert first(run(on_loop, GET)) == ("loop-waits-for-ever", line_of(on_loop, "get()"))
    assert first(run(in_thread, GET)) == ("thread-waits-for-ever", line_of(in_thread, "get()"))


LOCK = threading.Lock()
JOBS: queue.SimpleQueue[int] = queue.SimpleQueue()


@pytest.mark.parametrize(
    "handler",
    [signal.default_int_handler, signal.SIG_IGN, lambda *about: None],
    ids=["default", "ignored", "another"],  # ignored in the background of a shell's script
)
def test_a_real_call_that_never_returns_holds_the_loop_and_is_stopped(handler: Any) -> None:
    """The lock is older than the run, so it is a real one."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        with LOCK:
            pass

    before = signal.signal(signal.SIGINT, handler)
    LOCK.acquire()
    trace = run(app, GET, limits=QUICK)
    LOCK.release()
    signal.signal(signal.SIGINT, before)
    assert first(trace) == ("loop-held", line_of(app, "with LOCK"))
    assert trace.findings[0].values["seconds"] == 1


FIRST_ELSEWHERE = """
import signal, sys, threading
from asgiscope import Limits, run
signal.signal(signal.SIGINT, signal.SIG_IGN)
lock = threading.Lock()
async def app(scope, receive, send):
    with lock:
        pass
start = [{"request": "GET /"}]
thread = threading.Thread(target=run, args=(app, start))
thread.start()
thread.join()
lock.acquire()
print(run(app, start, limits=Limits(real=1)).findings[0].rule)
"""


def test_a_blocked_run_is_woken_although_the_first_run_was_on_another_thread(
    project: Path,
) -> None:
    command = [sys.executable, "-c", FIRST_ELSEWHERE]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=25)
    assert done.stdout == "loop-held\n", done.stderr


def test_a_finalizer_that_never_ends_is_stopped_and_nothing_is_printed(capfd: Any) -> None:
    class Spins:
        def __del__(self) -> None:
            spin()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        del [Spins()][:]
        await asyncio.sleep(1)

    trace = run(app, GET, source=__file__, limits=QUICK)
    assert first(trace)[0] == "app-over-budget"
    assert capfd.readouterr() == ("", "")


def test_a_socket_that_says_nothing_is_not_waited_for_for_ever() -> None:
    ours, theirs = socket.socketpair()

    async def on_loop(scope: Any, receive: Any, send: Any) -> None:
        ours.recv(1)

    async def in_thread(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.to_thread(ours.recv, 1)

    with ours, theirs:
        assert first(run(on_loop, GET, limits=QUICK)) == ("loop-held", line_of(on_loop, "recv"))
        trace = run(in_thread, GET, limits=QUICK)
        assert "engine-gave-up" in [finding.rule for finding in trace.findings]
        theirs.send(b"x")


def test_a_thread_that_waits_in_a_real_queue_harms_nobody() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        threading.Thread(target=JOBS.get, daemon=True).start()
        await asyncio.sleep(1)
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})

    trace = run(app, GET, limits=QUICK)
    JOBS.put(1)
    assert (trace.outcome.status, trace.broken_rules()) == (200, [])


def test_a_clean_up_that_never_ends_is_stopped_too() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            spin()

    trace = run(app, GET, limits=QUICK)
    assert first(trace)[0] == "app-stuck"


STUBBORN_THREAD = """
import threading, sys
from asgiscope import Limits, run

async def app(scope, receive, send):
    def spin():
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
    threading.Thread(target=spin).start()
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body"})

print(run(app, [{"request": "GET /"}], limits=Limits(real=1)).outcome.status)
"""


def test_a_process_ends_although_a_thread_of_the_app_does_not() -> None:
    command = [sys.executable, "-c", STUBBORN_THREAD]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert (told.stdout, told.returncode) == ("200\n", 0)


def test_an_interrupt_by_a_person_ends_the_run_as_it_ends_any_program() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(app, GET)


def test_nothing_hangs_where_there_are_no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asgiscope.clock.thread_facts.REAL", False)

    async def own_loop(scope: Any, receive: Any, send: Any) -> None:
        assert await asyncio.to_thread(asyncio.run, asyncio.sleep(0.01, "slept")) == "slept"

    async def polling(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.to_thread(lambda: [time.sleep(0.1) for _ in iter(int, 1)])

    async def waiting(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.to_thread(queue.SimpleQueue().get)

    assert first(run(own_loop, GET))[0] == "http-no-response"
    assert first(run(polling, GET, limits=Limits(seconds=1000)))[0] == "app-over-budget"
    assert first(run(waiting, GET))[0] == "engine-cannot-follow"


def test_an_endless_loop_in_a_thread_of_source_text_is_counted() -> None:
    text = (
        "import asyncio\n"
        "def work():\n"
        "    while True:\n"
        "        pass\n"
        "async def app(scope, receive, send):\n"
        "    await asyncio.to_thread(work)\n"
    )
    rule, line = first(run_source(text, GET, "x.py"))
    assert rule == "app-over-budget"
    assert line in (3, 4)
