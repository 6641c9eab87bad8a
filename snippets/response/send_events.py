import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    last = last_event_id(scope["headers"])
    kind = (b"content-type", b"text/event-stream")
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [kind, (b"cache-control", b"no-store")],
    })
    async with asyncio.TaskGroup() as group:
        events = group.create_task(send_events(send, last))
        # zh: 客户端离开或者响应结束，都会得到 http.disconnect。
        # en: The client has left, or the end has been sent.
        while (await receive())[
            "type"
        ] != "http.disconnect":
            pass
        events.cancel()


def last_event_id(headers):
    for name, value in headers:
        if name.lower() == b"last-event-id":
            return int(value)
    return 0


async def send_events(send, last):
    for number in range(last + 1, 6):
        await send({
            "type": "http.response.body",
            "body": f"id: {number}\ndata: tick\n\n".encode(),
            "more_body": number < 5,
        })
        await asyncio.sleep(1)
