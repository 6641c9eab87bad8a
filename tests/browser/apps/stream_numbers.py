import asyncio


async def app(scope, receive, send):
    event = await receive()
    print(event["type"])
    await send({"type": "http.response.start", "status": 200, "headers": [[b"x-a", b"1"]]})
    for number in range(3):
        await asyncio.sleep(0.5)
        await send({"type": "http.response.body", "body": b"%d\n" % number, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
