import asyncio

import falcon
import falcon.asgi


class Ticks:
    async def on_get(self, request, response):
        response.content_type = falcon.MEDIA_TEXT
        response.stream = self.count()

    async def count(self):
        for number in range(3):
            yield f"tick {number}\n".encode()
            await asyncio.sleep(1)


class Echo:
    async def on_websocket(self, request, websocket):
        await websocket.accept()
        # zh: 客户端离开时，receive_text() 抛出异常。
        # en: receive_text() raises when the client leaves.
        try:
            while True:
                text = await websocket.receive_text()
                await websocket.send_text(text.upper())
        except falcon.WebSocketDisconnected:
            pass


app = falcon.asgi.App()
app.add_route("/ticks", Ticks())
app.add_route("/echo", Echo())
