import asyncio

PIECE = b"x" * 65_536


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    try:
        for _ in range(8):
            # zh: 五秒还交不出一段，就放弃这个客户端。
            # en: Give up on a client that takes nothing for 5 seconds.
            async with asyncio.timeout(5):
                await send({
                    "type": "http.response.body",
                    "body": PIECE,
                    "more_body": True,
                })
    except TimeoutError:
        print("too slow")
        raise
    await send({"type": "http.response.body"})
