"""Real servers that all provokers share: they serve whatever app is handed to them."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from tests.snippets.errors.saying import Ear, Said, of_exception
from tests.snippets.wire import raw

App = Callable[[Any, Any, Any], Any]
LOGGERS = {"uvicorn": ("uvicorn.error", "uvicorn.access"), "hypercorn": ("hypercorn.error",)}
SECONDS = 5
GET = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"


class Shared:
    """A running server whose app can be changed between two questions."""

    def __init__(self, kind: str, **options: Any) -> None:
        self.kind = kind
        self.app: App | None = None
        self.calls = self.returns = 0
        self.ear = Ear()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.loop = asyncio.new_event_loop()
        self.stop: Callable[[], Any] = lambda: None
        for name in LOGGERS[kind]:
            logging.getLogger(name).setLevel(logging.INFO)
            logging.getLogger(name).addHandler(self.ear)
        start = self._uvicorn if kind == "uvicorn" else self._hypercorn
        self.thread = threading.Thread(target=start, args=(options,), daemon=True)
        self.thread.start()
        until(self._listens, f"{kind} did not start")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        assert self.app is not None
        self.calls += 1
        try:
            return await self.app(scope, receive, send)
        finally:
            self.returns += 1

    def _uvicorn(self, options: dict[str, Any]) -> None:
        common = {"log_config": None, "lifespan": "off", "timeout_graceful_shutdown": 1}
        config = uvicorn.Config(self, port=self.port, **{**common, **options})
        server = uvicorn.Server(config)
        self.stop = lambda: setattr(server, "should_exit", True)
        self.loop.run_until_complete(server.serve())

    def _hypercorn(self, options: dict[str, Any]) -> None:
        from hypercorn.asyncio import serve
        from hypercorn.config import Config

        config = Config()
        config.bind = [f"127.0.0.1:{self.port}"]
        config.errorlog = logging.getLogger("hypercorn.error")
        config.accesslog = None
        config.graceful_timeout = 1

        async def app(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "lifespan":
                raise NotImplementedError("lifespan")
            await self(scope, receive, send)

        async def main() -> None:
            ended = asyncio.Event()
            self.stop = lambda: self.loop.call_soon_threadsafe(ended.set)
            await serve(app, config, shutdown_trigger=ended.wait)

        self.loop.run_until_complete(main())

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self.stop()
        self.thread.join(SECONDS)
        self.loop.close()
        for name in LOGGERS[self.kind]:
            logging.getLogger(name).removeHandler(self.ear)

    @contextmanager
    def hearing(self, app: App) -> Iterator[list[Said]]:
        """Serve an app; what the server says, until the app has returned and it is quiet."""
        self.app = app
        self.calls = self.returns = 0
        said: list[Said] = []
        self.ear.said = said
        yield said
        until(lambda: self.calls == self.returns, f"{self.kind} still calls the app")
        until(lambda: said, "", soft=True)
        time.sleep(0.05)

    def asked(self, app: App, request: bytes = GET) -> list[Said]:
        """What the server says, and what it answers, when these bytes come."""
        with self.hearing(app) as said:
            answer = raw(self.url, request, first=1).removesuffix(b"<end>")
            said += response_of(answer, self.kind)
        return said

    def talked(
        self, app: App, talk: Callable[[Any], Any] = lambda client: client.recv()
    ) -> list[Said]:
        """What the server and the client say, when a client connects and talks."""
        with self.hearing(app) as said:
            try:
                with connect(f"ws://127.0.0.1:{self.port}/", compression=None) as client:
                    talk(client)
            except (WebSocketException, TimeoutError) as error:
                said += of_exception(error)
        return said


def response_of(answer: bytes, who: str) -> list[Said]:
    """The body of a response, said where its status says."""
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 "):
        return []
    return [Said(f"response {head[9:12].decode()}", body.decode(errors="replace").strip(), (who,))]


def until(condition: Callable[[], Any], otherwise: str, soft: bool = False) -> None:
    for _ in range(30 if soft else SECONDS * 100):
        if condition():
            return
        time.sleep(0.01)
    assert soft, otherwise


_RUNNING: dict[str, Shared] = {}
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "uvicorn": ("uvicorn", {"http": "httptools", "ws_max_size": 1000}),
    "h11": ("uvicorn", {"http": "h11"}),
    "no-websocket": ("uvicorn", {"ws": "none"}),
    "limited": ("uvicorn", {"limit_concurrency": 1}),
    "pings": ("uvicorn", {"ws_ping_interval": 0.2, "ws_ping_timeout": 0.2}),
    "hypercorn": ("hypercorn", {}),
}


def server(name: str) -> Shared:
    """The running server of a kind, started when it is first asked for."""
    if name not in _RUNNING:
        kind, options = KINDS[name]
        _RUNNING[name] = Shared(kind, **options)
    return _RUNNING[name]


def close_all() -> None:
    while _RUNNING:
        _RUNNING.popitem()[1].close()
