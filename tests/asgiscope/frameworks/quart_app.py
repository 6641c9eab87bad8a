"""The small app in Quart."""

import asyncio
import time

from quart import Quart, request, websocket

app = Quart(__name__)


@app.get("/")
async def home():
    return "home"


@app.post("/echo")
async def echo():
    return await request.get_data()


@app.get("/slow")
def slow():
    time.sleep(1)
    return "slow"


async def chunks():
    for number in range(3):
        yield b"chunk %d;" % number
        await asyncio.sleep(1)


@app.get("/stream")
async def stream():
    return chunks()


@app.get("/error")
async def error():
    raise ValueError("boom")


@app.websocket("/chat")
async def chat():
    while True:
        await websocket.send("you said " + await websocket.receive())
