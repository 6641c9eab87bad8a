WHOLE = b"x" * 196_608


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    # zh: 一条消息：整个内容已经在内存里，等也省不下什么。
    # en: One message: all of it is in memory; waiting saves nothing.
    await send({
        "type": "http.response.body",
        "body": WHOLE,
    })
    print("handed over")
