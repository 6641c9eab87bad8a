"""What the chapter on sync code says of threads, tried on the pinned versions."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import json
import signal
import socket
import sys
import threading
import time
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import anyio
import pytest
from anyio import to_thread
from asgiref.sync import sync_to_async

from asgiscope import run
from tests.asgiscope.real_servers import ask
from tests.snippets.loading import load
from tests.snippets.server_process import running
from tests.snippets.server_thread import Serve


def at_once(url: str, paths: list[str]) -> list[float]:
    """Ask for all of them at the same time: after how many seconds each answer came."""
    begin, taken = time.monotonic(), [0.0] * len(paths)

    def one(number: int, path: str) -> None:
        assert ask(url, "GET", path)[0] == 200
        taken[number] = time.monotonic() - begin

    threads = [threading.Thread(target=one, args=(n, path)) for n, path in enumerate(paths)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


# Sync: where a plain def runs ---------------------------------------------------------------------


def body_of(app: Any) -> bytes:
    """The body of ``GET /``, without the engine: threads are real."""

    async def go() -> bytes:
        messages = [{"type": "http.request", "body": b"", "more_body": False}]
        sent: list[Any] = []

        async def receive() -> Any:
            if messages:
                return messages.pop()
            return await asyncio.sleep(60)

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": "/", "raw_path": b"/", "query_string": b"", "root_path": "",
            "headers": [(b"host", b"x")], "client": ("127.0.0.1", 1), "server": ("x", 80),
        }  # fmt: skip
        await asyncio.wait_for(app(scope, receive, send), 10)
        return b"".join(message.get("body", b"") for message in sent)

    return asyncio.run(go())


def where(main: int) -> str:
    return "loop" if threading.get_ident() == main else "thread"


def test_starlette_fastapi_and_quart_run_a_plain_def_in_a_thread() -> None:
    from fastapi import Depends, FastAPI
    from quart import Quart
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    main = threading.get_ident()

    def plain(request: Any) -> Any:
        return PlainTextResponse(where(main))

    assert body_of(Starlette(routes=[Route("/", plain)])) == b"thread"
    fastapi, quart = FastAPI(), Quart("quart")

    def dependency() -> str:
        return where(main)

    # The annotations of this module are texts, and these names are local: no decorators.
    async def mixed(found: str) -> list[str]:
        return [where(main), found]

    mixed.__annotations__["found"] = Annotated[str, Depends(dependency)]
    fastapi.get("/", response_model=None)(mixed)
    assert json.loads(body_of(fastapi)) == ["loop", "thread"]
    quart.get("/")(lambda: where(main))
    assert body_of(quart) == b"thread"


@pytest.mark.parametrize(
    ("options", "place", "warned"),
    [({}, b"loop", 1), ({"sync_to_thread": True}, b"thread", 0)],
)
def test_litestar_runs_a_plain_def_in_the_loop_and_warns(
    options: Any, place: bytes, warned: int
) -> None:
    from litestar import Litestar, get

    main = threading.get_ident()

    def plain() -> str:
        return where(main)

    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        app = Litestar([get("/", **options)(plain)])
    assert body_of(app) == place
    assert len([w for w in found if "sync_to_thread" in str(w.message)]) == warned


def test_blacksheep_runs_a_plain_def_in_the_loop_and_falcon_refuses_it() -> None:
    import blacksheep
    import falcon.asgi

    main = threading.get_ident()
    router = blacksheep.Router()
    app = blacksheep.Application(router=router)
    router.add_get("/", lambda: blacksheep.text(where(main)))
    assert body_of(app) == b"loop"

    class Resource:
        def on_get(self, request: Any, response: Any) -> None: ...

    with pytest.raises(TypeError, match="must be a non-blocking async coroutine"):
        falcon.asgi.App().add_route("/", Resource())


DJANGO = """
import threading, time
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="x", ALLOWED_HOSTS=["*"])
from django.core.asgi import get_asgi_application
from django.http import HttpResponse
from django.urls import path

def sleep(request):
    time.sleep(0.5)
    return HttpResponse(str(threading.current_thread() is threading.main_thread()))

urlpatterns = [path("", sleep)]
app = get_asgi_application()
"""


def test_django_has_a_thread_for_each_request(tmp_path: Path, free_port: int) -> None:
    (tmp_path / "site_of_django.py").write_text(DJANGO)
    options = ["--lifespan", "off"]
    with running("uvicorn", "site_of_django:app", free_port, *options, cwd=tmp_path) as server:
        assert ask(server.url, "GET", "/") == (200, b"False")
        assert max(at_once(server.url, ["/", "/"])) < 0.95  # together, not one after the other


# Sync: the places ---------------------------------------------------------------------------------


def test_what_of_starlette_waits_for_the_same_places(tmp_path: Path) -> None:
    from starlette.background import BackgroundTask
    from starlette.responses import FileResponse, PlainTextResponse, StreamingResponse
    from starlette.routing import request_response

    file = tmp_path / "a.txt"
    file.write_text("a")

    def plain(request: Any) -> Any:
        return PlainTextResponse("a")

    apps: list[Any] = [
        request_response(plain),
        FileResponse(file),
        StreamingResponse(iter(["a"])),
        PlainTextResponse("a", background=BackgroundTask(lambda: None)),
    ]
    free = PlainTextResponse("a")

    async def held(app: Any) -> bool:
        limiter = to_thread.current_default_thread_limiter()
        limiter.total_tokens = 1
        scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "asgi": {}}

        async def receive() -> Any:
            await asyncio.sleep(60)

        async def send(message: Any) -> None: ...

        await limiter.acquire_on_behalf_of(limiter)
        with anyio.move_on_after(0.3) as waited:
            await app(scope, receive, send)
        return waited.cancelled_caught

    assert [asyncio.run(held(app)) for app in apps] == [True] * 4
    assert not asyncio.run(held(free))


def test_a_health_check_waits_for_a_place_and_not_for_a_limiter(serve: Serve) -> None:
    waited = at_once(serve(load("sync/starve_health.py")), ["/report", "/report"])
    assert max(waited) < 3.5
    url = serve(load("sync/limit_reports.py"))
    report, health = at_once(url, ["/report", "/health"])
    assert health < report - 1


# Sync: cancelling ---------------------------------------------------------------------------------

Wait = Callable[[], Awaitable[Any]]


def nap() -> None:
    time.sleep(0.8)


async def let_go(wait: Wait, by: str) -> bool:
    """Whether a cancellation after 0.1 seconds ended the wait, and not the thread's end."""
    begin = time.monotonic()
    if by == "anyio":
        with anyio.move_on_after(0.1):
            await wait()
    else:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.1):
                await wait()
    return time.monotonic() - begin < 0.6


