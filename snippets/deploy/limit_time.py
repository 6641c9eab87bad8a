import asyncio


async def shop(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] == "/slow":
        await asyncio.sleep(30)
    await answer(send, 200)


async def answer(send, status):
    start = {"type": "http.response.start"}
    await send({**start, "status": status})
    await send({"type": "http.response.body"})


def limit_time(app, seconds):
    async def limited(scope, receive, send):
        if scope["type"] != "http":
            return await app(scope, receive, send)

        async def begin(message):
            # zh: 响应开始以后不再限时，流可以一直开着。
            # en: No limit once it has begun: streams may go on.
            limit.reschedule(None)
            await send(message)

        try:
            async with asyncio.timeout(seconds) as limit:
                await app(scope, receive, begin)
        except TimeoutError:
            if not limit.expired():
                raise
            await answer(send, 503)

    return limited


app = limit_time(shop, 10)
