def add_header(app):
    async def wrapped(scope, receive, send):
        async def send_more(message):
            if message["type"] == "http.response.start":
                headers = [
                    *message.get("headers", []),
                    (b"x-served-by", b"node-1"),
                ]
                message = {**message, "headers": headers}
            await send(message)

        if scope["type"] == "http":
            await app(scope, receive, send_more)
        else:
            await app(scope, receive, send)

    return wrapped


START = {"type": "http.response.start", "status": 200}


async def say_hi(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send(START)
    await send({
        "type": "http.response.body",
        "body": b"Hi.",
    })


app = add_header(say_hi)
