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
        "body": b"Accepted.",
    })
    # zh: 响应已经完整，客户端不再等；应用还没有返回，接着做事。
    # en: The response is complete and the client gone; the app works on.
    await asyncio.sleep(2)
    print("the letter is sent")
