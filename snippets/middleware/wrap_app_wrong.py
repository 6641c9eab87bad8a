# zh: 错在 async def wrap：调用它得到协程，不是应用。
# en: Wrong in async def wrap: calling it gives a coroutine, not an app.
# zh: 规则：app-not-callable
# en: Rule: app-not-callable
async def wrap(app):
    async def wrapped(scope, receive, send):
        await app(scope, receive, send)

    return wrapped


async def say_hello(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({"type": "http.response.body"})


app = wrap(say_hello)
