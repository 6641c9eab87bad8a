async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    body = await read_body(receive)
    if body is None:
        return
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": body.upper(),
    })


async def read_body(receive):
    """The whole body, or None when the client left before its end."""
    body = b""
    while True:
        message = await receive()
        # zh: 断开不是结尾：这时请求体只到了一半。
        # en: A disconnect is not the end: only a part of the body is here.
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return body
