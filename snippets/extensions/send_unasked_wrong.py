async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    # zh: extension-not-offered：没有问过服务器支不支持。
    # en: extension-not-offered: it never asked the server.
    await send({
        "type": "http.response.pathsend",
        "path": "/srv/report.txt",
    })
