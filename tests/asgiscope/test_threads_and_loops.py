"""Work in threads takes virtual time, and code that never gives control back is stopped."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import anyio.to_thread
import pytest

from asgiscope import run, run_source
from tests.asgiscope.apps import GET, say_hi


def rules(trace: Any) -> list[str]:
    return [finding.rule for finding in trace.findings]


def in_thread(call: Any, count: int) -> Any:
    """An app that runs ``time.sleep(1)`` in that many threads at once."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(call(time.sleep, 1))
        await say_hi(scope, receive, send)

    return app


def in_default_executor(function: Any, *arguments: Any) -> Any:
    loop = asyncio.get_running_loop()

    async def wait() -> Any:
        return await loop.run_in_executor(None, function, *arguments)

    return wait()


@pytest.mark.parametrize(
    ("call", "count", "seconds"),
    [
        (asyncio.to_thread, 32, 1),
        (asyncio.to_thread, 33, 2),
        (in_default_executor, 65, 3),
        (anyio.to_thread.run_sync, 40, 1),
        (anyio.to_thread.run_sync, 41, 2),
    ],
)
def test_threads_wait_for_one_another_where_there_are_not_enough(
    call: Any, count: int, seconds: int
) -> None:
    trace = run(in_thread(call, count), GET)
    assert trace.time == seconds
    assert rules(trace) == []


def test_a_thread_does_not_block_the_other_connections() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/slow":
            await asyncio.to_thread(time.sleep, 3)
        await say_hi(scope, receive, send)

    trace = run(app, {"slow": [{"request": "GET /slow"}], "fast": [{"request": "GET /"}]})
    answered = {e.connection: e.t for e in trace.events if e.kind == "complete"}
    assert answered == {"slow": 3, "fast": 0}


def test_a_thread_has_a_clock_of_its_own_and_no_event_loop() -> None:
    seen: list[Any] = []

    def work() -> str:
        before = time.monotonic()
        time.sleep(2)
        seen.append(time.monotonic() - before)
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        return "done"

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(await asyncio.to_thread(work))
        await say_hi(scope, receive, send)

    run(app, GET)
    assert seen == [2, "done"]


def test_an_exception_in_a_thread_comes_back() -> None:
    def work() -> None:
        raise ValueError("boom")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.to_thread(work)

    assert run(app, GET).outcome.exception == "ValueError: boom"


ENDLESS = {
    "while": "    while True:\n        pass\n",
    "for": "    import itertools\n    for n in itertools.count():\n        pass\n",
    "comprehension": "    import itertools\n    x = [0 for n in itertools.count() if n < 0]\n",
    "caught": (
        "    while True:\n        try:\n            while True:\n                pass\n"
        "        except Exception:\n            pass\n"
    ),
}


@pytest.mark.parametrize("form", ENDLESS)
def test_a_loop_that_never_awaits_is_stopped_with_its_line(form: str) -> None:
    trace = run_source("async def app(scope, receive, send):\n" + ENDLESS[form], GET, "x.py")
    assert rules(trace) == ["app-over-budget"]
    assert trace.findings[0].values["limit"] == "loop"
    assert trace.findings[0].line in (2, 3, 4, 5)


def test_a_loop_that_never_ends_while_the_code_loads_is_stopped() -> None:
    trace = run_source("while True:\n    pass\n", GET, "x.py")
    assert rules(trace) == ["app-import"]


def test_a_long_loop_is_not_taken_for_an_endless_one() -> None:
    text = (
        "async def app(scope, receive, send):\n"
        "    total = sum(n for n in range(1000)) + len([n for n in range(300_000)])\n"
        "    await send({'type': 'http.response.start', 'status': 200})\n"
        "    await send({'type': 'http.response.body', 'body': b'%d' % total})\n"
    )
    assert run_source(text, GET, "x.py").outcome.body == b"799500"
