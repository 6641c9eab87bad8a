# zh: 错在 except：TaskGroup 抛出的是一组异常，这里接不住。
# en: Wrong in the except: it does not catch a TaskGroup's group.
# zh: 规则：app-raised
# en: Rule: app-raised
import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    status = 200
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(ask_price())
            group.create_task(ask_stock())
    except ConnectionError:
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
