import asyncio


async def app(scope, receive, send):
    if scope["type"] != "lifespan":
        raise NotImplementedError(scope["type"])
    await receive()
    task = asyncio.create_task(refresh())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    # zh: 取消之后还要等它真正结束，再答复服务器。
    # en: After the cancel, wait for its end; then answer the server.
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await send({"type": "lifespan.shutdown.complete"})


async def refresh():
    while True:
        print("cache refreshed")
        await asyncio.sleep(60)
