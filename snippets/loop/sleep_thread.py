import asyncio
import time


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    # zh: 阻塞的函数交给线程，等它的结果时，事件循环照常运转。
    # en: The blocking function goes into a thread; the loop goes on.
    await asyncio.to_thread(time.sleep, 1)
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"slept",
    })
