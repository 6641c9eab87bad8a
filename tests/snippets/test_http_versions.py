"""What the page on the versions of HTTP says, tried on the pinned servers."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from importlib.metadata import files
from typing import Any

import pytest
from h2.events import (
    DataReceived,
    InformationalResponseReceived,
    PushedStreamReceived,
    RemoteSettingsChanged,
    ResponseReceived,
    StreamEnded,
    StreamReset,
    TrailersReceived,
)
from h2.settings import SettingCodes
from wsproto.connection import Connection, ConnectionType
from wsproto.events import TextMessage

from tests.asgiscope.real_servers import SERVERS, hypercorn, serving, wait_until
from tests.snippets.conftest import Certificate
from tests.snippets.http2_client import Http2Client
from tests.snippets.loading import load
from tests.snippets.server_process import Start, launched
from tests.snippets.server_thread import Serve
from tests.snippets.wire import answer_to, connect_to, get, raw

PIECE = b"x" * 65_536
MIB = 2**20


async def answer(send: Any, text: str = "", headers: Any = ()) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
    await send({"type": "http.response.body", "body": text.encode()})


def http_only(handle: Any) -> Any:
    """An app of a function of an HTTP scope."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        await handle(scope, receive, send)

    return app


# What the app sees ----------------------------------------------------------------------------


@http_only
async def tell(scope: Any, receive: Any, send: Any) -> None:
    told = {key: repr(value) for key, value in scope.items()}
    told["offered"] = sorted(scope.get("extensions") or {})
    await answer(send, json.dumps(told))


def told_over_http1(url: str, version: str = "1.1") -> dict[str, Any]:
    head = get(headers="connection: close\r\n").replace(b"HTTP/1.1", f"HTTP/{version}".encode())
    body = raw(url, head)
    told: dict[str, Any] = json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])
    return told


