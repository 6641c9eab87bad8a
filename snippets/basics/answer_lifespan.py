async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await live(receive, send)
    elif scope["type"] == "http":
        await answer(send)
    else:
        raise NotImplementedError(scope["type"])


async def live(receive, send):
    # zh: 服务器先通知启动，很久以后再通知关闭；每次都等应用答复。
    # en: The server says that it starts and, much later, that it stops;
    # zh: 这里正是打开和关闭数据库连接池的地方。
    # en: each time it waits for an answer. Here a pool is opened and closed.
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def answer(send):
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"Ready.",
    })
