from asyncio import Transport

from snippets.serving.watch_clock import WatchClock


class WaitBriefly(WatchClock):
    most = 1000

    def connection_made(self, transport: Transport) -> None:
        super().connection_made(transport)
        self.watch()
        # zh: 满了：等得最久的让出位置，都在忙就是新来的自己。
        # en: Full: the longest waiting goes, the newcomer itself
        # zh: 新来的也在等，所以总有一个。
        # en: if all others are busy: it waits too.
        if len(self.connections) > self.most:
            next(iter(self.waiting)).cut()

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        super().data_received(data)
        # zh: 一滴一滴地来，赢不到时间：要等头部到齐。
        # en: Dripping wins no time: only a whole head counts.
        if self.cycle is not before:
            self.watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self.watch()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.watch()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.forget()
