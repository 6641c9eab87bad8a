"""What "Testing ASGI apps" says of the tools, tried on the pinned ones; its table word for word."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
import time
import warnings
from typing import Any

import httpx
import pytest
import uvicorn

from asgiscope import run
from common.places import ROOT
from tests.snippets.loading import load, load_module
from tests.snippets.server_thread import Serve
from tests.snippets.wire import get, raw


def new_client(app: Any, **options: Any) -> Any:
    """A TestClient; the warning at its import has a test of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient
    return TestClient(app, **options)


def new_transport(app: Any, **options: Any) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, **options)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


def fetched(app: Any, **options: Any) -> httpx.Response:
    """GET / by the transport."""

    async def fetch() -> httpx.Response:
        async with new_transport(app, **options) as client:
            return await client.get("/")

    return asyncio.run(fetch())


class Seen:
    """An app that notes how it is called."""

    def __init__(self) -> None:
        self.scopes: list[dict[str, Any]] = []
        self.loops: list[Any] = []
        self.threads: list[Any] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scopes.append(scope)
        self.loops.append(asyncio.get_running_loop())
        self.threads.append(threading.current_thread())
        if scope["type"] == "lifespan":
            for name in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{name}.complete"})
            return
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})

    @property
    def types(self) -> list[str]:
        return [scope["type"] for scope in self.scopes]


async def tick(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200})
    for number in range(3):
        body = b"%d" % number
        await send({"type": "http.response.body", "body": body, "more_body": True})
        await asyncio.sleep(0.1)
    await send({"type": "http.response.body"})


# TestClient -------------------------------------------------------------------------------------


