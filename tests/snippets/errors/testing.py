"""Provokers of what is said in tests."""

from __future__ import annotations

import asyncio
import runpy
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx

from tests.snippets.errors.apps import BODY, START, hello, sending
from tests.snippets.errors.saying import Said, by, no_warnings, printed, provokes, raised, warned


@provokes("httpx-app-argument")
def httpx_app_argument() -> Iterable[Said]:
    return by("httpx", raised(lambda: httpx.AsyncClient(app=hello)))  # type: ignore[call-arg]


@provokes("httpx-no-base-url")
def httpx_no_base_url() -> Iterable[Said]:
    async def main() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(hello)) as client:
            await client.get("/")

    return raised(main)


@provokes("httpx-sync-transport")
def httpx_sync_transport() -> Iterable[Said]:
    def main() -> None:
        with httpx.Client(transport=httpx.ASGITransport(hello)) as client:  # type: ignore[arg-type]
            client.get("http://shop.test/")

    return raised(main)


@provokes("testclient-wants-httpx2")
def testclient_wants_httpx2() -> Iterable[Said]:
    said: list[Said] = []
    with warned(said):
        runpy.run_module("starlette.testclient")
    return by("starlette", said)


def client(app: Any) -> Any:
    with no_warnings():
        from starlette.testclient import TestClient

        return TestClient(app)


@provokes("testclient-no-response")
def testclient_no_response() -> Iterable[Said]:
    return raised(lambda: client(sending()).get("/"))


@provokes("pytest-async-function")
def pytest_async_function() -> Iterable[Said]:
    return tested("async def test_home():\n    pass\n")


def tested(code: str) -> list[Said]:
    """What pytest prints of a file of tests."""
    with tempfile.TemporaryDirectory() as folder:
        test = Path(folder) / "test_app.py"
        test.write_text(code, "utf-8")
        return printed(["-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)], who="pytest")


@provokes("bound-to-another-loop")
def bound_to_another_loop() -> Iterable[Said]:
    queue: asyncio.Queue[int] = asyncio.Queue()

    async def take() -> None:
        async with asyncio.timeout(0.01):
            await queue.get()

    raised(take)
    return raised(take)


@provokes("future-of-another-loop")
def future_of_another_loop() -> Iterable[Said]:
    loop = asyncio.new_event_loop()
    future = loop.create_future()

    async def main() -> None:
        await future

    try:
        return raised(main)
    finally:
        loop.close()


@provokes("loop-is-closed")
def loop_is_closed() -> Iterable[Said]:
    loop = asyncio.new_event_loop()
    loop.close()
    return raised(lambda: loop.call_soon(print))


@provokes("communicator-timeout")
def communicator_timeout() -> Iterable[Said]:
    from asgiref.testing import ApplicationCommunicator

    async def silent(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await receive()

    async def main() -> None:
        communicator = ApplicationCommunicator(silent, {"type": "http"})
        await communicator.send_input({"type": "http.request"})
        await communicator.receive_output(timeout=0.05)

    return raised(main)


@provokes("testclient-body-without-start")
def testclient_body_without_start() -> Iterable[Said]:
    return raised(lambda: client(sending(BODY)).get("/"))


@provokes("testclient-two-starts")
def testclient_two_starts() -> Iterable[Said]:
    return raised(lambda: client(sending(START, START)).get("/"))


@provokes("httpx-client-closed")
def httpx_client_closed() -> Iterable[Said]:
    async def main() -> None:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(hello))
        await client.aclose()
        await client.get("http://shop.test/")

    return raised(main)


@provokes("httpx-no-protocol")
def httpx_no_protocol() -> Iterable[Said]:
    return raised(lambda: httpx.get("shop.test/cart", trust_env=False))


@provokes("asgi-transport-assertion")
def asgi_transport_assertion() -> Iterable[Said]:
    async def main() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(sending())) as client:
            await client.get("http://shop.test/")

    return raised(main)


@provokes("pytest-unknown-mark")
def pytest_unknown_mark() -> Iterable[Said]:
    return tested("import pytest\n\n@pytest.mark.asyncio\ndef test_home():\n    pass\n")


@provokes("pytest-async-fixture")
def pytest_async_fixture() -> Iterable[Said]:
    return tested(
        "import pytest\n\n@pytest.fixture\nasync def shop():\n    yield\n\n"
        "def test_home(shop):\n    pass\n"
    )
