import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    try:
        async with asyncio.timeout(5):
            status = await take_body(receive)
    except TimeoutError:
        status = 408
    if status is None:
        return
    await send({
        "type": "http.response.start",
        "status": status,
    })
    await send({"type": "http.response.body"})


async def take_body(receive):
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        size += len(message.get("body", b""))
        if size > 16:
            return 413
        if not message.get("more_body", False):
            return 201
