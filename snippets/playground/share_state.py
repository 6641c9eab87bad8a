async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await live(scope, receive, send)
    elif scope["type"] == "http":
        await answer(scope, send)
    else:
        raise NotImplementedError(scope["type"])


async def live(scope, receive, send):
    await receive()
    # zh: 每个请求得到这个字典的一份副本，里面的对象是同一个。
    # en: Each request gets a copy of this dict; the list is the same.
    scope["state"]["visits"] = []
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def answer(scope, send):
    visits = scope["state"]["visits"]
    visits.append(scope["path"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": f"visit {len(visits)}".encode(),
    })
