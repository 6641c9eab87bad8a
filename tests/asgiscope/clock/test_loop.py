"""Virtual time: waiting costs nothing, and the order of events is always the same."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from asgiscope.clock.budget import OverBudget
from asgiscope.clock.install import install
from asgiscope.clock.loop import Deadlock, OutsideAnyLoop, VirtualLoop
from asgiscope.clock.time_calls import VirtualTime


def run(coroutine, **limits):
    loop = VirtualLoop(**limits)
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()


def test_an_hour_passes_at_once() -> None:
    async def main() -> float:
        await asyncio.sleep(3600)
        return asyncio.get_running_loop().time()

    before = time.perf_counter()
    assert run(main()) == 3600
    assert time.perf_counter() - before < 60


def test_timers_fire_at_their_own_time_without_drift() -> None:
    async def main() -> list[float]:
        times = []
        for _ in range(10):
            await asyncio.sleep(0.1)
            times.append(round(asyncio.get_running_loop().time(), 9))
        return times

    assert run(main()) == [round(0.1 * n, 9) for n in range(1, 11)]


def test_timeouts_and_task_groups_work() -> None:
    async def main() -> str:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(5):
                await asyncio.sleep(10)
        async with asyncio.TaskGroup() as group:
            slow = group.create_task(asyncio.sleep(3, "slow"))
            group.create_task(asyncio.sleep(1))
        return f"{slow.result()} {asyncio.get_running_loop().time()}"

    assert run(main()) == "slow 8.0"


def test_settled_returns_when_nothing_else_can_run_now() -> None:
    async def main(order: list[str]) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)

        async def busy() -> None:
            for _ in range(5):
                await asyncio.sleep(0)
            order.append("busy")

        task = asyncio.create_task(busy())
        await loop.settled()
        order.append("settled")
        await task

    order: list[str] = []
    run(main(order))
    assert order == ["busy", "settled"]


def test_waiting_for_nothing_is_a_deadlock_not_a_hang() -> None:
    async def main() -> None:
        await asyncio.Event().wait()

    with pytest.raises(Deadlock):
        run(main())


def test_an_endless_loop_runs_into_its_budget() -> None:
    async def main() -> None:
        while True:
            await asyncio.sleep(1)

    with pytest.raises(OverBudget, match="turns"):
        run(main(), turns=100)
    with pytest.raises(OverBudget, match="seconds"):
        run(main(), seconds=100)


def test_the_time_module_tells_virtual_time_only_during_a_run_and_on_its_thread() -> None:
    install()
    loop = VirtualLoop()
    slept: list[tuple[float, str]] = []
    elsewhere: list[float] = []
    asked = threading.Event()
    thread = threading.Thread(target=lambda: (asked.wait(), elsewhere.append(time.time())))
    thread.start()
    with VirtualTime(loop, lambda *said: slept.append(said)):
        kept = time.monotonic
        time.sleep(5)
        assert (loop.time(), time.monotonic()) == (5, 5)
        asked.set()
        thread.join()
        virtual = time.time()
    loop.close()
    assert slept == [(5, "time.sleep")]
    assert elsewhere[0] != virtual
    assert kept() != 5, "a function kept from a run tells real time after it"


def test_a_run_can_stand_inside_another_loop() -> None:
    async def inner() -> float:
        await asyncio.sleep(9)
        return asyncio.get_running_loop().time()

    async def outer() -> float:
        with OutsideAnyLoop():
            result = run(inner())
        await asyncio.sleep(0)
        return result

    assert asyncio.run(outer()) == 9
