import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    status = 200
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(ask_price())
            group.create_task(ask_stock())
    # zh: 带星号的 except 从一组异常里挑出这一种。
    # en: With its star, except picks this kind out of the group.
    except* ConnectionError:
        status = 503
    await send({
        "type": "http.response.start",
        "status": status,
    })
    await send({"type": "http.response.body"})


async def ask_price():
    await asyncio.sleep(1)
    raise ConnectionError("price service is down")


async def ask_stock():
    try:
        await asyncio.sleep(5)
    finally:
        print("ask_stock ends")
