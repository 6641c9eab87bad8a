async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    # zh: 读一次，然后把得到的 bytes 交给每一处需要它的代码。
    # en: Read once, then hand the bytes to whatever needs them.
    body = await read_body(receive)
    if body is None:
        return
    print("once", body)
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": body,
    })


async def read_body(receive):
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body
