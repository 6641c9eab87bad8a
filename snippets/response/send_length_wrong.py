# zh: 错在 len(TEXT)：数的是字符，不是字节。
# en: Wrong in len(TEXT): it counts characters, not bytes.
# zh: 规则：http-content-length-long
# en: Rule: http-content-length-long
TEXT = "Grüße"


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"%d" % len(TEXT)),
        ],
    })
    await send({
        "type": "http.response.body",
        "body": TEXT.encode(),
    })
