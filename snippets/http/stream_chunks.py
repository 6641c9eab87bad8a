import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [
            (b"content-type", b"text/event-stream")
        ],
    })
    try:
        await count(send)
    except OSError:
        # zh: send() 抛出 OSError：客户端已经不在了。
        # en: send() raised an OSError: nobody is listening any more.
        print("the client has left")


async def count(send):
    for number in range(1, 10):
        await send({
            "type": "http.response.body",
            "body": f"data: {number}\n\n".encode(),
            "more_body": True,
        })
        await asyncio.sleep(1)
    await send({"type": "http.response.body"})
