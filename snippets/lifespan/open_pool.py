import asyncio


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await live(scope["state"], receive, send)
    elif scope["type"] == "http":
        await answer(scope["state"]["pool"], send)
    else:
        raise NotImplementedError(scope["type"])


async def live(state, receive, send):
    await receive()
    await asyncio.sleep(2)
    state["pool"] = ["one", "two"]
    await send({"type": "lifespan.startup.complete"})
    await receive()
    state["pool"].clear()
    await send({"type": "lifespan.shutdown.complete"})


async def answer(pool, send):
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": f"{len(pool)} connections".encode(),
    })
