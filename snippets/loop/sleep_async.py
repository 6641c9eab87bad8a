import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    # zh: 挂起这个任务；事件循环去照顾别的任务。
    # en: Suspends this task; the event loop turns to others.
    await asyncio.sleep(1)
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"slept",
    })
