"""What the chapter on databases says, tried on the pinned versions."""

from __future__ import annotations

import asyncio
import contextlib
import runpy
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from threading import Event
from types import SimpleNamespace
from typing import Annotated, Any

import pytest

from asgiscope import run
from tests.asgiscope.real_servers import ask
from tests.snippets.conftest import SNIPPETS
from tests.snippets.loading import load, load_module
from tests.snippets.server_thread import Serve
from tests.snippets.threads import Nap, let_go

# Databases ----------------------------------------------------------------------------------------


def test_a_pool_gives_a_connection_back_when_the_thread_is_done() -> None:
    names = runpy.run_path(str(SNIPPETS / "database/use_thread.py"))
    use, place_order = names["use"], names["place_order"]
    nap = Nap()

    async def go() -> tuple[bool, int, bool, int]:
        pool: asyncio.Queue[Any] = asyncio.Queue()
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.execute("CREATE TABLE orders (item TEXT)")
        pool.put_nowait(connection)
        gone = await let_go(lambda: use(pool, nap), nap)
        early = pool.qsize()
        nap.woken.set()
        returned = await asyncio.wait_for(pool.get(), 20)
        pool.put_nowait(returned)
        orders = await use(pool, place_order)
        connection.close()
        return gone, early, returned is connection, orders

    assert asyncio.run(go()) == (True, 0, True, 1)


def test_the_pool_makes_the_third_wait() -> None:
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
    module, waiting, go_on = load_module("database/share_connection.py"), Event(), Event()

    async def sleep(seconds: float) -> None:
        waiting.set()
        while not go_on.is_set():
            await asyncio.sleep(0.01)

    module.asyncio = SimpleNamespace(sleep=sleep)  # type: ignore[attr-defined]
    url = serve(module.app)
    with ThreadPoolExecutor() as pool:
        tea = pool.submit(ask, url, "POST", "/tea")
        assert waiting.wait(20)
        assert ask(url, "POST", "/unicorn") == (404, b"orders: []")
        go_on.set()
        assert tea.result() == (201, b"orders: []")


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
