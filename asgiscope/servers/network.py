"""Listening in memory: servers call ``loop.create_server`` as ever, and clients get connections."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextvars import Context
from typing import Any

from .changes import Changes
from .transport import HOST, PORT, FarEnd, Transport


class Listener:
    """What a server takes for the socket on which it listens. It is nothing but an address."""

    family = socket.AF_INET
    type = socket.SOCK_STREAM

    @property
    def sock(self) -> Listener:
        """Gunicorn keeps a socket in an object of its own, under this name."""
        return self

    def getsockname(self) -> tuple[str, int]:
        return HOST, PORT

    def close(self) -> None:
        """There is nothing to close."""


class MemoryServer(asyncio.AbstractServer):
    """What ``loop.create_server`` returns, as asyncio has it since Python 3.12."""

    def __init__(self, loop: asyncio.AbstractEventLoop, factory: Callable[[], Any]) -> None:
        self._loop = loop
        self.factory = factory
        self.sockets: tuple[Any, ...] = (Listener(),)
        self.open = True
        self.connections = 0
        self._changes = Changes(loop)

    def get_loop(self) -> asyncio.AbstractEventLoop:
        return self._loop

    def is_serving(self) -> bool:
        return self.open

    async def start_serving(self) -> None:
        """It serves from the beginning."""

    async def serve_forever(self) -> None:
        await self.wait_closed()

    def close(self) -> None:
        self.open = False
        self._changes.tell()

    async def wait_closed(self) -> None:
        """Return when it is closed and every connection has ended."""
        await self._changes.until(lambda: not (self.open or self.connections))

    def on_lost(self) -> None:
        self.connections -= 1
        self._changes.tell()


class Network:
    """Where a server listens, inside a ``with``: it stands in for the loop's ``create_server``."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop: Any = loop
        self._server: MemoryServer | None = None
        self._transports: list[Transport] = []
        self.listener = Listener()
        self.on_listening: Callable[[], None] = lambda: None

    def __enter__(self) -> None:
        self._loop.create_server = self._create_server

    def __exit__(self, *_: object) -> None:
        del self._loop.create_server
        self.on_listening = lambda: None
        for transport in self._transports:
            transport.destroy()

    @property
    def listening(self) -> bool:
        return self._server is not None and self._server.open

    async def _create_server(
        self, factory: Callable[[], Any], host: Any = None, port: Any = None, **options: Any
    ) -> Any:
        if not isinstance(options.get("sock"), Listener):  # of the app, not of the server
            real = asyncio.BaseEventLoop.create_server
            return await real(self._loop, factory, host, port, **options)
        self._server = MemoryServer(self._loop, factory)
        self.on_listening()
        return self._server

    def cut(self) -> None:
        """The server's process has ended, and with it its connections."""
        for transport in self._transports:
            transport.abort()

    def connect(self, port: int, far: FarEnd, context: Context) -> Transport:
        """A connection from a client's port. ``context`` is the one that the server's code has."""
        server = self._server
        assert server is not None
        server.connections += 1
        transport = Transport(self._loop, port, far, context)
        transport.on_lost = server.on_lost
        self._transports.append(transport)
        context.copy().run(self._accept, server, transport)
        return transport

    def _accept(self, server: MemoryServer, transport: Transport) -> None:
        protocol = server.factory()
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
