import asyncio


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        # zh: 从此，占用事件循环超过 0.1 秒的步骤都会记进日志。
        # en: From now on, a step that holds the loop over 0.1 s is logged.
        asyncio.get_running_loop().set_debug(True)
        await live(receive, send)
    elif scope["type"] == "http":
        await send({
            "type": "http.response.start",
            "status": 204,
        })
        await send({"type": "http.response.body"})
    else:
        raise NotImplementedError(scope["type"])


async def live(receive, send):
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})
