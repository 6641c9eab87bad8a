import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    # zh: 离开 with 之前，两个任务都已结束；一个出错，另一个被取消。
    # en: Both have ended when the block is left; if one fails, the
    # zh: 所以不会有任务遗留下来。
    # en: other is cancelled. So no task is left behind.
    async with asyncio.TaskGroup() as group:
        user = group.create_task(fetch("user", 1))
        news = group.create_task(fetch("news", 2))
    text = f"{user.result()}, {news.result()}"
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": text.encode(),
    })


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    return f"{name} after {seconds} s"
