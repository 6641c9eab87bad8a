async def app(scope, receive, send):
    # zh: 只认 HTTP；别的协议用异常拒绝。
    # en: HTTP only; any other protocol is refused with an exception.
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"Hello, ASGI!"})
