"""Provokers of what is said about WebSockets, by servers, Starlette and the client's library."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterable
from functools import cache
from typing import Any

from starlette.applications import Starlette
from starlette.endpoints import WebSocketEndpoint
from starlette.responses import Response
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from tests.snippets.errors.apps import ACCEPT, BODY, CLOSE, START, hello, sending
from tests.snippets.errors.saying import Said, listening, of_exception, provokes, raised
from tests.snippets.errors.servers import server
from tests.snippets.wire import raw

TEXT = {"type": "websocket.send", "text": "hello"}
HANDSHAKE = (
    b"GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
    b"sec-websocket-version: 13\r\nsec-websocket-key: " + base64.b64encode(bytes(16)) + b"\r\n\r\n"
)


def starlette(function: Any) -> Any:
    return Starlette(routes=[WebSocketRoute("/", function)])


@provokes("rejected-403", listens=True)
def rejected_403() -> Iterable[Said]:
    return server("uvicorn").talked(Starlette())


@provokes("rejected-403-log", listens=True)
def rejected_403_log() -> Iterable[Said]:
    return server("uvicorn").talked(sending(CLOSE))


@provokes("rejected-500", listens=True)
def rejected_500() -> Iterable[Said]:
    return server("uvicorn").talked(sending(TEXT))


@provokes("unsupported-upgrade", listens=True)
def unsupported_upgrade() -> Iterable[Said]:
    return server("no-websocket").talked(hello)


@provokes("no-websocket-library", listens=True)
def no_websocket_library() -> Iterable[Said]:
    return server("no-websocket").talked(hello)


@provokes("websocket-expected-accept", listens=True)
def websocket_expected_accept() -> Iterable[Said]:
    return server("uvicorn").talked(sending(START, BODY))


@provokes("websocket-expected-send", listens=True)
def websocket_expected_send() -> Iterable[Said]:
    return server("uvicorn").talked(sending(ACCEPT, ACCEPT))


@provokes("websocket-after-close", listens=True)
def websocket_after_close() -> Iterable[Said]:
    return server("uvicorn").talked(sending(ACCEPT, CLOSE, TEXT))


@provokes("websocket-no-handshake", listens=True)
def websocket_no_handshake() -> Iterable[Said]:
    return server("uvicorn").talked(sending())


@provokes("hypercorn-websocket-unexpected", listens=True)
def hypercorn_websocket_unexpected() -> Iterable[Said]:
    return server("hypercorn").talked(sending(TEXT))


@provokes("client-disconnected", listens=True)
def client_disconnected() -> Iterable[Said]:
    seen: list[BaseException] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(ACCEPT)
        await receive()
        try:
            await send(TEXT)
        except OSError as error:
            seen.append(error)

    said = server("uvicorn").talked(app, lambda client: client.close())
    return [*said, *of_exception(seen[0])]


@provokes("accept-first", listens=True)
def accept_first() -> Iterable[Said]:
    async def chat(socket: WebSocket) -> None:
        await socket.receive_text()

    return server("uvicorn").talked(starlette(chat))


@provokes("receive-after-disconnect", listens=True)
def receive_after_disconnect() -> Iterable[Said]:
    async def chat(socket: WebSocket) -> None:
        await socket.accept()
        while True:
            await socket.receive()

    return server("uvicorn").talked(starlette(chat), lambda client: client.close())


@provokes("starlette-send-after-close", listens=True)
def starlette_send_after_close() -> Iterable[Said]:
    async def chat(socket: WebSocket) -> None:
        await socket.accept()
        await socket.close()
        await socket.send_text("late")

    return server("uvicorn").talked(starlette(chat))


@provokes("websocket-disconnect", listens=True)
def websocket_disconnect() -> Iterable[Said]:
    async def chat(socket: WebSocket) -> None:
        await socket.accept()
        while True:
            await socket.receive_text()

    return server("uvicorn").talked(starlette(chat), lambda client: client.close(1001, "bye"))


@provokes("key-error-text", listens=True)
def key_error_text() -> Iterable[Said]:
    async def chat(socket: WebSocket) -> None:
        await socket.accept()
        await socket.receive_text()

    def talk(client: Any) -> None:
        client.send(b"\x00")
        client.recv()

    return server("uvicorn").talked(starlette(chat), talk)


@provokes("no-close-frame", listens=True)
def no_close_frame() -> Iterable[Said]:
    return server("uvicorn").talked(sending(ACCEPT))


@provokes("closed-ok", listens=True)
def closed_ok() -> Iterable[Said]:
    return server("uvicorn").talked(sending(ACCEPT, CLOSE))


@provokes("closed-internal-error", listens=True)
def closed_internal_error() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(ACCEPT)
        raise ValueError("boom")

    return [*server("uvicorn").talked(app), *server("hypercorn").talked(app)]


@provokes("message-too-big", listens=True)
def message_too_big() -> Iterable[Said]:
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(ACCEPT)
        seen.append((await receive())["type"])

    def talk(client: Any) -> None:
        client.send("x" * 2000)
        client.recv()

    said = server("uvicorn").talked(app, talk)
    assert seen == ["websocket.disconnect"]
    return said


@provokes("ping-timeout", listens=True)
def ping_timeout() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(ACCEPT)
        while (await receive())["type"] != "websocket.disconnect":
            pass

    with server("pings").hearing(app) as said:
        answer = raw(server("pings").url, HANDSHAKE, 2)
        end = answer.index(b"\x88")
        code = int.from_bytes(answer[end + 2 : end + 4], "big")
        reason = answer[end + 4 : end + 2 + answer[end + 1]].decode()
        said.append(Said(f"close {code}", reason, ("uvicorn",)))
    return said


@provokes("key-error-bytes", listens=True)
def key_error_bytes() -> Iterable[Said]:
    async def chat(socket: WebSocket) -> None:
        await socket.accept()
        await socket.receive_bytes()

    def talk(client: Any) -> None:
        client.send("text")
        client.recv()

    return server("uvicorn").talked(starlette(chat), talk)


@provokes("starlette-accepted-twice", listens=True)
def starlette_accepted_twice() -> Iterable[Said]:
    async def chat(socket: WebSocket) -> None:
        await socket.accept()
        await socket.accept()

    return server("uvicorn").talked(starlette(chat))


@provokes("starlette-send-before-accept", listens=True)
def starlette_send_before_accept() -> Iterable[Said]:
    async def chat(socket: WebSocket) -> None:
        await socket.send_text("early")

    return server("uvicorn").talked(starlette(chat))


@provokes("disconnect-while-sending", listens=True)
def disconnect_while_sending() -> Iterable[Said]:
    async def chat(socket: WebSocket) -> None:
        await socket.accept()
        while True:
            await socket.send_text("tick")
            await asyncio.sleep(0.01)

    return server("uvicorn").talked(starlette(chat), lambda client: client.close())


@provokes("hypercorn-text-not-str", listens=True)
def hypercorn_text_not_str() -> Iterable[Said]:
    return server("hypercorn").talked(sending(ACCEPT, {**TEXT, "text": b"hello"}))


@cache
def chosen_though_not_offered() -> list[Said]:
    with listening("asyncio") as said:
        said += server("hypercorn").talked(sending({**ACCEPT, "subprotocol": "v1"}))
    return said


@provokes("hypercorn-invalid-subprotocol", listens=True)
def hypercorn_invalid_subprotocol() -> Iterable[Said]:
    return chosen_though_not_offered()


@provokes("unhandled-in-client-connected", listens=True)
def unhandled_in_client_connected() -> Iterable[Said]:
    return chosen_though_not_offered()


@provokes("no-denial-response")
def no_denial_response() -> Iterable[Said]:
    async def chat() -> None:
        scope = {"type": "websocket", "headers": []}
        socket = WebSocket(scope, None, None)  # type: ignore[arg-type]
        await socket.send_denial_response(Response(status_code=401))

    return raised(chat)


@provokes("endpoint-expected-text", listens=True)
def endpoint_expected_text() -> Iterable[Said]:
    class Chat(WebSocketEndpoint):
        encoding = "text"

    def talk(client: Any) -> None:
        client.send(b"\x00")
        client.recv()

    return server("uvicorn").talked(starlette(Chat), talk)


@provokes("malformed-json", listens=True)
def malformed_json() -> Iterable[Said]:
    async def chat(socket: WebSocket) -> None:
        await socket.accept()
        await socket.receive_json()

    def talk(client: Any) -> None:
        client.send("hello")
        client.recv()

    return server("uvicorn").talked(starlette(chat), talk)
