# zh: 错在 message["text"]：对方发来二进制消息时没有这个键。
# en: Wrong in message["text"]: a binary message has no such key.
# zh: 规则：app-raised
# en: Rule: app-raised
async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        await send({
            "type": "websocket.send",
            "text": message["text"].upper(),
        })
