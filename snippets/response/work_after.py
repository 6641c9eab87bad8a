import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 202,
    })
    await send({
        "type": "http.response.body",
        "body": b"Your order is in.",
    })
    # zh: 客户端已经拿到完整的响应，应用还没有返回。
    # en: The client has the whole response; the app has not returned.
    await asyncio.sleep(3)
    print("confirmation sent for", scope["path"])
