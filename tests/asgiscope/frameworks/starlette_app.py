"""The small app in Starlette."""

import asyncio
import time

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect


async def home(request):
    return PlainTextResponse("home")


async def echo(request):
    return Response(await request.body())


def slow(request):
    time.sleep(1)
    return PlainTextResponse("slow")


async def chunks():
    for number in range(3):
        yield b"chunk %d;" % number
        await asyncio.sleep(1)


async def stream(request):
    return StreamingResponse(chunks())


async def error(request):
    raise ValueError("boom")


async def chat(websocket):
    await websocket.accept()
    try:
        while True:
            await websocket.send_text("you said " + await websocket.receive_text())
    except WebSocketDisconnect:
        pass


app = Starlette(
    routes=[
        Route("/", home),
        Route("/echo", echo, methods=["POST"]),
        Route("/slow", slow),
        Route("/stream", stream),
        Route("/error", error),
        WebSocketRoute("/chat", chat),
    ]
)
