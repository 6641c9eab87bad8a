import asyncio
import time

START = {"type": "http.response.start", "status": 200}


class TimeResponse:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        begun = time.monotonic()

        async def timed_send(message):
            print(message["type"], time.monotonic() - begun)
            await send(message)

        await self.app(scope, receive, timed_send)
        print("the app returned", time.monotonic() - begun)


async def answer_slowly(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await asyncio.sleep(0.5)
    await send(START)
    await send({
        "type": "http.response.body",
        "body": b"Hi.",
    })
    await asyncio.sleep(2)


app = TimeResponse(answer_slowly)
