def answer_errors(app):
    async def wrapped(scope, receive, send):
        started = False

        async def noting_send(message):
            nonlocal started
            started = True
            await send(message)

        try:
            await app(scope, receive, noting_send)
        except Exception as error:
            # zh: 别的协议、已经开始的响应：照旧把异常交给服务器。
            # en: Not HTTP, or a response begun: leave it to the server.
            if scope["type"] != "http" or started:
                raise
            print("log:", repr(error))
            await answer(send, 500, b'{"error": "ours"}')

    return wrapped


async def answer(send, status, body):
    await send({
        "type": "http.response.start",
        "status": status,
    })
    await send({"type": "http.response.body", "body": body})


async def print_page(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    raise ValueError("out of ink")


app = answer_errors(print_page)
