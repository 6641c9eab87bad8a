import asyncio


async def ask(seconds, send):
    await asyncio.sleep(seconds)
    await send({"type": "http.response.body", "body": b"%d\n" % seconds, "more_body": True})


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    tasks = [asyncio.create_task(ask(seconds, send)) for seconds in (1, 2)]
    await asyncio.gather(*tasks)
    await send({"type": "http.response.body"})
