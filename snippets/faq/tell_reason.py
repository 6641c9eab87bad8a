async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    # zh: 先接受，关闭状态码和原因才送得到客户端。
    # en: Only after accept do the code and the reason arrive.
    if scope["path"] == "/late":
        await send({"type": "websocket.accept"})
    await send({
        "type": "websocket.close",
        "code": 4401,
        "reason": "log in first",
    })
