import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    pause = gap if scope["path"] == "/gap" else no_gap
    async with asyncio.TaskGroup() as group:
        group.create_task(count("a", pause))
        group.create_task(count("b", pause))
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({"type": "http.response.body"})


async def count(name, pause):
    for number in range(1, 4):
        print(name, number)
        await pause()


async def no_gap():
    # zh: 里面没有什么可等的，所以 await 它不会让出事件循环。
    # en: Nothing to wait for: awaiting this does not give way.
    return None


async def gap():
    await asyncio.sleep(1)
