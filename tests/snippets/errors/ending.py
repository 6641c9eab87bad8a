"""Provokers of what is said when a server stops or a peer goes away."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
import time
from collections.abc import Iterable
from functools import cache
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.snippets.errors.apps import BODY, START, heads, hello, sending
from tests.snippets.errors.saying import Said, listening, no_warnings, provokes, raised
from tests.snippets.errors.servers import GET, server, until


@cache
def stopped_while_busy(client_stays: bool) -> list[Said]:
    """What Uvicorn says when it is asked to stop during a response that does not end."""
    entered = threading.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        entered.set()
        await asyncio.sleep(60)

    config = uvicorn.Config(
        app, port=0, log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    running = uvicorn.Server(config)
    with listening("uvicorn.error") as said:
        thread = threading.Thread(target=running.run, daemon=True)
        thread.start()
        until(lambda: running.started, "uvicorn did not start")
        port = running.servers[0].sockets[0].getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(GET)
            assert entered.wait(5)
            if not client_stays:
                client.close()
                time.sleep(0.1)
            running.should_exit = True
            thread.join(10)
    return said


@provokes("waiting-for-connections", listens=True)
def waiting_for_connections() -> Iterable[Said]:
    return stopped_while_busy(True)


@provokes("waiting-for-background-tasks", listens=True)
def waiting_for_background_tasks() -> Iterable[Said]:
    return stopped_while_busy(False)


@provokes("tasks-cancelled", listens=True)
def tasks_cancelled() -> Iterable[Said]:
    return stopped_while_busy(True)


@provokes("cancelled-error", listens=True)
def cancelled_error() -> Iterable[Said]:
    return stopped_while_busy(True)


@provokes("client-left-upload", listens=True)
def client_left_upload() -> Iterable[Said]:
    async def save(request: Request) -> Response:
        await request.body()
        return Response()

    app = Starlette(routes=[Route("/", save, methods=["POST"])])
    half = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n1234"
    address = ("127.0.0.1", server("uvicorn").port)
    with server("uvicorn").hearing(app) as said, socket.create_connection(address) as client:
        client.sendall(half)
        time.sleep(0.1)
    return said


def fetched(app: Any) -> list[Said]:
    """What httpx says of an app behind a real Uvicorn."""
    with server("uvicorn").hearing(app):
        url = f"http://127.0.0.1:{server('uvicorn').port}/"
        return raised(lambda: httpx.get(url, trust_env=False, timeout=0.3))


@provokes("disconnected-without-response", listens=True)
def disconnected_without_response() -> Iterable[Said]:
    return fetched(sending(heads((b"location", b"/a\r\nx: 1")), BODY))


@provokes("incomplete-chunked-read", listens=True)
def incomplete_chunked_read() -> Iterable[Said]:
    return fetched(sending(START, {**BODY, "more_body": True}))


@provokes("body-cut-short", listens=True)
def body_cut_short() -> Iterable[Said]:
    return fetched(sending(heads((b"content-length", b"9")), BODY))


@provokes("read-timeout", listens=True)
def read_timeout() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.6)
        await hello(scope, receive, send)

    return fetched(app)


@provokes("connection-refused", listens=True)
def connection_refused() -> Iterable[Said]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/"
    return raised(lambda: httpx.get(url, trust_env=False))


@provokes("task-destroyed")
def task_destroyed() -> Iterable[Said]:
    async def main() -> None:
        async def wait() -> None:
            await asyncio.get_running_loop().create_future()

        asyncio.create_task(wait())  # noqa: RUF006
        await asyncio.sleep(0)
        gc.collect()

    with listening("asyncio") as said:
        asyncio.run(main())
    return said


@provokes("task-exception-not-retrieved")
def task_exception_not_retrieved() -> Iterable[Said]:
    async def main() -> None:
        async def fail() -> None:
            raise ValueError("boom")

        asyncio.create_task(fail())  # noqa: RUF006
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        gc.collect()

    with listening("asyncio") as said:
        asyncio.run(main())
    return said


@provokes("slow-callback")
def slow_callback() -> Iterable[Said]:
    async def main() -> None:
        time.sleep(0.15)

    with listening("asyncio") as said, no_warnings():
        asyncio.run(main(), debug=True)
    return said
