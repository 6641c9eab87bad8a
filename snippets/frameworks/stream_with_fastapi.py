import asyncio

from fastapi import FastAPI, WebSocket
from fastapi.responses import StreamingResponse

app = FastAPI()


async def count():
    for number in range(3):
        yield f"tick {number}\n"
        await asyncio.sleep(1)


@app.get("/ticks")
async def ticks():
    return StreamingResponse(count())


@app.websocket("/echo")
async def echo(websocket: WebSocket):
    await websocket.accept()
    # zh: 客户端离开时，循环自己结束。
    # en: The loop ends by itself when the client leaves.
    async for text in websocket.iter_text():
        await websocket.send_text(text.upper())
