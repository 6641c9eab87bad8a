BODY = "Grüße".encode()


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"%d" % len(BODY)),
        ],
    })
    await send({
        "type": "http.response.body",
        "body": BODY,
    })
