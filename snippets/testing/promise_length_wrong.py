NOTE = b"Buy tea. \n"


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    length = str(len(NOTE)).encode()
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-length", length)],
    })
    # zh: 先数长度，后去空白：http-content-length-short
    # en: Counted first, stripped later: http-content-length-short
    body = NOTE.strip()
    await send({"type": "http.response.body", "body": body})
