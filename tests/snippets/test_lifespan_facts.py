"""What "Learn" says of the lifespan and of middleware, tried on the pinned servers."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from asgiscope import run
from tests.asgiscope.real_servers import SERVERS, serving
from tests.snippets.loading import load, load_module
from tests.snippets.server_process import Start, launched
from tests.snippets.server_thread import Serve
from tests.snippets.wire import answer_to, get, raw

# Lifespan ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize(
    ("server", "workers", "statuses"),
    [
        ("uvicorn", "1", {3}),
        ("uvicorn", "2", {0}),
        ("hypercorn", "1", {0}),
        # Its parent ends the other workers and takes the status of those that it finds ended by
        # then: none, one that failed by itself, or one that it terminated (-15).
        ("hypercorn", "2", {0, 1, 241}),
    ],
)
def test_startup_failed_stops_the_server(server: str, workers: str, statuses: set[int]) -> None:
    with launched(server, "lifespan.refuse_start:app", "--workers", workers) as started:
        assert started.ended() in statuses
    assert "no database: port 5432 is closed" in started.log


def test_an_exception_at_startup_is_hidden_unless_lifespan_is_on(start_server: Start) -> None:
    app = "lifespan.raise_startup_wrong:app"
    with launched("uvicorn", app, "--lifespan", "on") as refused:  # both start together
        served = start_server("uvicorn", app)
        assert served.stop(signal.SIGINT) == 0
        assert refused.ended() == 3
    assert "ASGI 'lifespan' protocol appears unsupported." in served.log
    assert "ConnectionRefusedError" not in served.log
    assert "ConnectionRefusedError: port 5432 is closed" in refused.log


@pytest.mark.usefixtures("loopback")
def test_with_workers_an_exception_at_startup_ends_in_status_0() -> None:
    options = ["--lifespan", "on", "--workers", "2"]
    with launched("uvicorn", "lifespan.raise_startup_wrong:app", *options) as refused:
        assert refused.ended() == 0
    assert "ConnectionRefusedError: port 5432 is closed" in refused.log


@pytest.mark.parametrize(("workers", "runs"), [("1", "False"), ("2", "True")])
def test_whether_a_loop_runs_at_the_import_depends_on_the_workers(
    workers: str, runs: str, tmp_path: Path, start_server: Start
) -> None:
    (tmp_path / "tell_loop.py").write_text(
        "import asyncio\n"
        "print(f'runs: {asyncio._get_running_loop() is not None}')\n"
        "async def app(scope, receive, send): raise NotImplementedError\n",
        "utf-8",
    )
    server = start_server("uvicorn", "tell_loop:app", "--workers", workers, cwd=tmp_path)
    server.says(f"runs: {runs}", int(workers))


def test_hypercorn_warns_of_an_exception_at_startup_and_serves(start_server: Start) -> None:
    server = start_server("hypercorn", "lifespan.raise_startup_wrong:app")
    warning = "[WARNING] ASGI Framework Lifespan error, continuing without Lifespan support"
    assert warning in server.log
    assert answer_to(server.url, get()).startswith(b"HTTP/1.1 500")  # there is no pool
    server.says("KeyError: 'pool'")


def test_a_silent_return_counts_as_success_today(start_server: Start) -> None:
    server = start_server("uvicorn", "lifespan.return_silently_wrong:app")
    assert "Application startup complete." in server.log
    assert "unsupported" not in server.log


def test_a_task_of_the_lifespan_ends_with_it(start_server: Start) -> None:
    trace = run(
        load("lifespan/refresh_cache.py"), [{"startup": True}, {"wait": 130}, {"shutdown": True}]
    )
    assert [event.t for event in trace.events if event.kind == "print"] == [0, 60, 120]
    assert trace.findings == []
    server = start_server("uvicorn", "lifespan.refresh_cache:app")
    assert server.stop(signal.SIGINT) == 0
    assert "Application shutdown complete." in server.log


def test_each_worker_has_a_lifespan_of_its_own(start_server: Start) -> None:
    server = start_server("uvicorn", "lifespan.refresh_cache:app", "--workers", "2")
    server.says("Application startup complete.", 2)
    server.stop(signal.SIGINT)
    assert server.log.count("Application shutdown complete.") == 2


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
        assert b"{}" in answer_to(url, get())


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


@pytest.mark.parametrize("status", [204, 304])
@pytest.mark.parametrize("signed", [True, False])
def test_a_response_that_has_no_body_must_not_be_signed(
    status: int, signed: bool, serve: Serve
) -> None:
    raised: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        await send({"type": "http.response.start", "status": status})
        try:
            await send({"type": "http.response.body"})
        except Exception as error:
            raised.append(type(error).__name__)
            raise

    sign_page = load_module("middleware/sign_page.py").sign_page
    answer = raw(serve(sign_page(app) if signed else app), get(), quiet=0.3)
    assert answer.endswith(b"\r\n\r\n<end>" if signed else b"\r\n\r\n")
    assert raised == ["RuntimeError"] * signed


def test_an_async_factory_makes_no_app(serve: Serve) -> None:
    app = load("middleware/wrap_app_wrong.py")
    try:
        assert "app-not-callable" in run(app, [{"request": "GET /"}]).broken_rules()
        assert answer_to(serve(app), get()).startswith(b"HTTP/1.1 500")
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
