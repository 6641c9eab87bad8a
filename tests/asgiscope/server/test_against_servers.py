"""The mock server against real ones: what clients get, and what apps see.

Where a real server differs, the difference stands here with its reason, and the test fails when it
is not there any more.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from websockets.sync.client import connect

from asgiscope import run
from asgiscope.spec import SCOPES
from asgiscope.spec.types import TYPES
from tests.asgiscope.frameworks import FRAMEWORKS, WITHOUT_WEBSOCKET, app_of
from tests.asgiscope.real_servers import SERVERS, ask, serving, wait_until

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

REQUESTS = [
    ("GET", "/", b""),
    ("POST", "/echo", b"hello"),
    ("GET", "/missing", b""),
    ("GET", "/error", b""),
    ("GET", "/stream", b""),
]
# What an error page says is the framework's or the server's own affair.
BODIES = ("/", "/echo", "/stream")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def from_engine(app: Any, framework: str, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    request = {"request": {"method": method, "path": path, "body": body}}
    frame = framework != "django"
    steps = [{"startup": True}, request, {"shutdown": True}] if frame else [request]
    outcome = run(app, steps).outcome
    return outcome.status, outcome.body


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_client_gets_the_same_from_the_engine_and_from_a_real_server(
    framework: str, server: str, serve: Callable[[Any], str]
) -> None:
    with serving(server, app_of(framework), serve) as url:
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


@pytest.mark.parametrize("server", SERVERS)
def test_an_app_sees_the_same_from_the_engine_and_from_a_real_server(
    server: str, serve: Callable[[Any], str]
) -> None:
    seen: dict[str, Any] = {}
    with serving(server, recording(seen), serve) as url:
        status, _ = ask(url, "POST", "/caf%C3%A9?a=1", iter([b"he", b"llo"]))
        wait_until(lambda: "after" in seen, "the app did not return")
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
    with serving(server, recording(seen), serve) as url:
        ask(url, "POST", "/", b"x")
    assert seen["scope"]["asgi"]["spec_version"] == version
    assert SCOPES["http"].version == "2.5"


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("framework", [f for f in FRAMEWORKS if f not in WITHOUT_WEBSOCKET])
def test_a_conversation_is_the_same_with_the_engine_and_with_a_real_server(
    framework: str, server: str, serve: Callable[[Any], str]
) -> None:
    with (
        serving(server, app_of(framework), serve) as url,
        connect(url.replace("http", "ws") + "/chat") as client,
    ):
        answers = []
        for text in ("hello", "你好"):
            client.send(text)
            answers.append(client.recv(timeout=20))
    steps = [{"connect": "/chat"}, {"text": "hello"}, {"text": "你好"}, {"close": True}]
    everything = [{"startup": True}, *steps, {"shutdown": True}]
    assert run(app_of(framework), everything).outcome.received == answers


def conversing(seen: dict[str, Any]) -> Any:
    """A WebSocket app that writes down its scope, every event, and what sending too late does."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])
        seen["scope"], seen["events"] = dict(scope), [await receive()]
        await send({"type": "websocket.accept", "subprotocol": "v1", "headers": [(b"x-a", b"1")]})
        while seen["events"][-1]["type"] != "websocket.disconnect":
            seen["events"].append(await receive())
        try:
            await send({"type": "websocket.send", "text": "too late"})
        except OSError:
            seen["late"] = "raises"
        except Exception:
            seen["late"] = "raises no OSError"
        else:
            seen["late"] = "is ignored"

    return app


CONNECT = {"type": "websocket.connect"}
TEXT = {"type": "websocket.receive", "text": "hi"}
BYTES = {"type": "websocket.receive", "bytes": b"\0\xff"}
# What an app sees of a conversation that the client ends with code 3001 and the reason "bye".
CONVERSATIONS: dict[str, Any] = {
    "asgiscope": (
        [CONNECT, TEXT, BYTES, {"type": "websocket.disconnect", "code": 3001, "reason": "bye"}],
        "raises",
    ),
    "uvicorn": (
        [CONNECT, TEXT, BYTES, {"type": "websocket.disconnect", "code": 3001, "reason": "bye"}],
        "raises",
    ),
    "hypercorn": (
        [
            CONNECT,
            {**TEXT, "bytes": None},  # as the specification allows: the other key is None
            {**BYTES, "text": None},
            {"type": "websocket.disconnect", "code": 1006},  # whatever code the client gave
        ],
        "is ignored",  # it says spec_version 2.3, in which that was right
    ),
}


