members = []


async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    members.append(send)
    try:
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            await share(message.get("text") or "")
    finally:
        members.remove(send)


async def share(text):
    for member in list(members):
        try:
            await member({
                "type": "websocket.send",
                "text": text,
            })
        except OSError:
            # zh: 他刚刚离开，他自己的那次调用会把他移出名单。
            # en: They have just left; their own call tidies up.
            continue
