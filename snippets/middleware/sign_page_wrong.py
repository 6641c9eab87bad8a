# zh: 错在只改了消息体：content-length 还是原来的 3。
# en: Wrong to change the body only: content-length is still 3.
# zh: 规则：http-content-length-long
# en: Rule: http-content-length-long
def sign_page(app):
    async def wrapped(scope, receive, send):
        async def send_signed(message):
            if message["type"] == "http.response.body":
                signed = message["body"] + b" -- ASGI"
                message = {**message, "body": signed}
            await send(message)

        await app(scope, receive, send_signed)

    return wrapped


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
