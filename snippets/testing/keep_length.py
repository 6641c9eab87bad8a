NOTE = b"Buy tea. \n"


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    # zh: 数的就是将要发送的那些字节。
    # en: What is counted is what will be sent.
    body = NOTE.strip()
    length = str(len(body)).encode()
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-length", length)],
    })
    await send({"type": "http.response.body", "body": body})
