"""The engine against the drivers that test suites use: one GET, a long conversation, the import."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx

from asgiscope import run
from bench.rounds import interleaved, table

if TYPE_CHECKING:
    from asgiscope.client_types import WebSocketStep

CONVERSATIONS = (1_000, 10_000, 20_000)
IMPORTS = 9


async def say_hi(scope: Any, receive: Any, send: Any) -> None:
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"Hi"})


async def echo(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        await send({"type": "websocket.send", "text": message["text"]})


def one_get() -> str:
    """One GET: the engine with every check and a trace; the others with neither."""
    loop = asyncio.new_event_loop()
    kept = httpx.AsyncClient(transport=httpx.ASGITransport(say_hi), base_url="http://test")

    async def fresh() -> None:
        transport = httpx.ASGITransport(say_hi)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            await client.get("/")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient

        client = TestClient(say_hi)
    ways = {
        "httpx.ASGITransport, one client kept": lambda: loop.run_until_complete(kept.get("/")),
        "asgiscope.run, all checks and a trace": lambda: run(say_hi, [{"request": "GET /"}]),
        "httpx.ASGITransport, a client a request": lambda: loop.run_until_complete(fresh()),
        "starlette.testclient.TestClient": lambda: client.get("/"),
    }
    figures = interleaved(ways)
    loop.run_until_complete(kept.aclose())
    loop.close()
    return table(figures, "httpx.ASGITransport, one client kept")


def one_echo() -> str:
    """A handshake, one message there and back, and the end; httpx knows no WebSockets."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient

        client = TestClient(echo)

    def talk() -> None:
        with client.websocket_connect("/") as session:
            session.send_text("hello")
            session.receive_text()

    steps: list[WebSocketStep] = [{"connect": "/"}, {"text": "hello"}, {"close": True}]
    ways: dict[str, Callable[[], object]] = {
        "asgiscope.run, all checks and a trace": lambda: run(echo, steps),
        "starlette.testclient.TestClient": talk,
    }
    return table(interleaved(ways), "starlette.testclient.TestClient")


def conversation() -> str:
    """A WebSocket that echoes: time and memory, and whether they grow in step with the messages."""
    columns = f"{'messages':>10}{'events':>10}{'seconds':>10}{'events/s':>12}{'memory':>12}"
    lines = [f"{columns}{'a message':>12}"]
    for count in CONVERSATIONS:
        texts: list[WebSocketStep] = [{"text": f"message {n:06}"} for n in range(count)]
        client: list[WebSocketStep] = [{"connect": "/"}, *texts, {"close": True}]
        start = time.perf_counter()
        events = len(run(echo, client).events)
        seconds = time.perf_counter() - start
        tracemalloc.start()
        trace = run(echo, client)
        memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(trace.outcome.received) == count
        speed = f"{events / seconds:.0f}"
        taken = f"{memory / 1e6:>9.1f} MB{memory / count:>10.0f} B"
        lines.append(f"{count:>10}{events:>10}{seconds:>10.2f}{speed:>12}{taken}")
    return "\n".join(lines)


def importing() -> str:
    """How long ``import asgiscope`` takes, once its bytecode is cached."""
    code = (
        "import time; t = time.perf_counter(); import asgiscope;"
        "print((time.perf_counter() - t) * 1000)"
    )
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}
        times = [
            float(subprocess.check_output([sys.executable, "-c", code], text=True, env=environment))
            for _ in range(IMPORTS + 1)
        ]
    return f"import asgiscope: {statistics.median(times[1:]):.0f} ms (median of {IMPORTS})"


def main() -> None:
    print("One GET")
    print(one_get())
    print("\nA WebSocket, one message echoed")
    print(one_echo())
    print("\nA WebSocket conversation, echoed")
    print(conversation())
    print()
    print(importing())
