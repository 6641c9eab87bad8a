"""The mock server against real ones: what clients get, and what apps see.

Where a real server differs, the difference stands here with its reason, and the test fails when it
is not there any more.
"""

from __future__ import annotations

import asyncio
import http.client
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from asgiscope import run
from asgiscope.spec import SCOPES
from asgiscope.spec.types import TYPES
from tests.asgiscope.frameworks import FRAMEWORKS, app_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

REQUESTS = [
    ("GET", "/", b""),
    ("POST", "/echo", b"hello"),
    ("GET", "/missing", b""),
    ("GET", "/error", b""),
]
# What an error page says is the framework's or the server's own affair.
BODIES = ("/", "/echo")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@contextmanager
def hypercorn(app: Any) -> Iterator[str]:
    """A real Hypercorn on a free loopback port, in a thread."""
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
        wait_for_port(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def wait_for_port(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.05)
    pytest.fail("hypercorn did not start")


def ask(url: str, method: str, path: str, body: Any) -> tuple[int, bytes]:
    address = urlsplit(url)
    assert address.hostname is not None
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)
    connection.request(method, path, body or None, encode_chunked=not isinstance(body, bytes))
    response = connection.getresponse()
    answer = response.status, response.read()
    connection.close()
    return answer


def from_engine(app: Any, framework: str, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    request = {"request": {"method": method, "path": path, "body": body}}
    frame = framework != "django"
    steps = [{"startup": True}, request, {"shutdown": True}] if frame else [request]
    outcome = run(app, steps).outcome
    return outcome.status, outcome.body


@pytest.mark.parametrize("server", ["uvicorn", "hypercorn"])
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_client_gets_the_same_from_the_engine_and_from_a_real_server(
    framework: str, server: str, serve: Callable[[Any], str]
) -> None:
    with ExitStack() as stack:
        app = app_of(framework)
        url = serve(app) if server == "uvicorn" else stack.enter_context(hypercorn(app))
        real = {path: ask(url, method, path, body) for method, path, body in REQUESTS}
    for method, path, body in REQUESTS:
        status, content = from_engine(app_of(framework), framework, method, path, body)
        assert status == real[path][0], path
        if path in BODIES:
            assert content == real[path][1], path


def recording(seen: dict[str, Any]) -> Any:
    """An app that writes down its scope and every message until the end of the body."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        seen["scope"], seen["events"] = dict(scope), []
        more = True
        while more:
            message = await receive()
            seen["events"].append(message)
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})
        seen["after"] = await receive()

    return app


# Keys of the scope that a server adds, leaves out or fills in its own way, and why.
OWN_KEYS = {
    "uvicorn": {"state"},  # it always gives one, also when the app refused the lifespan
    "hypercorn": {"state", "extensions"},  # likewise; and it always has a dict of extensions
}


@pytest.mark.parametrize("server", ["uvicorn", "hypercorn"])
def test_an_app_sees_the_same_from_the_engine_and_from_a_real_server(
    server: str, serve: Callable[[Any], str]
) -> None:
    seen: dict[str, Any] = {}
    with ExitStack() as stack:
        app = recording(seen)
        url = serve(app) if server == "uvicorn" else stack.enter_context(hypercorn(app))
        status, _ = ask(url, "POST", "/caf%C3%A9?a=1", iter([b"he", b"llo"]))
        for _ in range(200):  # the app goes on in the server's thread
            if "after" in seen:
                break
            threading.Event().wait(0.02)
    assert status == 200
    ours: dict[str, Any] = {}
    request = {"request": {"method": "POST", "path": "/caf%C3%A9?a=1"}}
    run(recording(ours), [request, {"body": "he"}, {"body": "llo"}, {"end": True}])

    assert set(seen["scope"]) ^ set(ours["scope"]) <= OWN_KEYS[server]
    for key in ("type", "method", "path", "raw_path", "query_string", "root_path", "scheme"):
        assert seen["scope"][key] == ours["scope"][key], key
    for key in SCOPES["http"].keys:
        if key.name in seen["scope"]:
            assert TYPES[key.type](seen["scope"][key.name]), key.name
    bodies = [b"".join(m["body"] for m in side["events"]) for side in (seen, ours)]
    assert bodies == [b"hello", b"hello"]
    assert seen["events"][-1]["more_body"] == ours["events"][-1]["more_body"] == False  # noqa: E712
    assert seen["after"] == ours["after"] == {"type": "http.disconnect"}


@pytest.mark.parametrize(
    ("server", "version"),
    [
        ("uvicorn", "2.3"),  # it stays below 2.4, because its send() does not raise over HTTP
        ("hypercorn", "2.1"),
    ],
)
def test_the_spec_version_of_the_real_servers_is_older_than_ours(
    server: str, version: str, serve: Callable[[Any], str]
) -> None:
    seen: dict[str, Any] = {}
    with ExitStack() as stack:
        app = recording(seen)
        url = serve(app) if server == "uvicorn" else stack.enter_context(hypercorn(app))
        ask(url, "POST", "/", b"x")
    assert seen["scope"]["asgi"]["spec_version"] == version
    assert SCOPES["http"].version == "2.5"
