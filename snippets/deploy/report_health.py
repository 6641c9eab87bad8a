import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    status = 204
    if scope["path"] == "/ready":
        try:
            async with asyncio.timeout(1):
                await ask_database()
        except OSError:
            # zh: TimeoutError 也是 OSError 的子类。
            # en: TimeoutError is a subclass of OSError too.
            status = 503
    await send({
        "type": "http.response.start",
        "status": status,
    })
    await send({"type": "http.response.body"})


async def ask_database():
    # zh: 数据库失去了联系，没有回音。
    # en: The database cannot be reached: no answer comes.
    await asyncio.sleep(60)
