"""What the chapter on sync code says of computing, tried on the pinned versions."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import json
import re
import signal
import sqlite3
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from tests.asgiscope.real_servers import ask
from tests.snippets.server_process import Start

pytestmark = pytest.mark.xdist_group("timing")


# Sync: computing ----------------------------------------------------------------------------------


def write_later(file: Path) -> None:
    time.sleep(1)
    file.write_text("the process has gone on")


def python_code() -> None:
    total = 0
    for number in range(6_000_000):
        total += number


@cache
def text() -> str:
    return json.dumps([{"a": number} for number in range(300_000)])


@cache
def numbers() -> list[int]:
    return [(number * 7_919) % 1_000_003 for number in range(1_000_000)]


KEEPS: dict[str, Callable[[], Any]] = {
    "json.loads": lambda: json.loads(text()),
    "re.match": lambda: re.match(r"(a+)+b", "a" * 22),
    "sorted": lambda: sorted(numbers()),
}
RELEASES: dict[str, Callable[[], Any]] = {
    "pbkdf2": lambda: hashlib.pbkdf2_hmac("sha256", b"x", b"y", 1_000_000),
    "zlib": lambda: zlib.compress(text().encode() * 3, 6),
    "sqlite3": lambda: (
        sqlite3.connect(":memory:")
        .execute(
            "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1500000)"
            " SELECT sum(x) FROM c"
        )
        .fetchall()
    ),
    "python": python_code,
}


@dataclass(frozen=True)
class Turns:
    """How long a job took in a thread, and when the event loop had its turn meanwhile."""

    begin: float
    end: float
    computed: float
    """Seconds that the thread itself has computed: less, where the machine was busy."""
    times: list[float]

    @property
    def longest_pause(self) -> float:
        inside = [time for time in self.times if self.begin < time < self.end]
        return max(later - time for time, later in pairwise([self.begin, *inside, self.end]))


async def turns_during(job: Callable[[], Any]) -> Turns:
    begin = end = computed = 0.0
    times: list[float] = []

    def work() -> None:
        nonlocal begin, end, computed
        begin, before = time.monotonic(), time.thread_time()
        job()
        end, computed = time.monotonic(), time.thread_time() - before

    # Who listens to the garbage collector runs Python in the middle of the job, after which another
    # thread may get the lock of the interpreter; hypothesis does, where its tests ran before.
    listening = gc.callbacks[:]
    gc.callbacks.clear()
    try:
        task = asyncio.create_task(asyncio.to_thread(work))
        while not task.done():
            await asyncio.sleep(0.01)
            times.append(time.monotonic())
    finally:
        gc.callbacks.extend(listening)
    return Turns(begin, end, computed, times)


# What is measured is a share of the job's own time, so that a busy machine makes no difference:
# who keeps the interpreter's lock keeps it to the end.


@pytest.mark.parametrize("job", KEEPS.values(), ids=KEEPS)
def test_a_call_that_keeps_the_gil_stops_the_loop_from_a_thread(job: Callable[[], Any]) -> None:
    text(), numbers()
    turns = asyncio.run(turns_during(job))
    assert turns.longest_pause > 0.7 * turns.computed


@pytest.mark.parametrize("job", RELEASES.values(), ids=RELEASES)
def test_other_work_in_a_thread_lets_the_loop_go_on(job: Callable[[], Any]) -> None:
    text()
    turns = asyncio.run(turns_during(job))
    assert sum(turns.begin < time < turns.end for time in turns.times) >= 4


def test_a_process_computes_and_the_pool_closes_with_the_lifespan(start_server: Start) -> None:
    server = start_server("uvicorn", "sync.count_in_process:app")
    assert ask(server.url, "GET", "/") == (200, b"1229")
    assert server.stop(signal.SIGINT) == 0
    assert "Application shutdown complete." in server.log


def test_a_pool_of_processes_is_not_stopped_by_a_cancellation(tmp_path: Path) -> None:
    done = tmp_path / "done"

    async def go() -> tuple[bool, bool]:
        loop = asyncio.get_running_loop()
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            await loop.run_in_executor(pool, time.sleep, 0)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await loop.run_in_executor(pool, write_later, done)
            early = done.exists()
            await loop.run_in_executor(pool, time.sleep, 0)
            return early, done.exists()

    assert asyncio.run(go()) == (False, True)
