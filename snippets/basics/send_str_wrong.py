# zh: 错在最后一行：消息体是 str，不是 bytes（规则 message-key-type）。
# en: Wrong in the last line: the body is a str, not bytes (rule message-key-type).
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", b"text/plain")],
    })
    await send({
        "type": "http.response.body",
        "body": "Hello, ASGI!",
    })
