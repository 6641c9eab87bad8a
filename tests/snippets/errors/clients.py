"""Provokers of what clients say of a server: HTTPX, websockets, and Python itself."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any

import httpx
from starlette.applications import Starlette
from websockets.sync.client import connect

from tests.snippets.errors.apps import ACCEPT, hello, sending
from tests.snippets.errors.saying import Said, provokes, raised
from tests.snippets.errors.servers import server


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answering(answer: bytes, call: Callable[[int], Any]) -> list[Said]:
    """What a client raises at a port that answers these bytes, whatever it is asked."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            with client:
                client.recv(65_536)
                client.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        said = raised(lambda: call(listener.getsockname()[1]))
        thread.join()
    return said


@provokes("httpx-not-http", listens=True)
def httpx_not_http() -> Iterable[Said]:
    return answering(
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        lambda port: httpx.get(f"http://127.0.0.1:{port}/", trust_env=False),
    )


@provokes("https-to-http-port", listens=True)
def https_to_http_port() -> Iterable[Said]:
    port = server("uvicorn").port
    with server("uvicorn").hearing(hello):
        return raised(lambda: httpx.get(f"https://127.0.0.1:{port}/", trust_env=False))


@provokes("httpx-pool-timeout", listens=True)
def httpx_pool_timeout() -> Iterable[Said]:
    def main() -> None:
        limits, timeout = httpx.Limits(max_connections=1), httpx.Timeout(5, pool=0.1)
        with (
            httpx.Client(limits=limits, timeout=timeout, trust_env=False) as client,
            client.stream("GET", server("uvicorn").url),
        ):
            client.get(server("uvicorn").url)

    with server("uvicorn").hearing(hello):
        return raised(main)


@provokes("python-connection-refused", listens=True)
def python_connection_refused() -> Iterable[Said]:
    return raised(lambda: connect(f"ws://127.0.0.1:{unused_port()}/"))


@provokes("websocket-not-http", listens=True)
def websocket_not_http() -> Iterable[Said]:
    return answering(b"", lambda port: connect(f"ws://127.0.0.1:{port}/"))


@provokes("rejected-404", listens=True)
def rejected_404() -> Iterable[Said]:
    return server("no-websocket").talked(Starlette())


@provokes("handshake-timed-out", listens=True)
def handshake_timed_out() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await receive()

    with server("uvicorn").hearing(app):
        return raised(lambda: connect(address("uvicorn"), open_timeout=0.2))


def address(name: str) -> str:
    return f"ws://127.0.0.1:{server(name).port}/"


@provokes("unsupported-subprotocol", listens=True)
def unsupported_subprotocol() -> Iterable[Said]:
    with server("uvicorn").hearing(sending({**ACCEPT, "subprotocol": "v2"})):
        return raised(lambda: connect(address("uvicorn"), subprotocols=["v1"]))  # type: ignore[list-item]


@provokes("no-subprotocol", listens=True)
def no_subprotocol() -> Iterable[Said]:
    with server("uvicorn").hearing(sending({**ACCEPT, "subprotocol": "v2"})):
        return raised(lambda: connect(address("uvicorn")))


@provokes("websocket-address")
def websocket_address() -> Iterable[Said]:
    return raised(lambda: connect("http://127.0.0.1/"))


@provokes("closed-service-restart", listens=True)
def closed_service_restart() -> Iterable[Said]:
    from tests.snippets.errors.servers import Shared

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(ACCEPT)
        await receive()

    own = Shared("uvicorn")
    own.app = app

    def main() -> None:
        with connect(f"ws://127.0.0.1:{own.port}/") as client:
            own.stop()
            client.recv()

    try:
        return raised(main)
    finally:
        own.close()