@pytest.mark.parametrize("server", SERVERS)
def test_what_an_app_sees_of_a_conversation(server: str, serve: Callable[[Any], str]) -> None:
    seen: dict[str, Any] = {}
    with serving(server, conversing(seen), serve) as url:
        address = url.replace("http", "ws") + "/chat?a=1"
        with connect(address, subprotocols=["v1", "v2"]) as client:  # type: ignore[list-item]
            assert client.subprotocol == "v1"
            assert client.response is not None
            assert client.response.headers["x-a"] == "1"
            client.send("hi")
            client.send(b"\0\xff")
            client.close(3001, "bye")
        wait_until(lambda: "late" in seen, "the app did not return")
    assert (seen["events"], seen["late"]) == CONVERSATIONS[server]

    ours: dict[str, Any] = {}
    steps: list[Any] = [
        {"connect": {"path": "/chat?a=1", "subprotocols": ["v1", "v2"]}},
        {"text": "hi"},
        {"bytes": "00ff"},
        {"close": {"code": 3001, "reason": "bye"}},
    ]
    trace = run(conversing(ours), steps)
    assert (ours["events"], ours["late"]) == CONVERSATIONS["asgiscope"]
    assert (trace.outcome.subprotocol, trace.outcome.headers) == ("v1", [(b"x-a", b"1")])
    assert set(seen["scope"]) - set(ours["scope"]) == {"state", "extensions"}
    for key in ("type", "path", "raw_path", "query_string", "root_path", "scheme", "subprotocols"):
        assert seen["scope"][key] == ours["scope"][key], key


def streaming(seen: dict[str, Any]) -> Any:
    """An app that goes on sending for over a second, and writes down how it learnt of the end."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        await receive()
        await send({"type": "http.response.start", "status": 200})
        piece = {"type": "http.response.body", "body": b"x" * 1000, "more_body": True}
        try:
            for _ in range(60):
                await send(piece)
                await asyncio.sleep(0.02)
            seen["send"] = "is ignored"
        except OSError:
            seen["send"] = "raises"
        seen["receive"] = await receive()

    return app


def test_how_an_app_learns_that_the_client_left(serve: Callable[[Any], str]) -> None:
    """Section "Disconnected Client - send exception": since 2.4, send() should raise an OSError."""
    told = {"asgiscope": "raises", "uvicorn": "is ignored", "hypercorn": "is ignored"}
    for server in SERVERS:
        seen: dict[str, Any] = {}
        with serving(server, streaming(seen), serve) as url:
            host, port = url.removeprefix("http://").split(":")
            with socket.create_connection((host, int(port))) as client:
                client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                client.recv(100)
            wait_until(lambda seen=seen: "receive" in seen, "the app did not return")  # type: ignore[misc]
        assert seen == {"send": told[server], "receive": {"type": "http.disconnect"}}
    ours: dict[str, Any] = {}
    run(streaming(ours), [{"request": "GET /"}, {"wait": 0.5}, {"disconnect": True}])
    assert ours == {"send": told["asgiscope"], "receive": {"type": "http.disconnect"}}


@pytest.mark.parametrize("server", SERVERS)
def test_a_response_that_has_begun_reaches_the_client_before_its_body(
    server: str, serve: Callable[[Any], str]
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": "not bytes"})

    with serving(server, app, serve) as url:
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert client.recv(1000).startswith(b"HTTP/1.1 200")
            assert client.recv(1000) == b""  # then the connection is closed: no end of the body


def keeping_state(seen: list[Any]) -> Any:
    """An app that sets the lifespan's state and writes down what each request finds of it."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            scope["state"]["shared"] = []
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        state = scope["state"]
        seen.append((sorted(state), list(state["shared"])))
        state["own"] = True
        state["shared"].append(scope["path"])
        await send({"type": "http.response.start", "status": 204})
        await send({"type": "http.response.body"})

    return app


@pytest.mark.parametrize("server", [*SERVERS, "asgiscope"])
def test_each_request_gets_a_shallow_copy_of_the_state(
    server: str, serve: Callable[[Any], str]
) -> None:
    seen: list[Any] = []
    if server == "asgiscope":
        requests = [{"request": "GET /a"}, {"request": "GET /b"}]
        run(keeping_state(seen), [{"startup": True}, *requests, {"shutdown": True}])
    else:
        with serving(server, keeping_state(seen), serve) as url:
            ask(url, "GET", "/a")
            ask(url, "GET", "/b")
    assert seen == [(["shared"], []), (["shared"], ["/a"])]
