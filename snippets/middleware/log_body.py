def log_body(app):
    async def wrapped(scope, receive, send):
        taken = []
        more = scope["type"] == "http"
        while more:
            taken.append(await receive())
            more = taken[-1].get("more_body", False)
        bodies = [message.get("body") for message in taken]
        print("log:", bodies)

        async def replay():
            # zh: 先给出读过的消息，给完了再去问服务器。
            # en: First what was taken; after that, ask the server.
            if taken:
                return taken.pop(0)
            return await receive()

        await app(scope, replay, send)

    return wrapped


START = {"type": "http.response.start", "status": 200}


async def echo(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message.get("body", b"")
        more = message.get("more_body", False)
    await send(START)
    await send({"type": "http.response.body", "body": body})


app = log_body(echo)
