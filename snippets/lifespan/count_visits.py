async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await live(scope["state"], receive, send)
        return
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    state = scope["state"]
    # zh: 换掉一个值，只改了这个请求的副本；改动一个对象，大家都看得到。
    # en: A new value is in this copy only; a changed object, in all.
    state["count"] += 1
    state["paths"].append(scope["path"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": f"{state['count']} {state['paths']}".encode(),
    })


async def live(state, receive, send):
    await receive()
    state.update(count=0, paths=[])
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})
