import asyncio

from quart import Quart, websocket

app = Quart(__name__)


async def count():
    for number in range(3):
        yield f"tick {number}\n"
        await asyncio.sleep(1)


@app.get("/ticks")
async def ticks():
    return count(), {"Content-Type": "text/plain"}


@app.websocket("/echo")
async def echo():
    # zh: 客户端离开时，Quart 取消这个协程。
    # en: Quart cancels this coroutine when the client leaves.
    while True:
        text = await websocket.receive()
        await websocket.send(text.upper())
