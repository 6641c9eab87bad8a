import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    async with asyncio.TaskGroup() as group:
        work = group.create_task(answer(send))
        # zh: 断开以后，或者响应结束以后，都会收到 http.disconnect。
        # en: It comes after a disconnect, and after the response too.
        message = await receive()
        while message["type"] != "http.disconnect":
            message = await receive()
        work.cancel()


async def answer(send):
    try:
        for step in range(1, 4):
            await asyncio.sleep(1)
            print(f"step {step} of the report")
    finally:
        # zh: 做完、出错、被取消，都会经过这里。
        # en: Done, failed or cancelled: all come through here.
        print("connection given back")
    await send({
        "type": "http.response.start",
        "status": 204,
    })
    await send({"type": "http.response.body"})
