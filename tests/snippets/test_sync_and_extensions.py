"""What the chapters on sync code, databases and extensions say, tried on the pinned versions."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import hashlib
import http.client
import json
import re
import runpy
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import time
import warnings
import zlib
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any
from urllib.parse import urlsplit

import anyio
import h2.config
import h2.connection
import h2.events
import pytest
from anyio import to_thread
from asgiref.sync import sync_to_async
from websockets.sync.client import connect

from asgiscope import run
from tests.asgiscope.real_servers import SERVERS, ask, hypercorn, serving, wait_until
from tests.snippets.conftest import SNIPPETS
from tests.snippets.server_process import running
from tests.snippets.test_snippets import load
from tests.snippets.wire import get, raw

Serve = Callable[[Any], str]


async def answer(send: Any, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


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


# Sync: computing ----------------------------------------------------------------------------------


def python_code() -> None:
    total = 0
    for number in range(6_000_000):
        total += number


TEXT = json.dumps([{"a": number} for number in range(600_000)])
NUMBERS = [(number * 7_919) % 1_000_003 for number in range(1_000_000)]
KEEPS: dict[str, Callable[[], Any]] = {
    "json.loads": lambda: json.loads(TEXT),
    "re.match": lambda: re.match(r"(a+)+b", "a" * 23),
    "sorted": lambda: sorted(NUMBERS),
}
RELEASES: dict[str, Callable[[], Any]] = {
    "pbkdf2": lambda: hashlib.pbkdf2_hmac("sha256", b"x", b"y", 1_000_000),
    "zlib": lambda: zlib.compress(TEXT.encode() * 2, 6),
    "sqlite3": lambda: (
        sqlite3.connect(":memory:")
        .execute(
            "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1500000)"
            " SELECT sum(x) FROM c"
        )
        .fetchall()
    ),
}


async def turns_during(job: Callable[[], Any]) -> int:
    """How often the event loop has its turn while a thread does the job."""
    begin = end = 0.0
    turns: list[float] = []

    def work() -> None:
        nonlocal begin, end
        begin = time.monotonic()
        job()
        end = time.monotonic()

    task = asyncio.create_task(asyncio.to_thread(work))
    while not task.done():
        await asyncio.sleep(0.01)
        turns.append(time.monotonic())
    return sum(begin + 0.02 < turn < end - 0.02 for turn in turns)


@pytest.mark.parametrize("job", KEEPS.values(), ids=KEEPS)
def test_a_call_that_keeps_the_gil_stops_the_loop_from_a_thread(job: Callable[[], Any]) -> None:
    assert asyncio.run(turns_during(job)) <= 1  # that one between the call's end and the clock


@pytest.mark.parametrize("job", [*RELEASES.values(), python_code], ids=[*RELEASES, "python"])
def test_other_work_in_a_thread_lets_the_loop_go_on(job: Callable[[], Any]) -> None:
    assert asyncio.run(turns_during(job)) >= 4


def test_a_process_computes_and_the_pool_closes_with_the_lifespan(free_port: int) -> None:
    with running("uvicorn", "sync.count_in_process:app", free_port) as server:
        assert ask(server.url, "GET", "/") == (200, b"1229")
        assert server.stop(signal.SIGINT) == 0
    assert "Application shutdown complete." in server.log


def test_a_pool_of_processes_is_not_stopped_by_a_cancellation() -> None:
    async def go() -> tuple[bool, float]:
        loop = asyncio.get_running_loop()
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            await loop.run_in_executor(pool, time.sleep, 0)
            gone = await let_go(lambda: loop.run_in_executor(pool, time.sleep, 1.5), "asyncio")
            begin = time.monotonic()
            await loop.run_in_executor(pool, time.sleep, 0)
            return gone, time.monotonic() - begin

    gone, busy = asyncio.run(go())
    assert gone
    assert busy > 0.8


def test_sync_to_async_has_one_thread_by_default(serve: Serve) -> None:
    url = serve(load("sync/share_one_thread.py"))
    assert max(at_once(url, ["/", "/"])) > 1.9
    assert max(at_once(url, ["/apart", "/apart"])) < 1.9


# Databases ----------------------------------------------------------------------------------------


def test_a_pool_gives_a_connection_back_when_the_thread_is_done() -> None:
    names = runpy.run_path(str(SNIPPETS / "database/use_thread.py"))
    use, place_order = names["use"], names["place_order"]

    async def go() -> tuple[bool, int, int, int]:
        pool: asyncio.Queue[Any] = asyncio.Queue()
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.execute("CREATE TABLE orders (item TEXT)")
        pool.put_nowait(connection)
        gone = await let_go(lambda: use(pool, lambda _: nap()), "asyncio")
        early = pool.qsize()
        await asyncio.sleep(1)
        late = pool.qsize()
        orders = await use(pool, place_order)
        connection.close()
        return gone, early, late, orders

    assert asyncio.run(go()) == (True, 0, 1, 1)


def test_the_pool_makes_the_third_wait(serve: Serve) -> None:
    client = [{"request": "GET /"}]
    steps = {"lifespan": [{"startup": True}, {"shutdown": True}], "a": client, "b": client}
    trace = run(load("database/open_pool.py"), {**steps, "c": client})
    assert [event.t for event in trace.events if event.kind == "response"] == [1, 1, 2]


def test_a_connection_is_for_the_thread_that_made_it() -> None:
    refused = pytest.raises(sqlite3.ProgrammingError, match="same thread")
    with closing(sqlite3.connect(":memory:")) as connection, refused:
        asyncio.run(asyncio.to_thread(connection.execute, "SELECT 1"))


def test_a_transaction_left_open_is_committed_by_the_next_one() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE orders (item TEXT)")

        async def first() -> None:
            try:
                connection.execute("INSERT INTO orders VALUES ('half')")
                await asyncio.sleep(5)
                connection.commit()
            except Exception:
                connection.rollback()

        async def go() -> None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.05):
                    await first()
            connection.execute("INSERT INTO orders VALUES ('other')")
            connection.commit()

        asyncio.run(go())
        connection.rollback()
        found = connection.execute("SELECT item FROM orders").fetchall()
    assert found == [("half",), ("other",)]


def test_a_shared_connection_loses_an_order_on_a_real_server_too(serve: Serve) -> None:
    url, found = serve(load("database/share_connection.py")), []
    thread = threading.Thread(target=lambda: found.append(ask(url, "POST", "/tea")))
    thread.start()
    time.sleep(0.3)
    assert ask(url, "POST", "/unicorn")[0] == 404
    thread.join()
    assert found == [(201, b"orders: []")]


@pytest.mark.parametrize("leaves", [True, False])
def test_a_disconnect_rolls_back(leaves: bool) -> None:
    steps: list[Any] = [{"request": "POST /"}]
    if leaves:
        steps += [{"wait": 1.5}, {"disconnect": True}]
    trace = run(load("database/roll_back.py"), steps)
    printed = [(event.t, event.message) for event in trace.events if event.kind == "print"]
    assert len(printed) == 1
    time_and_count = (1.5, "orders: []") if leaves else (3, "('tea',)")
    assert (printed[0][0], time_and_count[1] in str(printed)) == (time_and_count[0], True)
    assert trace.findings == []


def test_a_yield_dependency_of_fastapi_ends_after_the_response() -> None:
    from fastapi import Depends, FastAPI

    for scope, order in [
        (None, ["open", "http.response.start", "http.response.body", "end"]),
        ("function", ["open", "end", "http.response.start", "http.response.body"]),
    ]:
        seen: list[str] = []

        app = FastAPI()

        def make(seen: list[str]) -> Any:
            async def session() -> Any:
                seen.append("open")
                yield 1
                seen.append("end")

            return session

        options: Any = {"scope": scope} if scope else {}

        async def handler(found: int) -> int:
            return found

        handler.__annotations__["found"] = Annotated[int, Depends(make(seen), **options)]
        handler.__annotations__["return"] = int
        app.get("/", response_model=None)(handler)

        async def noting(s: Any, receive: Any, send: Any, app: Any = app, seen: Any = seen) -> None:
            async def note(message: Any) -> None:
                seen.append(message["type"])
                await send(message)

            await app(s, receive, note)

        run(noting, [{"request": "GET /"}])
        assert seen == order


def test_on_event_of_fastapi_warns_and_is_not_run_beside_a_lifespan() -> None:
    from fastapi import FastAPI

    seen: list[str] = []

    @asynccontextmanager
    async def lifespan(app: Any) -> Any:
        seen.append("lifespan")
        yield

    app = FastAPI(lifespan=lifespan)
    with pytest.warns(DeprecationWarning, match="on_event is deprecated"):
        app.on_event("startup")(lambda: seen.append("on_event"))
    run(app, [{"startup": True}, {"shutdown": True}])
    assert seen == ["lifespan"]


# Extensions ---------------------------------------------------------------------------------------


async def show_extensions(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        raise NotImplementedError
    text = json.dumps(sorted(scope["extensions"]) if "extensions" in scope else None)
    if scope["type"] == "http":
        await answer(send, text.encode())
        return
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": text})
    await send({"type": "websocket.close"})


class Http2:
    """One request over HTTP/2 without TLS, and everything that comes back for it."""

    def __init__(
        self, url: str, *headers: tuple[str, str], method: str = "GET", until: Any = None
    ) -> None:
        address = urlsplit(url)
        fields = [(":method", method), (":path", "/"), (":scheme", "http"), (":authority", "x")]
        settings = h2.config.H2Configuration(header_encoding="utf-8")
        state, self.events = h2.connection.H2Connection(settings), list[Any]()
        ends = until or (h2.events.StreamEnded, h2.events.StreamReset)
        with socket.create_connection((address.hostname, address.port), timeout=5) as client:
            state.initiate_connection()
            client.sendall(state.data_to_send())
            self.events += state.receive_data(client.recv(65_536))
            state.send_headers(1, [*fields, *headers], end_stream=method == "GET")
            client.sendall(state.data_to_send())
            while not self.of(*(ends if isinstance(ends, tuple) else (ends,)), stream=1):
                data = client.recv(65_536)
                if not data:
                    break
                self.events += state.receive_data(data)
                client.sendall(state.data_to_send())

    def of(self, *kinds: Any, stream: int | None = None) -> list[Any]:
        found = [event for event in self.events if isinstance(event, kinds)]
        return [event for event in found if stream is None or event.stream_id == stream]

    @property
    def body(self) -> bytes:
        return b"".join(event.data for event in self.of(h2.events.DataReceived, stream=1))


HTTP_2 = ["http.response.early_hint", "http.response.push", "http.response.trailers"]


def test_what_each_server_offers(serve: Serve) -> None:
    http_1: dict[str, Any] = {"uvicorn": None, "hypercorn": []}
    for server, over_http in http_1.items():
        with serving(server, show_extensions, serve) as url:
            assert json.loads(ask(url, "GET", "/")[1]) == over_http
            with connect(url.replace("http", "ws"), compression=None) as client:
                assert json.loads(client.recv(timeout=5)) == ["websocket.http.response"]
            if server == "hypercorn":
                assert json.loads(Http2(url).body) == HTTP_2
                handshake = (":protocol", "websocket"), ("sec-websocket-version", "13")
                data = h2.events.DataReceived
                frames = Http2(url, *handshake, method="CONNECT", until=data).body
                assert b'["websocket.http.response"]' in frames


@pytest.mark.parametrize("parser", ["h11", "httptools"])
def test_both_parsers_of_uvicorn_offer_nothing_over_http(parser: str, free_port: int) -> None:
    app, options = f"{__name__}:show_extensions", ["--http", parser]
    with running("uvicorn", app, free_port, *options, cwd=SNIPPETS.parent) as server:
        assert ask(server.url, "GET", "/") == (200, b"null")


@contextmanager
def quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def test_what_the_clients_for_tests_offer() -> None:
    import httpx

    with quiet():
        from starlette.testclient import TestClient

        client = TestClient(show_extensions)
        offered = ["http.response.debug", "http.response.trailers"]
        assert client.get("/").json() == offered
        with client.websocket_connect("/") as socket_of_test:
            assert socket_of_test.receive_json() == ["websocket.http.response"]

    async def ask_httpx() -> Any:
        transport = httpx.ASGITransport(show_extensions)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return (await client.get("/")).json()

    assert asyncio.run(ask_httpx()) is None


def test_a_message_that_was_not_offered_fails(serve: Serve) -> None:
    seen: list[str] = []
    inner = load("extensions/send_unasked_wrong.py")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        try:
            await inner(scope, receive, send)
        except Exception as error:
            seen.append(f"{type(error).__name__}: {error}")

    for server in SERVERS:
        with serving(server, app, serve) as url:
            raw(url, get())
    uvicorn, hypercorn = seen
    assert uvicorn.startswith("RuntimeError: Expected ASGI message 'http.response.body'")
    assert hypercorn.startswith("UnexpectedMessageError: ")


@pytest.mark.parametrize("asked", [True, False])
def test_hypercorn_sends_trailers_to_those_who_ask(asked: bool) -> None:
    with hypercorn(load("extensions/send_trailers.py")) as url:
        got = Http2(url, *([("te", "trailers")] if asked else []))
    assert got.body == b"one,two,three"
    fields = [event.headers for event in got.of(h2.events.TrailersReceived)]
    checksum = hashlib.sha256(b"one,two,three").hexdigest()[:12]
    assert fields == ([[("x-checksum", checksum)]] if asked else [])


def test_the_test_client_keeps_trailers_and_debug() -> None:
    with quiet():
        from starlette.testclient import TestClient

        response = TestClient(load("extensions/send_trailers.py")).get("/")
        [(name, _)] = response.extensions["http.response.trailers"]
        assert name == b"x-checksum"
        response = TestClient(load("extensions/tell_test.py")).get("/")
        info = response.extensions["http.response.debug"]
        assert info == {"template": "home.html", "queries": 3}


def test_hypercorn_takes_early_hints_before_the_start_only() -> None:
    raised: list[str] = []
    link = b"</style.css>; rel=preload; as=style"

    async def late(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        try:
            await send({"type": "http.response.early_hint", "links": [link]})
        except Exception as error:
            raised.append(type(error).__name__)
            await send({"type": "http.response.body"})

    with hypercorn(load("extensions/hint_style.py")) as url:
        [hint] = Http2(url).of(h2.events.InformationalResponseReceived)
    assert dict(hint.headers)[":status"] == "103"
    assert dict(hint.headers)["link"] == link.decode()
    with hypercorn(late) as url:
        assert Http2(url).of(h2.events.InformationalResponseReceived) == []
    assert raised == ["UnexpectedMessageError"]


def test_starlette_sends_early_hints_before_the_start() -> None:
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await Request(scope, receive, send).send_early_hints("</style.css>; rel=preload")
        await PlainTextResponse("a")(scope, receive, send)

    with hypercorn(app) as url:
        assert len(Http2(url).of(h2.events.InformationalResponseReceived)) == 1
    request = {"path": "/", "extensions": "http.response.early_hint"}
    assert not run(app, [{"request": request}]).findings


def test_hypercorn_pushes_and_calls_the_app_for_it() -> None:
    inner, paths = load("extensions/push_style.py"), list[str]()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await inner(scope, receive, send)
        paths.append(scope["path"])

    with hypercorn(app) as url:
        got = Http2(url)
        wait_until(lambda: len(paths) == 2, "the app was not called again")
    assert sorted(paths) == ["/", "/style.css"]
    [promise] = got.of(h2.events.PushedStreamReceived)
    assert dict(promise.headers)[":path"] == "/style.css"
    assert dict(promise.headers)[":authority"] == "x"


def test_fileresponse_of_starlette_uses_pathsend(tmp_path: Path) -> None:
    from starlette.responses import FileResponse

    file = tmp_path / "a.txt"
    file.write_text("content")
    for headers, kind, body in [
        ({}, "http.response.pathsend", b"content"),
        ({"range": "bytes=0-2"}, "http.response.body", b"con"),
    ]:
        request = {"path": "/", "headers": headers, "extensions": "http.response.pathsend"}
        trace = run(FileResponse(file), [{"request": request}])
        sent = [e.message["type"] for e in trace.events if e.kind == "send" and e.message]
        assert (sent, trace.outcome.body) == (["http.response.start", kind], body)


def test_a_template_of_starlette_tells_the_test_client(tmp_path: Path) -> None:
    with quiet():
        from starlette.templating import Jinja2Templates
        from starlette.testclient import TestClient

        (tmp_path / "home.html").write_text("{{ name }}")
        templates = Jinja2Templates(tmp_path)

        async def app(scope: Any, receive: Any, send: Any) -> None:
            from starlette.requests import Request

            request = Request(scope, receive)
            response = templates.TemplateResponse(request, "home.html", {"name": "Ada"})
            await response(scope, receive, send)

        response: Any = TestClient(app).get("/")
    assert (response.text, response.template.name) == ("Ada", "home.html")
    assert response.context["name"] == "Ada"


@pytest.mark.parametrize("server", SERVERS)
def test_no_server_tells_of_tls(server: str, tmp_path: Path, free_port: int) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    make += ["-subj", "/CN=localhost", "-keyout", key, "-out", certificate]
    subprocess.run(make, check=True, capture_output=True, timeout=20)
    options = {
        "uvicorn": ["--ssl-keyfile", key, "--ssl-certfile", certificate, "--app-dir", ".."],
        "hypercorn": ["--keyfile", key, "--certfile", certificate, "--workers", "0"],
    }
    app = "extensions.show_tls:app"
    with running(server, app, free_port, *options[server]):
        context = ssl.create_default_context(cafile=certificate)
        context.check_hostname = False
        client = http.client.HTTPSConnection("127.0.0.1", free_port, context=context, timeout=5)
        client.request("GET", "/")
        assert client.getresponse().read() == b"nothing known of TLS"
        client.close()


@pytest.mark.parametrize("offered", [True, False])
def test_middleware_that_hides_pathsend_sees_the_body(offered: bool) -> None:
    module = load_module("extensions/hide_pathsend.py")
    request: dict[str, Any] = {"path": "/"}
    if offered:
        request["extensions"] = ["http.response.pathsend"]
    trace = run(module.app, [{"request": request}])
    printed = [event.message for event in trace.events if event.kind == "print"]
    assert "13 bytes" in str(printed)
