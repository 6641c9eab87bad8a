"""The small app in FastAPI."""

import asyncio
import time

from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.responses import PlainTextResponse, StreamingResponse

app = FastAPI()


@app.get("/", response_class=PlainTextResponse)
async def home():
    return "home"


@app.post("/echo")
async def echo(request: Request):
    return Response(await request.body())


@app.get("/slow", response_class=PlainTextResponse)
def slow():
    time.sleep(1)
    return "slow"


async def chunks():
    for number in range(3):
        yield b"chunk %d;" % number
        await asyncio.sleep(1)


@app.get("/stream")
async def stream():
    return StreamingResponse(chunks())


@app.get("/error")
async def error():
    raise ValueError("boom")


@app.websocket("/chat")
async def chat(websocket: WebSocket):
    await websocket.accept()
    try:
        while True:
            await websocket.send_text("you said " + await websocket.receive_text())
    except WebSocketDisconnect:
        pass
