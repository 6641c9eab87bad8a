"""What "Learn" says of WebSocket, tried on the pinned servers."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from uvicorn.protocols.utils import ClientDisconnected
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.asgiscope.real_servers import SERVERS, serving, wait_until
from tests.snippets.loading import load
from tests.snippets.server_thread import Serve, ServeWith
from tests.snippets.wire import get, raw


@contextmanager
def talking(url: str, path: str = "/") -> Iterator[ClientConnection]:
    with connect(url.replace("http", "ws") + path, compression=None) as client:
        yield client


# WebSocket --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("server", "code"), [("uvicorn", 1006), ("hypercorn", 1011)])
def test_the_close_code_when_the_app_just_returns(server: str, code: int, serve: Serve) -> None:
    app = load("websocket/leave_open_wrong.py")
    with serving(server, app, serve) as url, talking(url) as client:
        assert client.recv() == "Goodbye."
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=5)
    assert client.close_code == code


@pytest.mark.parametrize("server", SERVERS)
def test_both_servers_offer_the_denial_response(server: str, serve: Serve) -> None:
    with (
        serving(server, load("websocket/refuse_guest.py"), serve) as url,
        pytest.raises(InvalidStatus) as refused,
        talking(url),
    ):
        pass
    assert refused.value.response.status_code == 401
    assert bytes(refused.value.response.body or b"") == b"Log in first."


@pytest.mark.parametrize("server", SERVERS)
def test_close_before_accept_is_403_whatever_the_code(server: str, serve: Serve) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])
        await receive()
        await send({"type": "websocket.close", "code": 4401})

    with (
        serving(server, app, serve) as url,
        pytest.raises(InvalidStatus) as refused,
        talking(url),
    ):
        pass
    response = refused.value.response
    assert response.status_code == 403
    assert "4401" not in f"{response.headers} {response.body!r}"


@pytest.mark.parametrize(
    ("server", "keys", "codes", "after"),
    [
        ("uvicorn", {"type", "text"}, [4002, 1005], "OSError"),
        ("hypercorn", {"type", "text", "bytes"}, [1006, 1006], "nothing"),
    ],
)
def test_what_an_app_is_told_and_what_send_does_after_the_end(
    server: str, keys: set[str], codes: list[int], after: str, serve: Serve
) -> None:
    first: list[set[str]] = []
    told: list[tuple[int, str]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])
        await receive()
        await send({"type": "websocket.accept"})
        first.append(set(await receive()))
        message = await receive()
        try:
            await send({"type": "websocket.send", "text": "late"})
            told.append((message["code"], "nothing"))
        except OSError:
            told.append((message["code"], "OSError"))

    with serving(server, app, serve) as url:
        with talking(url) as client:
            client.send("hello")
            client.close(4002)
        wait_until(lambda: len(told) == 1, "no disconnect came")
        with talking(url) as client:
            client.send("hello")
            wait_until(lambda: len(first) == 2, "no message came")
            client.socket.shutdown(socket.SHUT_RDWR)
        wait_until(lambda: len(told) == 2, "no disconnect came")
    assert first == [keys, keys]
    assert told == [(code, after) for code in codes]


@pytest.mark.parametrize(
    ("server", "at_first", "later"),
    [
        ("uvicorn", "RuntimeError", "ClientDisconnected"),
        ("hypercorn", "UnexpectedMessageError", "nothing"),
    ],
)
def test_sending_after_ones_own_close_is_a_mistake_until_the_client_has_answered(
    server: str, at_first: str, later: str, serve: Serve
) -> None:
    raised: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close"})
        while len(raised) < 2:
            name = "nothing"
            try:
                await send({"type": "websocket.send", "text": "late"})
            except Exception as error:
                name = type(error).__name__
            if name not in raised:
                raised.append(name)
            await asyncio.sleep(0.01)

    with serving(server, app, serve) as url, talking(url):
        wait_until(lambda: len(raised) == 2, f"no more was raised than {raised}")
    assert raised == [at_first, later]
    assert issubclass(ClientDisconnected, OSError)


UPGRADE = (
    "upgrade: websocket\r\nconnection: upgrade\r\n"
    "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@pytest.mark.parametrize(
    ("server", "answer"),
    [("websockets-sansio", b"HTTP/1.1 401"), ("wsproto", b"<end>"), ("hypercorn", b"HTTP/1.1 500")],
)
def test_a_denial_without_headers_fails_on_some(
    server: str, answer: bytes, serve: Serve, serve_with: ServeWith
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])
        await receive()
        await send({"type": "websocket.http.response.start", "status": 401})
        await send({"type": "websocket.http.response.body", "body": b"no"})

    with ExitStack() as stack:
        if server == "hypercorn":
            url = stack.enter_context(serving(server, app, serve))
        else:
            url = serve_with(app, "--ws", server)
        assert raw(url, get(headers=UPGRADE), quiet=0.3).startswith(answer)


@pytest.mark.parametrize(("library", "complains"), [("auto", True), ("wsproto", False)])
def test_uvicorn_complains_of_a_proper_denial_too(
    library: str,
    complains: bool,
    serve_with: ServeWith,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = load("websocket/refuse_guest.py")
    url = serve_with(app, "--ws", library, "--log-level", "info")
    monkeypatch.setattr(logging.getLogger("uvicorn"), "propagate", True)
    with pytest.raises(InvalidStatus) as refused, talking(url):
        pass
    assert refused.value.response.status_code == 401
    complaint = "ASGI callable returned without completing handshake."
    if complains:
        wait_until(lambda: complaint in caplog.text, "no complaint")
    else:
        assert complaint not in caplog.text


def chat(app: Any, serve: Serve) -> str:
    """Ana and Ben are there, Ben leaves, Ana speaks twice: what she gets the second time."""
    url = serve(app)
    with talking(url) as ana:
        with talking(url) as ben:
            ben.send("bye")
            assert (ana.recv(timeout=5), ben.recv(timeout=5)) == ("bye", "bye")
        time.sleep(0.3)
        ana.send("still there?")
        assert ana.recv(timeout=5) == "still there?"
        ana.send("really?")
        return str(ana.recv(timeout=5))


def test_a_chat_that_does_not_tidy_up_cuts_off_who_stays(serve: Serve) -> None:
    with pytest.raises(ConnectionClosed):
        chat(load("websocket/share_messages_wrong.py"), serve)


def test_a_chat_that_tidies_up_goes_on(serve: Serve) -> None:
    assert chat(load("websocket/share_messages.py"), serve) == "really?"
