"""What the chapter on sync code says of threads, tried on the pinned versions."""

from __future__ import annotations

import asyncio
import contextvars
import json
import signal
import threading
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any

import anyio
import pytest
from anyio import to_thread
from asgiref.sync import sync_to_async

from asgiscope import run
from tests.asgiscope.real_servers import ask, wait_until
from tests.snippets.loading import load, load_module
from tests.snippets.server_process import Start
from tests.snippets.server_thread import Serve
from tests.snippets.threads import Meeting, Nap, ask_together, let_go
from tests.snippets.wire import connect_to, exchange, get

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
import threading
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="x", ALLOWED_HOSTS=["*"])
from django.core.asgi import get_asgi_application
from django.http import HttpResponse
from django.urls import path

together = threading.Barrier(2, timeout=20)

def meet(request):
    together.wait()
    return HttpResponse(str(threading.current_thread() is threading.main_thread()))

urlpatterns = [path("", meet)]
app = get_asgi_application()
"""


def test_django_has_a_thread_for_each_request(tmp_path: Path, start_server: Start) -> None:
    (tmp_path / "site_of_django.py").write_text(DJANGO)
    server = start_server("uvicorn", "site_of_django:app", "--lifespan", "off", cwd=tmp_path)
    assert ask_together(server.url, "/", "/") == [(200, b"False")] * 2


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
        with anyio.move_on_after(0.15) as waited:
            await app(scope, receive, send)
        return waited.cancelled_caught

    assert [asyncio.run(held(app)) for app in apps] == [True] * 4
    assert not asyncio.run(held(free))


def test_a_health_check_waits_for_a_place(serve: Serve) -> None:
    module, nap = load_module("sync/starve_health.py"), Nap()
    module.time = SimpleNamespace(sleep=nap)  # type: ignore[attr-defined]
    url = serve(module.app)
    with connect_to(url) as one, connect_to(url) as two, connect_to(url, timeout=0.3) as checker:
        for client in (one, two):
            client.sendall(get("/report"))
        wait_until(lambda: nap.asleep == 2, "the reports do not run together")
        checker.sendall(get("/health"))
        with pytest.raises(TimeoutError):
            checker.recv(1)
        nap.woken.set()
        checker.settimeout(20)
        assert exchange(checker, b"").endswith(b"ok")


def test_a_health_check_does_not_wait_for_a_limiter(serve: Serve) -> None:
    module, nap = load_module("sync/limit_reports.py"), Nap()
    module.time = SimpleNamespace(sleep=nap)  # type: ignore[attr-defined]
    url = serve(module.app)
    with connect_to(url) as one, connect_to(url) as two:
        for client in (one, two):
            client.sendall(get("/report"))
        wait_until(lambda: nap.asleep == 1, "no report is being made")
        assert ask(url, "GET", "/health") == (200, b"ok")
        assert nap.asleep == 1
        nap.woken.set()
        assert exchange(one, b"").endswith(b"report")


# Sync: cancelling ---------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["asyncio", "anyio"])
def test_who_waits_for_a_thread_that_is_cancelled(by: str) -> None:
    ways: dict[str, Callable[[Nap], Awaitable[Any]]] = {
        "asyncio": lambda nap: asyncio.to_thread(nap),
        "anyio": lambda nap: to_thread.run_sync(nap),
        "anyio, abandoned": lambda nap: to_thread.run_sync(nap, abandon_on_cancel=True),
        "asgiref": lambda nap: sync_to_async(nap)(),
        "asgiref, apart": lambda nap: sync_to_async(nap, thread_sensitive=False)(),
    }

    async def waits(way: Callable[[Nap], Awaitable[Any]]) -> bool:
        nap = Nap()
        gone = await let_go(lambda: way(nap), nap, by)
        nap.woken.set()
        return not gone

    async def go() -> list[str]:
        return [name for name, way in ways.items() if await waits(way)]

    assert asyncio.run(go()) == (["anyio"] if by == "anyio" else [])


def test_anyio_gives_the_place_back_while_the_thread_goes_on() -> None:
    nap = Nap()

    async def go() -> tuple[bool, float, int]:
        gone = await let_go(lambda: to_thread.run_sync(nap), nap)
        borrowed = to_thread.current_default_thread_limiter().borrowed_tokens
        asleep = nap.asleep
        nap.woken.set()
        return gone, borrowed, asleep

    assert asyncio.run(go()) == (True, 0, 1)


def test_which_threads_see_context_variables_and_who_sees_their_changes() -> None:
    variable = contextvars.ContextVar("variable", default="none")

    def change() -> str:
        seen = variable.get()
        variable.set("inner")
        return seen

    async def tried(wait: Callable[[], Awaitable[Any]]) -> tuple[str, str]:
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


@pytest.mark.parametrize(("path", "met"), [("/", False), ("/apart", True)])
def test_sync_to_async_has_one_thread_by_default(path: str, met: bool, serve: Serve) -> None:
    module, meeting = load_module("sync/share_one_thread.py"), Meeting(20 if met else 0.3)
    module.time = SimpleNamespace(sleep=meeting)  # type: ignore[attr-defined]
    answers = ask_together(serve(module.app), path, path)
    assert answers == [(200, b"done")] * 2
    assert meeting.met == met


def test_a_given_up_thread_stays_busy(serve: Serve) -> None:
    trace = run(
        load("sync/give_up_thread.py"),
        {"a": [{"request": "GET /slow"}], "b": [{"wait": 2.5}, {"request": "GET /quick"}]},
    )
    ended_at = {event.connection: event.t for event in trace.events if event.kind == "response"}
    assert ended_at == {"a": 1, "b": 3}
    module, nap = load_module("sync/give_up_thread.py"), Nap()
    module.time = SimpleNamespace(sleep=nap)  # type: ignore[attr-defined]
    module.asyncio = SimpleNamespace(  # type: ignore[attr-defined]
        timeout=lambda seconds: asyncio.timeout(seconds / 5),
        get_running_loop=asyncio.get_running_loop,
    )
    url = serve(module.app)
    assert ask(url, "GET", "/slow")[0] == 504
    assert nap.asleep == 1
    assert ask(url, "GET", "/quick")[0] == 504  # the only thread is still busy
    nap.woken.set()
    wait_until(lambda: ask(url, "GET", "/quick")[0] == 200, "the thread is not free again")


def test_a_thread_that_looks_stops(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    module, ended = load_module("sync/stop_thread.py"), threading.Event()

    def work(stop: threading.Event) -> None:
        module_work(stop)
        ended.set()

    module_work = module.work
    monkeypatch.setattr(module, "work", work)
    assert ask(serve(module.app), "GET", "/")[0] == 504
    assert ended.wait(4)  # to the end, it would take five seconds


@pytest.mark.parametrize(
    ("how", "workers", "waits"),
    [
        (signal.SIGINT, "1", True),
        (signal.SIGINT, "2", False),
        (signal.SIGTERM, "1", False),
        (signal.SIGTERM, "2", False),
    ],
)
def test_a_single_process_waits_for_its_thread_on_sigint_only(
    how: int, workers: str, waits: bool, tmp_path: Path, start_server: Start
) -> None:
    (tmp_path / "slow_thread.py").write_text(
        "import asyncio, time\n"
        "async def app(scope, receive, send):\n"
        "    if scope['type'] != 'http': raise NotImplementedError\n"
        "    await asyncio.to_thread(work)\n"
        "def work():\n"
        "    print('the thread begins')\n"
        f"    time.sleep({2.5 if waits else 600})\n"
        "    print('the thread ends')\n"
    )
    options = ["--timeout-graceful-shutdown", "1", "--workers", workers]
    server = start_server("uvicorn", "slow_thread:app", *options, cwd=tmp_path)
    server.says("Application startup complete.", int(workers))
    with connect_to(server.url) as client:
        client.sendall(get())
        server.says("the thread begins")
        server.stop(how)
    cancelled = "Cancel 1 running task(s), timeout graceful shutdown exceeded"
    _, _, later = server.log.partition(cancelled)
    assert ("the thread ends" in later) == waits