def told_over_http2(url: str, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    with Http2Client(url) as client:
        client.get(1, "/caf%C3%A9?x=1", *headers)
        told: dict[str, Any] = json.loads(client.read(1).body(1))
    return told


@pytest.mark.parametrize("server", SERVERS)
def test_http_1_0_and_1_1_are_told_apart_and_nothing_is_offered(server: str, serve: Serve) -> None:
    with serving(server, tell, serve) as url:
        for version in ("1.0", "1.1"):
            told = told_over_http1(url, version)
            assert told["http_version"] == repr(version)
            assert told["offered"] == []


@pytest.mark.usefixtures("loopback")
def test_what_an_app_sees_of_http_2() -> None:
    with hypercorn(tell) as url:
        told = told_over_http2(url, (b"cookie", b"a=1"), (b"cookie", b"b=2"))
    assert told["http_version"] == "'2'"
    assert told["path"] == "'/café'"
    assert told["raw_path"] == "b'/caf%C3%A9'"
    assert told["query_string"] == "b'x=1'"
    assert told["headers"] == "[(b'host', b'shop.example'), (b'cookie', b'a=1; b=2')]"
    assert told["offered"] == [
        "http.response.early_hint",
        "http.response.push",
        "http.response.trailers",
    ]


def test_uvicorn_refuses_http_2(serve: Serve) -> None:
    url = serve(tell)
    answer = raw(url, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.endswith(b"Invalid HTTP request received.<end>")
    upgrade = "connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n"
    answer = answer_to(url, get("/", "GET", upgrade))
    assert answer.startswith(b"HTTP/1.1 200")
    assert b'"http_version": "\'1.1\'"' in answer


@pytest.mark.parametrize("options", [["--http2"], ["--http2", "--http", "zttp"]])
@pytest.mark.usefixtures("loopback")
def test_uvicorn_needs_zttp_for_http_2(options: list[str]) -> None:
    with launched("uvicorn", "versions.tell_version:app", *options) as server:
        assert server.ended() != 0
    assert "zttp" in server.log


def test_uvicorn_offers_trailers_and_hints_for_the_http_2_of_zttp() -> None:
    (file,) = (path for path in files("uvicorn") or [] if path.name == "zttp_h2_impl.py")
    offers = '"extensions": {"http.response.early_hint": {}, "http.response.trailers": {}}'
    assert offers in file.read_text()  # zttp is not among what we install


@pytest.mark.xdist_group("tls")
@pytest.mark.parametrize(("server", "chosen"), [("uvicorn", None), ("hypercorn", "h2")])
def test_who_takes_part_in_alpn(
    server: str, chosen: str | None, certificate: Certificate, start_server: Start
) -> None:
    app = "versions.tell_version:app"
    started = start_server(server, app, *certificate.options(server))
    context = ssl.create_default_context(cafile=certificate.certificate)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        connect_to(started.url) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as client,
    ):
        assert client.selected_alpn_protocol() == chosen


# Streams --------------------------------------------------------------------------------------


@pytest.mark.parametrize("server", SERVERS)
def test_http_1_1_answers_one_request_after_another(server: str, serve: Serve) -> None:
    running_now = [0, 0]

    @http_only
    async def app(scope: Any, receive: Any, send: Any) -> None:
        running_now[0] += 1
        running_now[1] = max(running_now)
        await asyncio.sleep(0.2)
        running_now[0] -= 1
        await answer(send, repr(scope["client"]))

    with serving(server, app, serve) as url:
        told = raw(url, get() + get(headers="connection: close\r\n"))
    assert told.count(b"HTTP/1.1 200") == 2
    assert running_now[1] == 1
    first, second = (part.split(b"\r\n")[-3:] for part in told.split(b"HTTP/1.1 200")[1:])
    assert first[0] == second[0]


@pytest.mark.usefixtures("loopback")
def test_http_2_runs_them_together_and_a_reset_concerns_one() -> None:
    clients: list[Any] = []
    told: list[str] = []

    @http_only
    async def app(scope: Any, receive: Any, send: Any) -> None:
        clients.append(scope["client"])
        if scope["path"] == "/slow":
            await receive()
            told.append((await receive())["type"])
        else:
            await answer(send, scope["path"])

    with hypercorn(app) as url, Http2Client(url) as client:
        client.get(1, "/slow")
        client.get(3, "/a")
        assert client.read(3).body(3) == b"/a"
        client.reset(1)
        client.get(5, "/b")
        assert client.read(5).body(5) == b"/b"
        wait_until(lambda: told == ["http.disconnect"], "no http.disconnect came")
        client.get(7, "/slow")
        client.get(9, "/slow")
        wait_until(lambda: len(clients) == 5, "the app was not called")
        client.socket.close()
        wait_until(lambda: told == ["http.disconnect"] * 3, "not every call heard of it")
    assert len(set(clients)) == 1


# Headers and extensions -----------------------------------------------------------------------


@pytest.mark.usefixtures("loopback")
def test_hypercorn_takes_headers_of_the_connection_out_of_http_2() -> None:
    headers = [(b"connection", b"close"), (b"keep-alive", b"timeout=5"), (b"upgrade", b"x")]
    headers += [(b"transfer-encoding", b"chunked"), (b"x-a", b"1")]
    app = http_only(lambda scope, receive, send: answer(send, "ok", headers))
    with hypercorn(app) as url, Http2Client(url) as client:
        client.get(1)
        names = [name for name, _ in client.read(1).of(ResponseReceived, 1)[0].headers]
        assert client.body(1) == b"ok"
    assert names == [b":status", b"x-a", b"date", b"server"]


@pytest.mark.usefixtures("loopback")
def test_chunks_made_by_the_app_are_part_of_the_body_over_http_2() -> None:
    with hypercorn(load("versions/chunk_itself_wrong.py")) as url, Http2Client(url) as client:
        client.get(1)
        assert client.read(1).body(1) == b"5\r\nhello\r\n4\r\nasgi\r\n0\r\n\r\n"


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.usefixtures("loopback")
def test_trailers_go_to_a_client_that_asks_for_them(asked: bool) -> None:
    with hypercorn(load("versions/send_digest.py")) as url, Http2Client(url) as client:
        asks = [(b"te", b"trailers")]
        client.get(1, "/", *(asks if asked else []))
        trailers = client.read(1).of(TrailersReceived, 1)
        assert client.body(1) == b"id,name\n1,Ada\n2,Grace\n"
    expected = [[(b"x-sha256", b"9141c69637e95566")]] if asked else []
    assert [event.headers for event in trailers] == expected


@http_only
async def use_extension(scope: Any, receive: Any, send: Any) -> None:
    """Sends an early hint before or after the start, or a push, and tells what send() raises."""
    hint = {"type": "http.response.early_hint", "links": [b"</a.css>; rel=preload"]}
    push = {"type": "http.response.push", "path": "/pushed", "headers": []}
    if scope["path"] == "/early":
        await send(hint)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raised = ""
    try:
        if scope["path"] in ("/late", "/push"):
            await send(hint if scope["path"] == "/late" else push)
    except Exception as error:
        raised = type(error).__name__
    await send({"type": "http.response.body", "body": f"{scope['path']} {raised}".encode()})


@pytest.mark.usefixtures("loopback")
def test_hypercorn_takes_early_hints_before_the_start_only() -> None:
    with hypercorn(use_extension) as url, Http2Client(url) as client:
        client.get(1, "/early")
        client.get(3, "/late")
        client.read(1, 3)
        assert dict(client.of(InformationalResponseReceived, 1)[0].headers)[b":status"] == b"103"
        assert client.of(InformationalResponseReceived, 3) == []
        assert client.body(3) == b"/late UnexpectedMessageError"


@pytest.mark.parametrize("push", [True, False])
@pytest.mark.usefixtures("loopback")
def test_a_push_does_nothing_when_the_client_has_turned_it_off(push: bool) -> None:
    with hypercorn(use_extension) as url, Http2Client(url, push=push) as client:
        client.get(1, "/push")
        client.read(*[1, 2][: 1 + push])
        assert client.body(1) == b"/push "
        pushed = [e for e in client.events if isinstance(e, PushedStreamReceived)]
        assert len(pushed) == push


@pytest.mark.parametrize("server", SERVERS)
def test_an_extension_that_is_not_offered_makes_send_raise(server: str, serve: Serve) -> None:
    with serving(server, use_extension, serve) as url:
        told = answer_to(url, get("/push"))
    assert re.search(rb"/push \w*Error", told)


# WebSocket, and what falls short --------------------------------------------------------------


@pytest.mark.usefixtures("loopback")
def test_a_websocket_is_one_stream_of_an_http_2_connection() -> None:
    scopes: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            raise NotImplementedError
        if scope["type"] == "http":
            await answer(send, "beside")
            return
        scopes.append(scope)
        await receive()
        await send({"type": "websocket.accept", "subprotocol": "chat"})
        text = (await receive())["text"]
        await send({"type": "websocket.send", "text": text.upper()})
        await receive()

    peer = Connection(ConnectionType.CLIENT)
    with hypercorn(app) as url, Http2Client(url) as client:
        client.flush()
        client.read(until=RemoteSettingsChanged)
        settings = [e for e in client.events if isinstance(e, RemoteSettingsChanged)]
        enabled = SettingCodes.ENABLE_CONNECT_PROTOCOL
        assert settings[0].changed_settings[enabled].new_value == 1
        client.connect(1, "/chat", (b"sec-websocket-protocol", b"chat"))
        client.get(3)
        assert client.read(3).body(3) == b"beside"
        client.send(1, peer.send(TextMessage(data="hello")))
        client.read(until=DataReceived)
        peer.receive_data(client.body(1))
        assert [event.data for event in peer.events()] == ["HELLO"]
        status = dict(client.of(ResponseReceived, 1)[0].headers)
    assert (status[b":status"], status[b"sec-websocket-protocol"]) == (b"200", b"chat")
    assert (scopes[0]["http_version"], scopes[0]["scheme"]) == ("2", "ws")
    assert scopes[0]["subprotocols"] == ["chat"]
    names = {name for name, _ in scopes[0]["headers"]}
    assert names == {b"host", b"sec-websocket-version", b"sec-websocket-protocol"}


@pytest.mark.usefixtures("loopback")
def test_after_an_exception_a_stream_is_left_open_and_a_connection_is_closed() -> None:
    @http_only
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"part", "more_body": True})
        raise RuntimeError

    with hypercorn(app) as url:
        assert raw(url, get()).endswith(b"part\r\n<end>")
        with Http2Client(url) as client:
            client.get(1)
            client.read(seconds=0.5)
            assert client.body(1) == b"part"
            assert client.of(StreamEnded, 1) == client.of(StreamReset, 1) == []


@pytest.mark.usefixtures("loopback")
def test_send_does_not_wait_for_the_window_of_an_http_2_client() -> None:
    sent = [0]

    @http_only
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while sent[0] < 50 * MIB:
            await send({"type": "http.response.body", "body": PIECE, "more_body": True})
            sent[0] += len(PIECE)

    with hypercorn(app) as url, Http2Client(url, acknowledge=False) as client:
        client.get(1)
        wait_until(lambda: sent[0] >= 50 * MIB, "send() waits now: rewrite the page")
        assert len(client.read(seconds=0.5).body(1)) == 65_535