@pytest.mark.parametrize("by", ["asyncio", "anyio"])
def test_who_waits_for_a_thread_that_is_cancelled(by: str) -> None:
    ways: dict[str, Wait] = {
        "asyncio": lambda: asyncio.to_thread(nap),
        "anyio": lambda: to_thread.run_sync(nap),
        "anyio, abandoned": lambda: to_thread.run_sync(nap, abandon_on_cancel=True),
        "asgiref": lambda: sync_to_async(nap)(),
        "asgiref, apart": lambda: sync_to_async(nap, thread_sensitive=False)(),
    }

    async def go() -> list[str]:
        return [name for name, wait in ways.items() if not await let_go(wait, by)]

    assert asyncio.run(go()) == (["anyio"] if by == "anyio" else [])


def test_anyio_gives_the_place_back_while_the_thread_goes_on() -> None:
    async def go() -> tuple[float, int]:
        before = threading.active_count()
        await let_go(lambda: to_thread.run_sync(nap), "asyncio")
        borrowed = to_thread.current_default_thread_limiter().borrowed_tokens
        return borrowed, threading.active_count() - before

    borrowed, more_threads = asyncio.run(go())
    assert (borrowed, more_threads >= 1) == (0, True)


def test_which_threads_see_context_variables_and_who_sees_their_changes() -> None:
    variable = contextvars.ContextVar("variable", default="none")

    def change() -> str:
        seen = variable.get()
        variable.set("inner")
        return seen

    async def tried(wait: Wait) -> tuple[str, str]:
        variable.set("outer")
        return await wait(), variable.get()

    async def go() -> list[tuple[str, str]]:
        loop = asyncio.get_running_loop()
        return [
            await tried(lambda: asyncio.to_thread(change)),
            await tried(lambda: to_thread.run_sync(change)),
            await tried(lambda: sync_to_async(change)()),
            await tried(lambda: loop.run_in_executor(None, change)),
        ]

    kept, passed_back, blind = ("outer", "outer"), ("outer", "inner"), ("none", "outer")
    assert asyncio.run(go()) == [kept, kept, passed_back, blind]


def test_a_given_up_thread_stays_busy(serve: Serve) -> None:
    trace = run(
        load("sync/give_up_thread.py"),
        {"a": [{"request": "GET /slow"}], "b": [{"wait": 2.5}, {"request": "GET /quick"}]},
    )
    ended_at = {event.connection: event.t for event in trace.events if event.kind == "response"}
    assert ended_at == {"a": 1, "b": 3}
    url, begin = serve(load("sync/give_up_thread.py")), time.monotonic()
    assert ask(url, "GET", "/slow")[0] == 504
    assert time.monotonic() - begin < 2
    assert ask(url, "GET", "/quick")[0] == 504  # the thread is busy for two more seconds


def test_a_thread_that_looks_stops(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    module, ended = load_module("sync/stop_thread.py"), threading.Event()

    def work(stop: threading.Event) -> None:
        module_work(stop)
        ended.set()

    module_work = module.work
    monkeypatch.setattr(module, "work", work)
    assert ask(serve(module.app), "GET", "/")[0] == 504
    assert ended.wait(2)  # to the end, it would take five seconds


def load_module(name: str) -> ModuleType:
    load(name)
    return sys.modules[f"snippet_{Path(name).stem}"]


def test_the_process_ends_after_the_thread(tmp_path: Path, free_port: int) -> None:
    (tmp_path / "slow_thread.py").write_text(
        "import asyncio, time\n"
        "async def app(scope, receive, send):\n"
        "    if scope['type'] != 'http': raise NotImplementedError\n"
        "    await asyncio.to_thread(time.sleep, 3)\n"
    )
    options = ["--timeout-graceful-shutdown", "1"]
    with (
        running("uvicorn", "slow_thread:app", free_port, *options, cwd=tmp_path) as server,
        socket.create_connection(("127.0.0.1", free_port)) as client,
    ):
        client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        time.sleep(0.3)
        begin = time.monotonic()
        server.stop(signal.SIGINT)
    assert "Cancel 1 running task(s), timeout graceful shutdown exceeded" in server.log
    assert time.monotonic() - begin > 2
