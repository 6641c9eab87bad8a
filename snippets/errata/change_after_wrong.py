# zh: 错在 await 之后才加头部：那时响应已经完整。
# en: Wrong in adding the header after the await: the response
# zh: 规则：http-after-complete
# en: is complete by then. Rule: http-after-complete
def add_header(app):
    async def wrapped(scope, receive, send):
        await app(scope, receive, send)
        if scope["type"] == "http":
            await send({
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"x-served-by", b"node-1")],
            })

    return wrapped


async def say_hi(scope, receive, send):
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


app = add_header(say_hi)
