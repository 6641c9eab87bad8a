import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    try:
        # zh: 最多等三十秒；到时还没收齐，就不等了。
        # en: Wait for thirty seconds, and no longer.
        async with asyncio.timeout(30):
            size = await count_bytes(receive)
        await answer(send, 200, b"%d bytes." % size)
    except TimeoutError:
        await answer(send, 408, b"Too slow.")
    except ConnectionError:
        pass


async def count_bytes(receive):
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    return size


async def answer(send, status, body):
    start = {"type": "http.response.start"}
    await send({**start, "status": status})
    await send({"type": "http.response.body", "body": body})
