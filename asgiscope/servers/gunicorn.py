"""Gunicorn: its own worker for ASGI (``-k asgi``), without the arbiter and its processes."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Coroutine, Mapping
from contextlib import AbstractContextManager
from typing import Any, Final

from .adapter import Adapter, App, check_options, inside, replaced, taking
from .network import Listener

with inside("gunicorn"):
    import gunicorn.asgi.protocol
    from gunicorn.config import Config
    from gunicorn.glogging import Logger
    from gunicorn.workers.gasgi import ASGIWorker

# Without those for sockets, processes, files, hooks and TLS, of which there are none here.
OPTIONS: Final = """
    asgi_disconnect_grace_period asgi_lifespan casefold_http_method forwarded_allow_ips
    forwarder_headers graceful_timeout header_map http2_cleartext http2_initial_window_size
    http2_max_concurrent_streams http2_max_frame_size http2_max_header_list_size http_protocols
    keepalive limit_request_field_size limit_request_fields limit_request_line
    max_requests max_requests_jitter permit_obsolete_folding permit_unconventional_http_method
    permit_unconventional_http_version root_path secure_scheme_headers strip_header_spaces timeout
    websocket_max_message_size worker_connections
"""


class Worker(ASGIWorker):  # type: ignore[misc] # Gunicorn has no types
    """The worker without what it does to its process: the file that the arbiter looks at."""

    def __init__(self, app: App, config: Any, listener: Listener) -> None:
        self.cfg, self.log, self.asgi = config, Logger(config), app
        self.sockets: list[Any] = [listener]
        self.servers: list[Any] = []
        self.ppid, self.pid = os.getppid(), os.getpid()
        self.alive, self.nr, self.nr_conns = True, 0, 0
        self.max_requests = config.max_requests or sys.maxsize
        if config.max_requests:
            self.max_requests += random.Random(0).randint(0, config.max_requests_jitter)
        self.worker_connections = config.worker_connections
        self.lifespan: Any = None
        self.state: dict[str, Any] = {}
        self._quick_shutdown = False

    def notify(self) -> None:
        """No arbiter looks whether it is alive."""


class Gunicorn(Adapter):
    name, title = "gunicorn", "Gunicorn"

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(options)
        with inside(self.name):
            self._config = Config(prog=self.name)
            known = self._config.settings.keys()
        check_options(self.name, options, known, OPTIONS)
        with taking(self.name):
            for name, value in options.items():
                self._config.set(name, value)
            self._config.set("loglevel", "warning")
        if self._config.http2_cleartext != "off":
            self.http_versions = ("1.0", "1.1", "2")
        self._worker: Any = None

    def serve(self, app: App, listener: Listener) -> Coroutine[Any, Any, Any]:
        with inside(self.name):
            self._worker = Worker(app, self._config, listener)
            self._worker.loop = asyncio.get_running_loop()
            main: Coroutine[Any, Any, Any] = self._worker._serve()
            return main

    def terminate(self) -> None:
        with inside(self.name):
            self._worker.handle_exit_signal()

    def fixed(self) -> AbstractContextManager[None]:
        """The date header, which it keeps for a second of any clock."""
        with inside(self.name):
            return replaced((gunicorn.asgi.protocol, "_cached_date_time", 0.0))
