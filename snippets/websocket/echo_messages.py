async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    # zh: 第一条总是 websocket.connect；接受以后才能收发。
    # en: First comes websocket.connect; nothing is said before accept.
    await receive()
    await send({"type": "websocket.accept"})
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        await send(answer(message))


def answer(message):
    # zh: 一条消息只有 text 或 bytes 之一，另一个可能缺，也可能是 None。
    # en: A message has text or bytes; the other is missing or None.
    text = message.get("text")
    if text is not None:
        return {"type": "websocket.send", "text": text}
    return {
        "type": "websocket.send",
        "bytes": message["bytes"],
    }
