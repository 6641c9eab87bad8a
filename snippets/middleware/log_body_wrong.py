# zh: 错在读完不还回去：里面的应用再也等不到请求体。
# en: Wrong to keep what it read: the inner app waits in vain.
# zh: 规则：http-no-response
# en: Rule: http-no-response
def log_body(app):
    async def wrapped(scope, receive, send):
        message = await receive()
        print("log:", message.get("body", b""))
        await app(scope, receive, send)

    return wrapped


START = {"type": "http.response.start", "status": 200}


async def echo(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    message = await receive()
    if message["type"] == "http.disconnect":
        return
    await send(START)
    body = message.get("body", b"")
    await send({"type": "http.response.body", "body": body})


app = log_body(echo)
