"""Real servers on a free loopback port, each in a thread, for comparison with the mock server."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn

SERVERS = ("uvicorn", "hypercorn")
SECONDS = 20  # after which something is taken to hang


@contextmanager
def serving(server: str, app: Any, serve: Callable[[Any], str]) -> Iterator[str]:
    """The address of an app served by ``server``; ``serve`` is the fixture, which is Uvicorn."""
    if server == "uvicorn":
        yield serve(app)
    else:
        with hypercorn(app) as url:
            yield url


@contextmanager
def hypercorn(app: Any) -> Iterator[str]:
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.errorlog = config.accesslog = None
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    served = serve(app, config, shutdown_trigger=stop.wait)  # type: ignore[arg-type]
    thread = threading.Thread(target=loop.run_until_complete, args=(served,), daemon=True)
    thread.start()
    try:
        wait_until(lambda: _listens(port), "hypercorn did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


@contextmanager
def uvicorn_with(app: Any, **options: Any) -> Iterator[str]:
    """The address of a Uvicorn with options of its own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", **options))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        wait_until(lambda: server.started, "uvicorn did not start")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: Callable[[], bool], otherwise: str) -> None:
    for _ in range(SECONDS * 50):
        if condition():
            return
        threading.Event().wait(0.02)
    pytest.fail(otherwise)


def ask(url: str, method: str, path: str, body: Any = b"") -> tuple[int, bytes]:
    """One request over a real socket: the status and the body of the answer."""
    address = urlsplit(url)
    assert address.hostname is not None
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=SECONDS)
    connection.request(method, path, body or None, encode_chunked=not isinstance(body, bytes))
    response = connection.getresponse()
    answer = response.status, response.read()
    connection.close()
    return answer
