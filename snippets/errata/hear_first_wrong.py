# zh: 错在先等消息：握手还没有答复，消息不会来。
# en: Wrong in the order: no message comes before the handshake
# zh: 规则：websocket-no-reply
# en: is answered. Rule: websocket-no-reply
async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    message = await receive()
    if message["type"] == "websocket.receive":
        await send({"type": "websocket.accept"})
        await send({
            "type": "websocket.send",
            "text": message["text"],
        })
