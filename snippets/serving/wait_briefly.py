from asyncio import TimerHandle, Transport

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class WaitBriefly(H11Protocol):
    # zh: 头部最多等这么久才到齐；不读的客户端也最多等这么久。
    # en: How long a head may take to arrive, and a client to read.
    seconds = 20.0
    timer: TimerHandle | None = None

    def set_timer(self, wanted: bool) -> None:
        if self.timer:
            self.timer.cancel()
        call, cut = self.loop.call_later, self.transport.abort
        self.timer = call(self.seconds, cut) if wanted else None

    def connection_made(self, transport: Transport) -> None:
        super().connection_made(transport)
        self.set_timer(True)

    def data_received(self, data: bytes) -> None:
        idle = self.conn.their_state is h11.IDLE
        super().data_received(data)
        if idle and self.conn.their_state is not h11.IDLE:
            self.set_timer(False)
        elif idle and not self.timer:
            self.set_timer(True)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.set_timer(True)

    def resume_writing(self) -> None:
        super().resume_writing()
        self.set_timer(False)

    def connection_lost(self, exc: Exception | None) -> None:
        self.set_timer(False)
        super().connection_lost(exc)
