import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    last = dict(scope["headers"]).get(
        b"last-event-id", b"0"
    )
    kind = (b"content-type", b"text/event-stream")
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [kind, (b"cache-control", b"no-store")],
    })
    events = asyncio.create_task(
        send_events(send, int(last))
    )
    # zh: 客户端离开或者响应结束，都会得到 http.disconnect。
    # en: http.disconnect: the client has left, or the end is sent.
    while (await receive())["type"] != "http.disconnect":
        pass
    events.cancel()


async def send_events(send, last):
    for number in range(last + 1, 6):
        await send({
            "type": "http.response.body",
            "body": f"id: {number}\ndata: tick\n\n".encode(),
            "more_body": number < 5,
        })
        await asyncio.sleep(1)
