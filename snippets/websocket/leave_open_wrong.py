# zh: 错在结尾：返回之前没有关闭连接。
# en: Wrong at the end: it returns without closing the connection.
# zh: 规则：websocket-not-closed
# en: Rule: websocket-not-closed
async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    await send({
        "type": "websocket.send",
        "text": "Goodbye.",
    })
