import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 202,
    })
    # zh: 这条消息一到，客户端就得到了完整的响应。
    # en: With this message the client has the whole response.
    await send({"type": "http.response.body"})
    # zh: 应用还没有返回，仍可以做事。
    # en: The app has not returned and can still work.
    await write_log(scope["path"])


async def write_log(path):
    await asyncio.sleep(2)
    print(f"logged {path}")
