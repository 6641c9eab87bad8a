"""A client of HTTP/2 over a plain socket, from h2, which Hypercorn brings along."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import urlsplit

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, Event, StreamEnded
from h2.settings import SettingCodes

Header = tuple[bytes, bytes]


class Http2Client:
    """One connection. Streams opened by the client have odd numbers."""

    def __init__(self, url: str, push: bool = True, acknowledge: bool = True) -> None:
        address = urlsplit(url)
        self.socket = socket.create_connection((address.hostname, address.port))
        self.h2 = H2Connection(H2Configuration(header_encoding=None))
        self.h2.initiate_connection()
        self.events: list[Event] = []
        self._acknowledge = acknowledge
        if not push:
            self.h2.update_settings({SettingCodes.ENABLE_PUSH: 0})

    def __enter__(self) -> Http2Client:
        return self

    def __exit__(self, *_: Any) -> None:
        self.socket.close()

    def get(self, stream: int, path: str = "/", *headers: Header) -> None:
        self.open(stream, [(b":method", b"GET"), (b":path", path.encode()), *headers], end=True)

    def connect(self, stream: int, path: str, *headers: Header) -> None:
        """The handshake of a WebSocket."""
        pseudo = [(b":method", b"CONNECT"), (b":protocol", b"websocket"), (b":path", path.encode())]
        self.open(stream, [*pseudo, (b"sec-websocket-version", b"13"), *headers], end=False)

    def open(self, stream: int, headers: list[Header], end: bool) -> None:
        place = [(b":scheme", b"http"), (b":authority", b"shop.example")]
        pseudo = [header for header in headers if header[0].startswith(b":")]
        rest = [header for header in headers if not header[0].startswith(b":")]
        self.h2.send_headers(stream, [*pseudo, *place, *rest], end_stream=end)
        self.flush()

    def send(self, stream: int, data: bytes) -> None:
        self.h2.send_data(stream, data)
        self.flush()

    def reset(self, stream: int) -> None:
        self.h2.reset_stream(stream)
        self.flush()

    def flush(self) -> None:
        self.socket.sendall(self.h2.data_to_send())

    def read(
        self, *ended: int, seconds: float = 5, until: type[Event] | None = None
    ) -> Http2Client:
        """Read until these streams have ended or a further event of a kind has come, or else until
        nothing has come for so many seconds."""
        self.socket.settimeout(seconds)
        before = len(self.events)
        while not ended or not set(ended) <= self.ended:
            if until and any(isinstance(event, until) for event in self.events[before:]):
                break
            try:
                data = self.socket.recv(65_536)
            except TimeoutError:
                break
            if not data:
                break
            for event in self.h2.receive_data(data):
                self.events.append(event)
                if self._acknowledge and isinstance(event, DataReceived):
                    length = event.flow_controlled_length
                    self.h2.acknowledge_received_data(length, event.stream_id)
            self.flush()
        return self

    @property
    def ended(self) -> set[int]:
        return {event.stream_id for event in self.events if isinstance(event, StreamEnded)}

    def of(self, kind: type[Any], stream: int) -> list[Any]:
        """The events of a kind on a stream."""
        return [e for e in self.events if isinstance(e, kind) and e.stream_id == stream]

    def body(self, stream: int) -> bytes:
        return b"".join(event.data for event in self.of(DataReceived, stream))
