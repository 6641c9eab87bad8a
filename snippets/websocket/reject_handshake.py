async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    # zh: 没有密码就不接受；在 accept 之前关闭，客户端得到 HTTP 403。
    # en: No password, no accept; a close before accept is an HTTP 403.
    if b"password=open-sesame" not in scope["query_string"]:
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    await send({
        "type": "websocket.send",
        "text": "Welcome in.",
    })
    await send({"type": "websocket.close", "code": 1000})
