"""What the chapters for beginners say, tried on the pinned Uvicorn and on this Python."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from asgiscope import run
from tests.snippets.loading import load
from tests.snippets.server_process import SNIPPETS, Running, Start, running
from tests.snippets.wire import answer_to, connect_to, exchange, get, raw

SAY_HELLO = SNIPPETS / "basics/say_hello.py"


def put_beside(folder: Path, port: int) -> None:
    """``say_hello.py`` and ``run_app.py`` in one folder, as the page says."""
    (folder / "say_hello.py").write_text(SAY_HELLO.read_text("utf-8"), "utf-8")
    script = (SNIPPETS / "start/run_app.py").read_text("utf-8")
    assert "port=8000" in script
    (folder / "run_app.py").write_text(script.replace("8000", str(port)), "utf-8")


@pytest.fixture
def debugged(tmp_path: Path, free_port: int) -> Iterator[Running]:
    """``run_app.py`` under the debugger, which stops where the app sends."""
    put_beside(tmp_path, free_port)
    lines = SAY_HELLO.read_text("utf-8").split("\n")
    number = next(index for index, line in enumerate(lines, 1) if "await send" in line)
    command = [sys.executable, "-m", "pdb", "-c", f"break say_hello.py:{number}", "-c", "continue"]
    process = subprocess.Popen(
        [*command, "run_app.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    server = Running(process)
    try:
        server.says("Uvicorn running on")
        yield server
    finally:
        assert process.stdin is not None
        process.stdin.close()
        server.clear_up()


def test_a_breakpoint_stops_the_app_and_everybody_else_waits(debugged: Running) -> None:
    with connect_to(debugged.url) as client:
        client.sendall(get())
        debugged.says("app()\n")
        assert raw(debugged.url, get(), first=0.5) == b""
        assert debugged.process.stdin is not None
        debugged.process.stdin.write("clear 1\ncontinue\n")
        debugged.process.stdin.flush()
        assert b"Hello, ASGI!" in exchange(client, b"")
    assert b"Hello, ASGI!" in answer_to(debugged.url, get())


@pytest.mark.usefixtures("loopback")
def test_the_editor_starts_the_server_as_the_command_does() -> None:
    (started,) = json.loads((SNIPPETS / "start/launch.json").read_text("utf-8"))["configurations"]
    (app,) = started["args"]
    assert app == "say_hello:app"
    with running(started["module"], app, cwd=SAY_HELLO.parent) as server:
        assert b"Hello, ASGI!" in answer_to(server.url, get())


@pytest.mark.parametrize(
    ("options", "same"), [([], True), (["--reload"], False), (["--workers", "2"], False)]
)
def test_which_options_move_the_app_into_another_process(
    options: list[str], same: bool, tmp_path: Path, start_server: Start
) -> None:
    hello = SAY_HELLO.read_text("utf-8")
    say = 'import os\n\nos.write(1, f"imported by {os.getpid()}\\n".encode())\n'
    (tmp_path / "say_hello.py").write_text(say + hello, "utf-8")
    server = start_server("uvicorn", "say_hello:app", *options, cwd=tmp_path)
    server.says("imported by")
    assert (f"imported by {server.process.pid}\n" in server.log) == same


def test_python_warns_of_a_coroutine_that_nobody_awaited(start_server: Start) -> None:
    server = start_server("uvicorn", "start.forget_await_wrong:app")
    assert b"your tea" in answer_to(server.url, get())
    server.says("RuntimeWarning: coroutine 'make' was never awaited")
    assert "tea is ready" not in server.log


def test_a_coroutine_does_not_begin_when_it_is_called() -> None:
    trace = run(load("start/brew_tea.py"), [{"request": "GET /"}])
    printed = [(event.message["text"], event.t) for event in trace.events if event.kind == "print"]
    assert printed == [("called", 0), ("tea begins", 0), ("tea is ready", 2)]


@pytest.mark.parametrize(("path", "seconds"), [("/in-turn", 3), ("/together", 2)])
def test_how_long_two_waits_take(path: str, seconds: int) -> None:
    trace = run(load("start/make_breakfast.py"), [{"request": f"GET {path}"}])
    assert trace.events[-1].t == seconds
