import asyncio

from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route, WebSocketRoute


async def count():
    for number in range(3):
        yield f"tick {number}\n"
        await asyncio.sleep(1)


async def ticks(request):
    return StreamingResponse(count())


async def echo(websocket):
    await websocket.accept()
    # zh: 客户端离开时，循环自己结束。
    # en: The loop ends by itself when the client leaves.
    async for text in websocket.iter_text():
        await websocket.send_text(text.upper())


app = Starlette(
    routes=[
        Route("/ticks", ticks),
        WebSocketRoute("/echo", echo),
    ]
)
