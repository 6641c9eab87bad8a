import asyncio
from contextvars import ContextVar

current = "none"
request_name = ContextVar("request_name", default="none")


async def app(scope, receive, send):
    global current
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    current = scope["path"]
    request_name.set(scope["path"])
    await query()
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({"type": "http.response.body"})


# zh: 隔了几层，没有参数传下来，仍然要写日志。
# en: Several layers down, nothing is passed in, and it has to log.
async def query():
    await asyncio.sleep(1)
    print(f"global {current}, context {request_name.get()}")