def test_starlette_would_rather_have_httpx2() -> None:
    command = [sys.executable, "-W", "always", "-c", "import starlette.testclient"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "StarletteDeprecationWarning" in done.stderr
    assert "install `httpx2` instead" in done.stderr
    assert done.returncode == 0


def test_the_lifespan_runs_inside_with_only() -> None:
    app = Seen()
    new_client(app).get("/")
    assert app.types == ["http"]
    with new_client(app) as client:
        client.get("/")
    assert app.types == ["http", "lifespan", "http"]


def test_without_with_the_notes_are_not_there() -> None:
    with pytest.raises(AttributeError, match="notes"):
        new_client(load("testing/keep_notes.py")).get("/")


def test_inside_with_there_is_one_loop_in_another_thread_and_without_it_one_a_request() -> None:
    app = Seen()
    client = new_client(app)
    client.get("/")
    client.get("/")
    assert app.loops[0] is not app.loops[1]
    assert threading.current_thread() not in app.threads
    app = Seen()
    with new_client(app) as client:
        client.get("/")
        client.get("/")
    assert len(set(app.loops)) == 1


def test_the_test_client_gives_no_asgi_key_but_a_state() -> None:
    app = Seen()
    new_client(app).get("/")
    assert "asgi" not in app.scopes[0]
    assert app.scopes[0]["state"] == {}


def test_the_test_client_streams() -> None:
    begun, came = time.monotonic(), []
    with new_client(tick).stream("GET", "/") as response:
        for piece in response.iter_bytes():
            came.append((piece, time.monotonic() - begun))
    assert [piece for piece, _ in came] == [b"0", b"1", b"2"]
    assert came[0][1] < came[2][1] - 0.15


def test_leaving_the_test_client_cancels_and_gives_no_disconnect() -> None:
    seen: list[str] = []

    async def listen(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        try:
            while True:
                seen.append((await receive())["type"])
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    with new_client(listen).stream("GET", "/") as response:
        next(response.iter_bytes())
    assert seen == ["http.request", "cancelled"]


def test_the_test_client_raises_what_the_app_raises_unless_told_not_to() -> None:
    async def fail(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        new_client(fail).get("/")
    answer = new_client(fail, raise_server_exceptions=False).get("/")
    assert (answer.status_code, answer.text) == (500, "")


def test_the_test_client_tells_a_close_code_that_real_clients_never_see() -> None:
    async def refuse(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.close", "code": 4401})

    client = new_client(refuse)
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect) as told, client.websocket_connect("/"):
        pass
    assert told.value.code == 4401  # 403 from real servers: test_learn_facts


# ASGITransport ----------------------------------------------------------------------------------


def test_the_transport_runs_no_lifespan_and_gives_no_state() -> None:
    app = Seen()
    fetched(app)
    assert app.types == ["http"]
    assert {"state", "extensions"}.isdisjoint(app.scopes[0])
    assert app.scopes[0]["asgi"] == {"version": "3.0"}
    assert app.threads == [threading.current_thread()]
    with pytest.raises(AttributeError, match="notes"):
        fetched(load("testing/keep_notes.py"))


def test_the_transport_runs_the_app_in_the_task_of_the_request() -> None:
    tasks = []

    async def note(scope: Any, receive: Any, send: Any) -> None:
        tasks.append(asyncio.current_task())
        await Seen()(scope, receive, send)

    async def fetch() -> None:
        async with new_transport(note) as client:
            await client.get("/")
        assert tasks == [asyncio.current_task()]

    asyncio.run(fetch())


def test_the_transport_gives_a_stream_when_all_of_it_is_there() -> None:
    async def fetch() -> list[bytes]:
        async with new_transport(tick) as client:
            begun = time.monotonic()
            async with client.stream("GET", "/") as response:
                assert time.monotonic() - begun > 0.25
                return [piece async for piece in response.aiter_bytes()]

    assert asyncio.run(fetch()) == [b"012"]


def test_the_transport_waits_until_the_app_has_returned() -> None:
    async def work_on(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})
        await asyncio.sleep(0.3)

    begun = time.monotonic()
    fetched(work_on)
    assert time.monotonic() - begun > 0.25
    begun = time.monotonic()
    new_client(work_on).get("/")
    assert time.monotonic() - begun > 0.25


def test_an_endless_stream_never_comes_out_of_the_transport() -> None:
    async def endless(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        while True:
            await send({"type": "http.response.body", "body": b"x", "more_body": True})
            await asyncio.sleep(0.01)

    async def fetch() -> None:
        async with (
            new_transport(endless) as client,
            asyncio.timeout(0.3),
            client.stream("GET", "/"),
        ):
            pytest.fail("a response came")

    with pytest.raises(TimeoutError):
        asyncio.run(fetch())
    with new_client(endless).stream("GET", "/") as response:
        assert next(response.iter_bytes()) == b"x"


def test_the_transport_raises_what_the_app_raises_unless_told_not_to() -> None:
    async def fail(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        fetched(fail)
    answer = fetched(fail, raise_app_exceptions=False)
    assert (answer.status_code, answer.text) == (500, "")


# Snippets ---------------------------------------------------------------------------------------


def test_a_lifespan_run_by_hand_starts_stops_and_reports_failure() -> None:
    started = load_module("testing/run_lifespan.py").started
    app = Seen()

    async def use(which: Any) -> None:
        async with started(which) as running, new_transport(running) as client:
            await client.get("/")

    asyncio.run(use(app))
    assert app.types == ["lifespan", "http"]
    first, second = (scope["state"] for scope in app.scopes)
    assert first == second == {}
    assert first is not second
    for failing in ("refuse_start.py", "raise_startup_wrong.py"):
        with pytest.raises(ExceptionGroup):
            asyncio.run(use(load(f"lifespan/{failing}")))


async def answer_nothing(scope: Any, receive: Any, send: Any) -> None:
    """Returns at once."""


async def answer_never(scope: Any, receive: Any, send: Any) -> None:
    while True:
        await receive()


async def stay_for_ever(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await answer_never(scope, receive, send)


@pytest.mark.parametrize("app", [answer_nothing, answer_never, stay_for_ever])
def test_a_lifespan_run_by_hand_cannot_hang(app: Any) -> None:
    module = load_module("testing/run_lifespan.py")
    assert module.SECONDS == 5
    module.SECONDS = 0.05  # type: ignore[attr-defined]

    async def start_and_stop() -> None:
        async with asyncio.timeout(10), module.started(app):
            pass

    with pytest.raises(ExceptionGroup) as caught:
        asyncio.run(start_and_stop())
    assert [type(error) for error in caught.value.exceptions] == [TimeoutError]


def test_asgiref_drives_an_app_by_queues() -> None:
    from asgiref.testing import ApplicationCommunicator

    async def drive() -> list[dict[str, Any]]:
        driven = ApplicationCommunicator(tick, {"type": "http"})
        await driven.send_input({"type": "http.request"})
        return [await driven.receive_output() for _ in range(2)]

    assert [message["type"] for message in asyncio.run(drive())] == [
        "http.response.start",
        "http.response.body",
    ]


# The table of mistakes --------------------------------------------------------------------------


def answering(*messages: dict[str, Any], forgotten: str = "") -> Any:
    """An app that sends these, the one whose type is forgotten without an ``await``."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        for message in messages:
            sending = send(message)
            if message["type"] == forgotten:
                sending.close()
            else:
                await sending

    return app


def start(*headers: Any) -> dict[str, Any]:
    return {"type": "http.response.start", "status": 200, "headers": list(headers)}


BODY = {"type": "http.response.body", "body": b"x"}
MISTAKES = [  # the rows of the table, in its order
    answering(start((b"content-length", b"5")), BODY),
    answering(start((b"location", b"/a\r\nset-cookie: b")), BODY),
    answering({**start(), "type": "http.response.strt"}, BODY),
    answering(start(), {**BODY, "type": "http.response.bdy"}),
    answering(start((b"Content-Type", b"text/plain")), BODY),
    answering(start(), BODY, forgotten="http.response.start"),
    answering(start(), BODY, forgotten="http.response.body"),
    answering(start(), {**BODY, "more_body": True}),
    answering(start(("x-a", "b")), BODY),
    answering(start(), BODY, BODY),
]
CHINESE = {"passes": "放过", "found": "发现", "empty": "为空"}


def found_by_uvicorn(app: Any, serve: Serve) -> str:
    """Whether the app's send() raises, or the answer does not end as it should."""
    raised: list[Exception] = []

    async def watched(scope: Any, receive: Any, send: Any) -> None:
        try:
            await app(scope, receive, send)
        except NotImplementedError:
            raise
        except Exception as error:
            raised.append(error)
            raise

    answer = raw(serve(watched), get(), 0.3)
    return "found" if raised or answer.endswith(b"<end>") else "passes"


def found_by(fetch: Any, app: Any) -> str:
    try:
        response = fetch(app)
    except Exception:
        return "found"
    if response.status_code != 200:
        return "found"
    return {"x": "passes", "": "empty"}[response.text]


@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_the_table_of_mistakes(number: int, serve: Serve) -> None:
    app = MISTAKES[number]
    found = (
        "found" if run(app, [{"request": "GET /"}]).broken_rules() else "passes",
        found_by(lambda app: new_client(app).get("/"), app),
        found_by(fetched, app),
        found_by_uvicorn(app, serve),
    )
    for language in ("zh", "en"):
        page = (ROOT / "docs" / language / "do" / "testing.md").read_text("utf-8")
        section = page[page.index("{ #misses }") :].partition("\n## ")[0]
        rows = re.findall(r"^\| (.*) \|$", section, re.M)[2:]
        assert len(rows) == len(MISTAKES)
        words = [CHINESE[each] if language == "zh" else each for each in found]
        assert rows[number].split(" | ")[1:] == words


def test_a_promise_of_too_much_passes_both_clients() -> None:
    app = load("testing/promise_length_wrong.py")
    for response in (new_client(app).get("/"), fetched(app)):
        assert (response.status_code, response.text) == (200, "Buy tea.")


@pytest.mark.usefixtures("loopback")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_in_a_thread_that_fails_to_start_ends_its_thread() -> None:
    config = uvicorn.Config(load("lifespan/refuse_start.py"), port=0, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    thread.join(timeout=20)
    assert (thread.is_alive(), server.started) == (False, False)
