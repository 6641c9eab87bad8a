# zh: 错在先说话、后接受：握手还没有答复（规则 websocket-accept-first）。
# en: Wrong: it speaks before it accepts (rule websocket-accept-first).
async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({
        "type": "websocket.send",
        "text": "Hello!",
    })
    await send({"type": "websocket.accept"})
