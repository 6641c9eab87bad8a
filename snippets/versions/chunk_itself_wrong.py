async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
        # zh: 规则 http-transfer-encoding：服务器必须忽略它。
        # en: Rule http-transfer-encoding: servers must ignore this.
        "headers": [(b"transfer-encoding", b"chunked")],
    })
    for piece in (b"hello", b"asgi"):
        # zh: 长度和换行成了消息体的一部分。
        # en: The length and the line breaks are part of the body.
        await send({
            "type": "http.response.body",
            "body": b"%x\r\n%s\r\n" % (len(piece), piece),
            "more_body": True,
        })
    await send({
        "type": "http.response.body",
        "body": b"0\r\n\r\n",
    })
