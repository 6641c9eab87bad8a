"""The small app in Litestar."""

import asyncio
import time

from litestar import Litestar, MediaType, Request, Response, WebSocket, get, post
from litestar import websocket as websocket_route
from litestar.exceptions import WebSocketDisconnect
from litestar.response import Stream


@get("/", media_type=MediaType.TEXT)
async def home() -> str:
    return "home"


@post("/echo", status_code=200)
async def echo(request: Request) -> Response[bytes]:
    return Response(await request.body(), media_type="application/octet-stream")


@get("/slow", media_type=MediaType.TEXT, sync_to_thread=True)
def slow() -> str:
    time.sleep(1)
    return "slow"


async def chunks():
    for number in range(3):
        yield b"chunk %d;" % number
        await asyncio.sleep(1)


@get("/stream")
async def stream() -> Stream:
    return Stream(chunks())


@get("/error")
async def error() -> None:
    raise ValueError("boom")


@websocket_route("/chat")
async def chat(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_text("you said " + await socket.receive_text())
    except WebSocketDisconnect:
        pass


app = Litestar([home, echo, slow, stream, error, chat], logging_config=None)
