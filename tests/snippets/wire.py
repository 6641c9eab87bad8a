"""A request as bytes, and what comes back for it."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from urllib.parse import urlsplit

FIRST = 5  # seconds that a busy machine may take until the first byte
SECONDS = 20  # after which a response that does not end is taken to hang
LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")


def get(path: str = "/", method: str = "GET", headers: str = "", host: str = "x") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nhost: {host}\r\n{headers}\r\n".encode()


def connect_to(url: str, timeout: float = SECONDS) -> socket.socket:
    address = urlsplit(url)
    return socket.create_connection((address.hostname, address.port), timeout=timeout)


def raw(url: str, request: bytes, quiet: float = 1, first: float = FIRST) -> bytes:
    """What comes back for these bytes, until nothing has come for ``quiet`` seconds or, then with
    "<end>" behind it, the server has closed the connection or reset it.

    For what should not come, or for a connection that should stay open: ``answer_to`` is quicker.
    """
    answer = b""
    with connect_to(url, first) as client:
        client.sendall(request)
        with suppress(ConnectionResetError):
            try:
                while piece := client.recv(65_536):
                    client.settimeout(quiet)
                    answer += piece
            except TimeoutError:
                return answer
    return answer + b"<end>"


def answer_to(url: str, request: bytes) -> bytes:
    """The response to a request, head and body as they are on the wire, as soon as it is whole."""
    with connect_to(url) as client:
        return exchange(client, request)


def exchange(client: socket.socket, request: bytes) -> bytes:
    """The same over a connection that is open, and stays so."""
    client.sendall(request)
    has_body = not request.startswith(b"HEAD ")
    answer = b""
    while not is_whole(answer, has_body):
        piece = client.recv(65_536)
        assert piece, f"the connection was closed before the response was whole: {answer!r}"
        answer += piece
    return answer


def is_whole(answer: bytes, has_body: bool = True) -> bool:
    """Whether a response has come to its end, by its length or by its last chunk."""
    head, gap, body = answer.partition(b"\r\n\r\n")
    if not gap or not has_body:
        return bool(gap)
    length = LENGTH.search(head)
    if length:
        return len(body) >= int(length[1])
    return body.endswith(b"0\r\n\r\n")
