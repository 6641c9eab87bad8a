"""The small app in Falcon."""

import asyncio
import time

import falcon
import falcon.asgi


class Home:
    async def on_get(self, request, response):
        response.text = "home"


class Echo:
    async def on_post(self, request, response):
        response.data = await request.stream.read()


class Slow:
    async def on_get(self, request, response):
        await asyncio.to_thread(time.sleep, 1)
        response.text = "slow"


class Stream:
    async def on_get(self, request, response):
        response.stream = self.chunks()

    async def chunks(self):
        for number in range(3):
            yield b"chunk %d;" % number
            await asyncio.sleep(1)


class Error:
    async def on_get(self, request, response):
        raise ValueError("boom")


class Chat:
    async def on_websocket(self, request, websocket):
        await websocket.accept()
        try:
            while True:
                await websocket.send_text("you said " + await websocket.receive_text())
        except falcon.WebSocketDisconnected:
            pass


app = falcon.asgi.App()
for path, resource in {
    "/": Home(),
    "/echo": Echo(),
    "/slow": Slow(),
    "/stream": Stream(),
    "/error": Error(),
    "/chat": Chat(),
}.items():
    app.add_route(path, resource)
