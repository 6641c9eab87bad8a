# zh: 路径 /broken 会抛出异常（规则 app-raised）。
# en: The path /broken raises an exception (rule app-raised).
# zh: 那时还什么都没有发，服务器可以替它返回 500。
# en: Nothing has been sent by then: the server can answer 500.
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] == "/broken":
        raise ValueError("no such thing")
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"Fine.",
    })
