def sign_page(app):
    async def wrapped(scope, receive, send):
        async def send_signed(message):
            await send(change(message))

        await app(scope, receive, send_signed)

    return wrapped


def change(message):
    if message["type"] == "http.response.start":
        pairs = message.get("headers", [])
        kept = [
            p for p in pairs if p[0] != b"content-length"
        ]
        return {**message, "headers": kept}
    last = not message.get("more_body", False)
    if message["type"] == "http.response.body" and last:
        signed = message.get("body", b"") + b" -- ASGI"
        return {**message, "body": signed}
    return message


async def say_hi(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-length", b"3")],
    })
    await send({
        "type": "http.response.body",
        "body": b"Hi.",
    })


app = sign_page(say_hi)
