"""Waiting for something to hold, asked anew whenever somebody says that things have changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import inf


class Changes:
    """Who waits, and is woken by :meth:`tell`."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiters: list[asyncio.Future[None]] = []

    def tell(self, *_: object) -> None:
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, condition: Callable[[], bool], seconds: float = inf) -> bool:
        """Wait so many seconds at most; whether the condition holds then."""
        over = self._loop.time() + seconds
        while not condition():
            left = over - self._loop.time()
            if left <= 0:
                return False
            waiter = self._loop.create_future()
            self._waiters.append(waiter)
            await asyncio.wait([waiter], timeout=None if left == inf else left)
        return True
