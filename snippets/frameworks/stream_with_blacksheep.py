import asyncio

from blacksheep import (
    Application,
    Response,
    StreamedContent,
    WebSocket,
    WebSocketDisconnectError,
    get,
    ws,
)

app = Application()


async def count():
    for number in range(3):
        yield f"tick {number}\n".encode()
        await asyncio.sleep(1)


@get("/ticks")
async def ticks():
    content = StreamedContent(b"text/plain", count)
    return Response(200, content=content)


@ws("/echo")
async def echo(websocket: WebSocket):
    await websocket.accept()
    # zh: 客户端离开时，receive_text() 抛出异常。
    # en: receive_text() raises when the client leaves.
    try:
        while True:
            text = await websocket.receive_text()
            await websocket.send_text(text.upper())
    except WebSocketDisconnectError:
        pass
