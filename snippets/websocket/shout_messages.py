async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            reason = message.get("reason") or "no reason"
            print(message["code"], reason)
            return
        # zh: 两个键都可能在，其中一个是 None；空文本也是一条消息。
        # en: Both keys may be there, one None; "" is a message too.
        if message.get("text") is not None:
            answer = {"text": message["text"].upper()}
        else:
            answer = {"bytes": message["bytes"][::-1]}
        await send({"type": "websocket.send", **answer})
