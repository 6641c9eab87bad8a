import asyncio


# zh: 错在 make(...) 前面没有 await（规则 app-coroutine-not-awaited）。
# en: Wrong: no await before make(...) (rule app-coroutine-not-awaited).
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    make("tea")
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"your tea",
    })


async def make(what):
    await asyncio.sleep(1)
    print(what, "is ready")
