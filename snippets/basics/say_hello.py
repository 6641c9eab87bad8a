async def app(scope, receive, send):
    # zh: 只认 HTTP；其他协议一律用异常拒绝。
    # en: HTTP only; anything else is refused with an exception.
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])

    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", b"text/plain")],
    })
    await send({
        "type": "http.response.body",
        "body": b"Hello, ASGI!",
    })
