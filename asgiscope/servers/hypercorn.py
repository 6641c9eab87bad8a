"""Hypercorn: its asyncio worker, with HTTP/1.1 by h11, WebSocket by wsproto, and HTTP/2 by h2."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Coroutine, Mapping
from contextlib import AbstractContextManager
from typing import Any, Final

from .adapter import Adapter, App, check_options, inside, replaced, taking
from .network import Listener

with inside("hypercorn"):
    import hypercorn.asyncio.run
    from hypercorn.app_wrappers import ASGIWrapper
    from hypercorn.asyncio.run import worker_serve
    from hypercorn.config import Config, Sockets

# Without those for sockets, processes, files and TLS, of which there are none here.
OPTIONS: Final = """
    alt_svc_headers graceful_timeout read_timeout h11_max_incomplete_size h11_pass_raw_headers
    h2_max_concurrent_streams h2_max_header_list_size h2_max_inbound_frame_size
    include_date_header include_server_header keep_alive_timeout keep_alive_max_requests
    max_app_queue_size max_requests max_requests_jitter root_path server_names shutdown_timeout
    startup_timeout websocket_max_message_size websocket_ping_interval
"""


class Hypercorn(Adapter):
    name, title = "hypercorn", "Hypercorn"
    http_versions = ("1.0", "1.1", "2")

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(options)
        with inside(self.name):
            known = set(dir(Config))
        check_options(self.name, options, known, OPTIONS)
        with taking(self.name):
            self._config = Config.from_mapping(options)
        self._config.accesslog = None
        self._config.errorlog = logging.getLogger("hypercorn.error")
        self._stop: asyncio.Event | None = None

    def serve(self, app: App, listener: Listener) -> Coroutine[Any, Any, Any]:
        self._stop = asyncio.Event()
        with inside(self.name):
            sockets: Any = Sockets([], [listener], [])  # type: ignore[list-item]
            trigger = self._stop.wait
            wrapped = ASGIWrapper(app)
            return worker_serve(wrapped, self._config, sockets=sockets, shutdown_trigger=trigger)

    def terminate(self) -> None:
        assert self._stop is not None
        self._stop.set()

    def fixed(self) -> AbstractContextManager[None]:
        """The jitter of the most requests."""
        return replaced((hypercorn.asyncio.run, "randint", random.Random(0).randint))
