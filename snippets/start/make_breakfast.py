import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] == "/in-turn":
        # zh: 茶好了才开始烤面包：1 + 2 秒。
        # en: The toast begins when the tea is ready: 1 + 2 seconds.
        tea = await make("tea", 1)
        toast = await make("toast", 2)
    else:
        # zh: 两件事一起等：2 秒。
        # en: Both waits go on together: 2 seconds.
        tea, toast = await asyncio.gather(
            make("tea", 1),
            make("toast", 2),
        )
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": f"{tea} and {toast}".encode(),
    })


async def make(what, seconds):
    await asyncio.sleep(seconds)
    return what
