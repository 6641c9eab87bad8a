# zh: 错在 return：服务器分不清这是拒绝，还是启动成功。
# en: Wrong in the return: is it a refusal or a successful startup?
# zh: 规则：lifespan-startup-no-reply
# en: Rule: lifespan-startup-no-reply
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"Hello, ASGI!",
    })
