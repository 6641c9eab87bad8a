# zh: 错在放任异常：服务器当作“不支持”，照样服务，每个请求都出错。
# en: Wrong to let it out: to servers it means "not supported".
# zh: 规则：lifespan-startup-raised，然后是 app-raised
# en: Rules: lifespan-startup-raised, then app-raised
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        scope["state"]["pool"] = await open_pool()
        await send({"type": "lifespan.startup.complete"})
        return
    pool = scope["state"]["pool"]
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": f"{pool}".encode(),
    })


async def open_pool():
    raise ConnectionRefusedError("port 5432 is closed")
