"""A connection in memory: what asyncio's own transport does for a server, without a socket.

One end is an :class:`asyncio.Transport`, which the server's protocol is given. The other is a
:class:`FarEnd`, the client, which calls what begins with ``far_``. There are no buffers of a kernel
between them: what the client has not read is in the write buffer of the server, at once.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from contextvars import Context
from typing import Any, Final, Protocol

from ..clock.budget import OverBudget
from ..server.write_buffer import HIGH_WATER, WriteBuffer

MOST_READ: Final = 256 * 1024  # bytes that asyncio reads from a socket at a time
HOST: Final = "127.0.0.1"
PORT: Final = 8000  # of the server
RESET: Final = ConnectionResetError(104, "Connection reset by peer")
BROKEN: Final = BrokenPipeError(32, "Broken pipe")


class FarEnd(Protocol):
    """The client's end. It must not call the transport back at once: see ``loop.call_soon``."""

    def data_received(self, data: bytes) -> None:
        """The client has read these bytes."""

    def eof_received(self, half: bool) -> None:
        """The server has closed the connection, or ended only its ``half`` of it."""

    def failed(self, error: BaseException) -> None:
        """The server's protocol has raised, which ends the connection."""


class Socket:
    """What servers ask the socket itself."""

    family = socket.AF_INET
    type = socket.SOCK_STREAM

    def __init__(self, port: int) -> None:
        self._port = port

    def getpeername(self) -> tuple[str, int]:
        return HOST, self._port

    def getsockname(self) -> tuple[str, int]:
        return HOST, PORT


class Transport(asyncio.Transport):
    """The server's end of a connection from ``port``."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, port: int, far: FarEnd, context: Context
    ) -> None:
        sock = Socket(port)
        names = {"peername": sock.getpeername(), "sockname": sock.getsockname()}
        super().__init__({**names, "socket": sock})
        self._loop = loop
        self._far = far
        self._context = context
        self._protocol: Any = None
        self._buffer = WriteBuffer()
        self._buffer.deliver = self._deliver
        self._high, self._low = HIGH_WATER, HIGH_WATER // 4
        self._writing_paused = self._reading_paused = False
        self._closing = self._lost = self._ended = False
        self._unread: deque[bytes] = deque()  # what the server does not read yet
        self._far_ended = self._far_gone = self._told_end = False
        self._written_in_vain = 0
        self.on_lost: Callable[[], None] = lambda: None

    # For the server -------------------------------------------------------------------------

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        protocol: asyncio.BaseProtocol = self._protocol
        return protocol

    def is_closing(self) -> bool:
        return self._closing

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._ended:
            raise RuntimeError("Cannot call write() after write_eof()")
        if self._lost or not data:
            return
        if self._far_gone:
            self._write_in_vain()
            return
        self._buffer.write(bytes(data))
        if self._buffer.buffered > self._high and not self._writing_paused:
            self._writing_paused = True
            self._protocol.pause_writing()

    def writelines(self, list_of_data: Any) -> None:
        self.write(b"".join(list_of_data))

    def close(self) -> None:
        if self._closing:
            return
        self._closing = True
        if not self._buffer.buffered:
            self._lose(None)

    def abort(self) -> None:
        self._break(None)

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        if self._closing or self._ended:
            return
        self._ended = True
        if not self._buffer.buffered:
            self._end_half()

    def is_reading(self) -> bool:
        return not (self._closing or self._reading_paused)

    def pause_reading(self) -> None:
        self._reading_paused = True

    def resume_reading(self) -> None:
        if self._reading_paused and not self._closing:
            self._reading_paused = False
            self._loop.call_soon(self._read, context=self._context.copy())

    def get_write_buffer_size(self) -> int:
        return self._buffer.buffered

    def get_write_buffer_limits(self) -> tuple[int, int]:
        return self._low, self._high

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self._high = (HIGH_WATER if low is None else 4 * low) if high is None else high
        self._low = self._high // 4 if low is None else low

    # For the client -------------------------------------------------------------------------

    @property
    def writing_paused(self) -> bool:
        """Whether the server has been told to wait with writing."""
        return self._writing_paused

    @property
    def holds(self) -> int:
        """Bytes that have come while the server has stopped reading."""
        return sum(map(len, self._unread)) if self._reading_paused else 0

    def far_write(self, data: bytes) -> None:
        """Bytes have come from the client."""
        self._unread.extend(data[at : at + MOST_READ] for at in range(0, len(data), MOST_READ))
        self._context.copy().run(self._read)

    def far_end(self) -> None:
        """The client ends its half: the server reads the end after what has come before."""
        self._far_ended = True
        self._context.copy().run(self._read)

    def far_close(self) -> None:
        """The client is gone. What it has not read makes that a reset, as TCP has it."""
        self._far_gone = True
        if self._buffer.buffered:
            self._loop.call_soon(self._break, RESET, context=self._context.copy())
        else:
            self.far_end()

    def far_rate(self, rate: float | None) -> None:
        """From now on the client reads so many bytes a second; None: as fast as they come."""
        self._context.copy().run(self._buffer.set_rate, rate)

    def destroy(self) -> None:
        """The run is over: undo circles of references."""
        self._buffer.destroy()
        self.on_lost = lambda: None

    # ----------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Hand over what has come, one piece a turn of the event loop, and then the end."""
        if self._reading_paused or self._closing:
            return
        if self._unread:
            self._call(self._protocol.data_received, self._unread.popleft())
            if self._unread or self._far_ended:
                self._loop.call_soon(self._read, context=self._context.copy())
        elif self._far_ended and not self._told_end:
            self._told_end = True
            if not self._call(self._protocol.eof_received):
                self.close()

    def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """A callback of the protocol; what it raises ends the connection."""
        try:
            return function(*arguments)
        except (OverBudget, SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._far.failed(error)
            self._break(error)
            return True

    def _deliver(self, data: bytes) -> None:
        """The client has read a piece."""
        self._far.data_received(data)
        left = self._buffer.buffered
        if self._writing_paused and left <= self._low:
            self._writing_paused = False
            self._call(self._protocol.resume_writing)
        if not left and self._closing:
            self._lose(None)
        elif not left and self._ended:
            self._end_half()

    def _end_half(self) -> None:
        self._far.eof_received(True)

    def _write_in_vain(self) -> None:
        """To a client that is gone: the first write is answered by a reset, the next one fails."""
        self._written_in_vain += 1
        if not self._told_end or self._written_in_vain > 1:
            error = BROKEN if self._told_end else RESET
            self._loop.call_soon(self._break, error, context=self._context.copy())

    def _break(self, error: BaseException | None) -> None:
        self._closing = True
        self._buffer.discard()
        self._lose(error)

    def _lose(self, error: BaseException | None) -> None:
        if not self._lost:
            self._lost = True
            self._loop.call_soon(self._call_lost, error, context=self._context.copy())

    def _call_lost(self, error: BaseException | None) -> None:
        self._call(self._protocol.connection_lost, error)
        self.on_lost()
        if not self._far_gone:
            self._far.eof_received(False)
