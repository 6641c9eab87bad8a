"""The bounded write buffer between the server and a peer that reads at its own pace.

``await send()`` returns at once while the buffer is below its high-water mark, and waits above it
until the peer has read it down to the low-water mark, as a real server's write buffer does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

HIGH_WATER: Final = 65_536  # bytes: above this, send() waits
LOW_WATER: Final = 16_384  # bytes: at or below this, send() goes on


class WriteBuffer:
    """Bytes on their way to the peer.

    ``deliver`` is called with each piece when the peer reads it. ``rate`` is in bytes a second of
    the loop's time; ``None`` reads everything at once, 0 reads nothing.
    """

    def __init__(self, rate: float | None = None) -> None:
        self.deliver: Callable[[bytes], None] = _to_nobody
        self._rate = rate
        self._buffer = bytearray()
        self._timer: asyncio.TimerHandle | None = None
        self._waiters: list[asyncio.Future[None]] = []

    @property
    def buffered(self) -> int:
        return len(self._buffer)

    @property
    def over(self) -> bool:
        return len(self._buffer) > HIGH_WATER

    def write(self, data: bytes) -> None:
        if self._rate is None and not self._buffer:
            if data:
                self.deliver(data)
            return
        self._buffer += data
        self._pump()

    def set_rate(self, rate: float | None) -> None:
        self._rate = rate
        if self._timer:
            self._timer.cancel()
            self._timer = None
        self._pump()

    async def drained(self) -> None:
        """Return when the buffer is down to the low-water mark, or the peer is gone."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        await waiter

    def discard(self) -> None:
        """The peer is gone: what it has not read is lost, and nobody waits for it."""
        self._buffer.clear()
        if self._timer:
            self._timer.cancel()
        self._wake()

    def destroy(self) -> None:
        """Deliver nothing more, and hold nobody."""
        self.discard()
        self.deliver = _to_nobody

    def _pump(self) -> None:
        if not self._buffer or self._rate == 0 or self._timer:
            return
        if self._rate is None:
            self._read(len(self._buffer))
            return
        loop = asyncio.get_running_loop()
        size = min(len(self._buffer), max(1, int(self._rate)))
        self._timer = loop.call_later(size / self._rate, self._on_timer, size)

    def _on_timer(self, size: int) -> None:
        self._timer = None
        self._read(size)
        self._pump()

    def _read(self, size: int) -> None:
        piece = bytes(self._buffer[:size])
        del self._buffer[:size]
        self.deliver(piece)
        if len(self._buffer) <= LOW_WATER:
            self._wake()

    def _wake(self) -> None:
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)


def _to_nobody(data: bytes) -> None:
    """Nobody reads."""
