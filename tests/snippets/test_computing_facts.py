"""What the chapter on sync code says of computing, tried on the pinned versions."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import re
import signal
import sqlite3
import time
import zlib
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import anyio
import pytest

from tests.asgiscope.real_servers import ask
from tests.snippets.loading import load
from tests.snippets.server_process import running
from tests.snippets.server_thread import Serve

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
