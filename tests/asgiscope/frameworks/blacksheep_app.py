"""The small app in BlackSheep."""

import asyncio
import time

from blacksheep import Application, Content, Request, Response, StreamedContent, WebSocket, text
from blacksheep.server.websocket import WebSocketDisconnectError

app = Application()


@app.router.get("/")
async def home():
    return text("home")


@app.router.post("/echo")
async def echo(request: Request):
    return Response(200, content=Content(b"text/plain", await request.read() or b""))


@app.router.get("/slow")
async def slow():
    await asyncio.to_thread(time.sleep, 1)
    return text("slow")


async def chunks():
    for number in range(3):
        yield b"chunk %d;" % number
        await asyncio.sleep(1)


@app.router.get("/stream")
async def stream():
    return Response(200, content=StreamedContent(b"text/plain", chunks))


@app.router.get("/error")
async def error():
    raise ValueError("boom")


@app.router.ws("/chat")
async def chat(websocket: WebSocket):
    await websocket.accept()
    try:
        while True:
            await websocket.send_text("you said " + await websocket.receive_text())
    except WebSocketDisconnectError:
        pass
