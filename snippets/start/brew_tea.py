import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    cup = brew("tea")
    # zh: brew 里的代码到这里一行也还没有运行。
    # en: So far, not one line of brew has run.
    print("called")
    text = await cup
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": text.encode(),
    })


async def brew(what):
    print(what, "begins")
    await asyncio.sleep(2)
    print(what, "is ready")
    return f"a cup of {what}"
