from asyncio import TimerHandle
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol


class WatchClock(H11Protocol):
    # zh: 头部最多等这么久才到齐；不读的客户端也最多等这么久。
    # en: How long a head may take to arrive, and a client to read.
    seconds = 20.0
    # zh: 让我们等着的连接，等得最久的在前。
    # en: Those that keep us waiting, the longest first.
    waiting: ClassVar[dict["WatchClock", TimerHandle]] = {}

    def watch(self) -> None:
        self.forget()
        busy = self.cycle and not self.cycle.response_complete
        if self.flow.write_paused or not busy:
            timer = self.loop.call_later(self.seconds, self.cut)
            self.waiting[self] = timer

    def forget(self) -> None:
        if timer := self.waiting.pop(self, None):
            timer.cancel()

    def cut(self) -> None:
        self.forget()
        self.connections.discard(self)
        self.transport.abort()
