"""A request as bytes, and what comes back for it."""

from __future__ import annotations

import socket
from contextlib import suppress
from urllib.parse import urlsplit

FIRST = 5  # seconds that a busy machine may take until the first byte


def get(path: str = "/", method: str = "GET", headers: str = "") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nhost: x\r\n{headers}\r\n".encode()


def raw(url: str, request: bytes, quiet: float = 1, first: float = FIRST) -> bytes:
    """What comes back for these bytes, until nothing has come for ``quiet`` seconds or, then with
    "<end>" behind it, the server has closed the connection or reset it."""
    address = urlsplit(url)
    answer = b""
    with socket.create_connection((address.hostname, address.port), timeout=first) as client:
        client.sendall(request)
        with suppress(ConnectionResetError):
            try:
                while piece := client.recv(65_536):
                    client.settimeout(quiet)
                    answer += piece
            except TimeoutError:
                return answer
    return answer + b"<end>"
