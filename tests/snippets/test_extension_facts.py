"""What the chapter on extensions says, tried on the pinned servers and clients."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import json
import socket
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import h2.config
import h2.connection
import h2.events
import pytest
from websockets.sync.client import connect

from asgiscope import run
from tests.asgiscope.real_servers import SERVERS, ask, hypercorn, serving, wait_until
from tests.snippets.conftest import Certificate
from tests.snippets.loading import load, load_module
from tests.snippets.server_process import Start
from tests.snippets.server_thread import Serve, ServeWith
from tests.snippets.wire import connect_to, get


async def answer(send: Any, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


# Extensions ---------------------------------------------------------------------------------------


async def show_extensions(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        raise NotImplementedError
    text = json.dumps(sorted(scope["extensions"]) if "extensions" in scope else None)
    if scope["type"] == "http":
        await answer(send, text.encode())
        return
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": text})
    await send({"type": "websocket.close"})


class Http2:
    """One request over HTTP/2 without TLS, and everything that comes back for it."""

    def __init__(
        self, url: str, *headers: tuple[str, str], method: str = "GET", until: Any = None
    ) -> None:
        address = urlsplit(url)
        fields = [(":method", method), (":path", "/"), (":scheme", "http"), (":authority", "x")]
        settings = h2.config.H2Configuration(header_encoding="utf-8")
        state, self.events = h2.connection.H2Connection(settings), list[Any]()
        ends = until or (h2.events.StreamEnded, h2.events.StreamReset)
        with socket.create_connection((address.hostname, address.port), timeout=5) as client:
            state.initiate_connection()
            client.sendall(state.data_to_send())
            self.events += state.receive_data(client.recv(65_536))
            state.send_headers(1, [*fields, *headers], end_stream=method == "GET")
            client.sendall(state.data_to_send())
            while not self.of(*(ends if isinstance(ends, tuple) else (ends,)), stream=1):
                data = client.recv(65_536)
                if not data:
                    break
                self.events += state.receive_data(data)
                client.sendall(state.data_to_send())

    def of(self, *kinds: Any, stream: int | None = None) -> list[Any]:
        found = [event for event in self.events if isinstance(event, kinds)]
        return [event for event in found if stream is None or event.stream_id == stream]

    @property
    def body(self) -> bytes:
        return b"".join(event.data for event in self.of(h2.events.DataReceived, stream=1))


HTTP_2 = ["http.response.early_hint", "http.response.push", "http.response.trailers"]


def test_what_each_server_offers(serve: Serve) -> None:
    http_1: dict[str, Any] = {"uvicorn": None, "hypercorn": []}
    for server, over_http in http_1.items():
        with serving(server, show_extensions, serve) as url:
            assert json.loads(ask(url, "GET", "/")[1]) == over_http
            with connect(url.replace("http", "ws"), compression=None) as client:
                assert json.loads(client.recv(timeout=5)) == ["websocket.http.response"]
            if server == "hypercorn":
                assert json.loads(Http2(url).body) == HTTP_2
                handshake = (":protocol", "websocket"), ("sec-websocket-version", "13")
                data = h2.events.DataReceived
                frames = Http2(url, *handshake, method="CONNECT", until=data).body
                assert b'["websocket.http.response"]' in frames


@pytest.mark.parametrize("parser", ["h11", "httptools"])
def test_both_parsers_of_uvicorn_offer_nothing_over_http(
    parser: str, serve_with: ServeWith
) -> None:
    url = serve_with(show_extensions, "--http", parser)
    assert ask(url, "GET", "/") == (200, b"null")


@contextmanager
def quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def test_what_the_clients_for_tests_offer() -> None:
    import httpx

    with quiet():
        from starlette.testclient import TestClient

        client = TestClient(show_extensions)
        offered = ["http.response.debug", "http.response.trailers"]
        assert client.get("/").json() == offered
        with client.websocket_connect("/") as socket_of_test:
            assert socket_of_test.receive_json() == ["websocket.http.response"]

    async def ask_httpx() -> Any:
        transport = httpx.ASGITransport(show_extensions)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return (await client.get("/")).json()

    assert asyncio.run(ask_httpx()) is None


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("uvicorn", "RuntimeError: Expected ASGI message 'http.response.body'"),
        ("hypercorn", "UnexpectedMessageError: "),
    ],
)
def test_a_message_that_was_not_offered_fails(server: str, said: str, serve: Serve) -> None:
    seen: list[str] = []
    inner = load("extensions/send_unasked_wrong.py")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        try:
            await inner(scope, receive, send)
        except Exception as error:
            seen.append(f"{type(error).__name__}: {error}")

    with serving(server, app, serve) as url, connect_to(url) as client:
        client.sendall(get())
        wait_until(lambda: bool(seen), "nothing was raised")
    assert seen[0].startswith(said)


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.usefixtures("loopback")
def test_hypercorn_sends_trailers_to_those_who_ask(asked: bool) -> None:
    with hypercorn(load("extensions/send_trailers.py")) as url:
        got = Http2(url, *([("te", "trailers")] if asked else []))
    assert got.body == b"one,two,three"
    fields = [event.headers for event in got.of(h2.events.TrailersReceived)]
    checksum = hashlib.sha256(b"one,two,three").hexdigest()[:12]
    assert fields == ([[("x-checksum", checksum)]] if asked else [])


def test_the_test_client_keeps_trailers_and_debug() -> None:
    with quiet():
        from starlette.testclient import TestClient

        response = TestClient(load("extensions/send_trailers.py")).get("/")
        [(name, _)] = response.extensions["http.response.trailers"]
        assert name == b"x-checksum"
        response = TestClient(load("extensions/tell_test.py")).get("/")
        info = response.extensions["http.response.debug"]
        assert info == {"template": "home.html", "queries": 3}


@pytest.mark.usefixtures("loopback")
def test_hypercorn_takes_early_hints_before_the_start_only() -> None:
    raised: list[str] = []
    link = b"</style.css>; rel=preload; as=style"

    async def late(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        try:
            await send({"type": "http.response.early_hint", "links": [link]})
        except Exception as error:
            raised.append(type(error).__name__)
            await send({"type": "http.response.body"})

    with hypercorn(load("extensions/hint_style.py")) as url:
        [hint] = Http2(url).of(h2.events.InformationalResponseReceived)
    assert dict(hint.headers)[":status"] == "103"
    assert dict(hint.headers)["link"] == link.decode()
    with hypercorn(late) as url:
        assert Http2(url).of(h2.events.InformationalResponseReceived) == []
    assert raised == ["UnexpectedMessageError"]


@pytest.mark.usefixtures("loopback")
def test_starlette_sends_early_hints_before_the_start() -> None:
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await Request(scope, receive, send).send_early_hints("</style.css>; rel=preload")
        await PlainTextResponse("a")(scope, receive, send)

    with hypercorn(app) as url:
        assert len(Http2(url).of(h2.events.InformationalResponseReceived)) == 1
    request = {"path": "/", "extensions": "http.response.early_hint"}
    assert not run(app, [{"request": request}]).findings


@pytest.mark.usefixtures("loopback")
def test_hypercorn_pushes_and_calls_the_app_for_it() -> None:
    inner, paths = load("extensions/push_style.py"), list[str]()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await inner(scope, receive, send)
        paths.append(scope["path"])

    with hypercorn(app) as url:
        got = Http2(url)
        wait_until(lambda: len(paths) == 2, "the app was not called again")
    assert sorted(paths) == ["/", "/style.css"]
    [promise] = got.of(h2.events.PushedStreamReceived)
    assert dict(promise.headers)[":path"] == "/style.css"
    assert dict(promise.headers)[":authority"] == "x"


def test_fileresponse_of_starlette_uses_pathsend(tmp_path: Path) -> None:
    from starlette.responses import FileResponse

    file = tmp_path / "a.txt"
    file.write_text("content")
    for headers, kind, body in [
        ({}, "http.response.pathsend", b"content"),
        ({"range": "bytes=0-2"}, "http.response.body", b"con"),
    ]:
        request = {"path": "/", "headers": headers, "extensions": "http.response.pathsend"}
        trace = run(FileResponse(file), [{"request": request}])
        sent = [e.message["type"] for e in trace.events if e.kind == "send" and e.message]
        assert (sent, trace.outcome.body) == (["http.response.start", kind], body)


def test_a_template_of_starlette_tells_the_test_client(tmp_path: Path) -> None:
    with quiet():
        from starlette.templating import Jinja2Templates
        from starlette.testclient import TestClient

        (tmp_path / "home.html").write_text("{{ name }}")
        templates = Jinja2Templates(tmp_path)

        async def app(scope: Any, receive: Any, send: Any) -> None:
            from starlette.requests import Request

            request = Request(scope, receive)
            response = templates.TemplateResponse(request, "home.html", {"name": "Ada"})
            await response(scope, receive, send)

        response: Any = TestClient(app).get("/")
    assert (response.text, response.template.name) == ("Ada", "home.html")
    assert response.context["name"] == "Ada"


@pytest.mark.xdist_group("tls")
@pytest.mark.parametrize("server", SERVERS)
def test_no_server_tells_of_tls(server: str, certificate: Certificate, start_server: Start) -> None:
    started = start_server(server, "extensions.show_tls:app", *certificate.options(server))
    context = ssl.create_default_context(cafile=certificate.certificate)
    context.check_hostname = False
    client = http.client.HTTPSConnection("127.0.0.1", started.port, context=context, timeout=20)
    client.request("GET", "/")
    assert client.getresponse().read() == b"nothing known of TLS"
    client.close()


@pytest.mark.parametrize("offered", [True, False])
def test_middleware_that_hides_pathsend_sees_the_body(offered: bool) -> None:
    module = load_module("extensions/hide_pathsend.py")
    request: dict[str, Any] = {"path": "/"}
    if offered:
        request["extensions"] = ["http.response.pathsend"]
    trace = run(module.app, [{"request": request}])
    printed = [event.message for event in trace.events if event.kind == "print"]
    assert "13 bytes" in str(printed)
