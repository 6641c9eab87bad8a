"""Uvicorn: its ``Server`` with its protocol classes. h11 and wsproto unless an option says other.

Those two are the same on every platform; ``"auto"`` would take what is installed.
"""

from __future__ import annotations

import inspect
import random
import signal
import sys
from collections.abc import Coroutine, Mapping
from contextlib import AbstractContextManager
from typing import Any, Final

from .adapter import Adapter, App, check_options, inside, replaced, taking
from .network import Listener

with inside("uvicorn"):
    from uvicorn.config import Config
    from uvicorn.server import Server

# Without those for sockets, processes, files and TLS, of which there are none here.
OPTIONS: Final = """
    http ws ws_max_size ws_max_queue ws_ping_interval ws_ping_timeout ws_per_message_deflate
    lifespan interface proxy_headers server_header date_header
    forwarded_allow_ips root_path limit_concurrency limit_max_requests limit_max_requests_jitter
    timeout_keep_alive timeout_graceful_shutdown headers h11_max_incomplete_event_size
    reset_contextvars
"""
USE_CHANCE: Final = (
    "uvicorn.server",
    "uvicorn.protocols.websockets.wsproto_impl",
    "uvicorn.protocols.websockets.websockets_sansio_impl",
)
DEFAULTS: Final = {"http": "h11", "ws": "wsproto", "log_config": None}


class Uvicorn(Adapter):
    name, title = "uvicorn", "Uvicorn"

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(options)
        with inside(self.name):
            known = inspect.signature(Config).parameters
        check_options(self.name, options, known, OPTIONS)
        self._app: App | None = None

        async def app(scope: Any, receive: Any, send: Any) -> None:
            assert self._app is not None
            await self._app(scope, receive, send)

        with taking(self.name):
            self._config = Config(app, **{**DEFAULTS, **options})
            self._config.load()
        self._server: Any = None

    def serve(self, app: App, listener: Listener) -> Coroutine[Any, Any, Any]:
        self._app = app
        with inside(self.name):
            self._server = Server(self._config)
            sockets: Any = [listener]
            # Not serve(), which would take the signals of the process.
            main: Coroutine[Any, Any, Any] = self._server._serve(sockets=sockets)
            return main

    def terminate(self) -> None:
        with inside(self.name):
            self._server.handle_exit(signal.SIGTERM, None)

    def fixed(self) -> AbstractContextManager[None]:
        """Payloads of pings, and the jitter of the most requests."""
        chance = random.Random(0)
        modules = (sys.modules[name] for name in USE_CHANCE if name in sys.modules)
        return replaced(*((module, "random", chance) for module in modules))
