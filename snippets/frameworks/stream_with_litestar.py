import asyncio

from litestar import Litestar, get, websocket_listener
from litestar.response import Stream


async def count():
    for number in range(3):
        yield f"tick {number}\n"
        await asyncio.sleep(1)


@get("/ticks")
async def ticks() -> Stream:
    return Stream(count())


# zh: 每收到一条消息调用一次；返回值就是要发送的消息。
# en: Called once for each message; what it returns is sent.
@websocket_listener("/echo")
async def echo(data: str) -> str:
    return data.upper()


app = Litestar([ticks, echo])
