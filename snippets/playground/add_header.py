def with_greeting(app):
    async def wrapped(scope, receive, send):
        async def send_more(message):
            # zh: 只改开始消息；不就地修改消息里的列表。
            # en: Only the start changes; no list is changed in place.
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                headers.append((b"x-greeting", b"hello"))
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, send_more)

    return wrapped


async def answer(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"Hi.",
    })


app = with_greeting(answer)
