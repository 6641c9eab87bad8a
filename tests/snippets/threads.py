"""Work in threads that lasts until a test ends it, and clients that ask at the same time."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio

from tests.asgiscope.real_servers import ask

LONGEST = 20  # seconds, after which something is taken to hang
Wait = Callable[[], Awaitable[Any]]


class Nap:
    """A blocking function that returns when it is woken."""

    def __init__(self) -> None:
        self.woken = threading.Event()
        self.asleep = 0

    def __call__(self, *_: Any) -> None:
        self.asleep += 1
        self.woken.wait(LONGEST)
        self.asleep -= 1


class Meeting:
    """A blocking function that returns when two threads are in it, or nobody else has come."""

    def __init__(self, patience: float = LONGEST) -> None:
        self.barrier = threading.Barrier(2, timeout=patience)
        self.met = False

    def __call__(self, *_: Any) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            self.barrier.wait()
            self.met = True


async def let_go(wait: Wait, nap: Nap, by: str = "asyncio") -> bool:
    """Whether a cancellation ends the wait for a nap before the nap has ended."""
    asyncio.get_running_loop().call_later(0.5, nap.woken.set)
    if by == "anyio":
        with anyio.move_on_after(0.1):
            await wait()
    else:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.1):
                await wait()
    return not nap.woken.is_set()


def ask_together(url: str, *paths: str) -> list[tuple[int, bytes]]:
    """Ask for all of them at the same time."""
    with ThreadPoolExecutor(len(paths)) as pool:
        return list(pool.map(lambda path: ask(url, "GET", path), paths))
