import asyncio

PIECE = b"x" * 32_768


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    bounded = scope["path"] == "/bounded"
    # zh: maxsize=0 表示没有上限。
    # en: maxsize=0 means no limit.
    queue = asyncio.Queue(maxsize=2 if bounded else 0)
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    async with asyncio.TaskGroup() as group:
        group.create_task(produce(queue))
        while piece := await queue.get():
            await send({
                "type": "http.response.body",
                "body": piece,
                "more_body": True,
            })
    await send({"type": "http.response.body"})


async def produce(queue):
    for number in range(1, 9):
        await queue.put(PIECE)
        print(f"made {number}, {queue.qsize()} waiting")
        await asyncio.sleep(0.1)
    await queue.put(None)
