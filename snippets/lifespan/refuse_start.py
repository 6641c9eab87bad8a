async def app(scope, receive, send):
    if scope["type"] != "lifespan":
        raise NotImplementedError(scope["type"])
    await receive()
    try:
        await open_pool()
    except ConnectionError as error:
        await send({
            "type": "lifespan.startup.failed",
            "message": f"no database: {error}",
        })
        return
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def open_pool():
    raise ConnectionRefusedError("port 5432 is closed")
