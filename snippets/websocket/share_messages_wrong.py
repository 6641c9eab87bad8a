# zh: 错在少了 finally：离开的人还留在 members 里。
# en: Wrong without a finally: those who left stay in members.
# zh: 规则：websocket-after-disconnect
# en: Rule: websocket-after-disconnect
members = []


async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    members.append(send)
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        for member in list(members):
            await member({
                "type": "websocket.send",
                "text": message.get("text") or "",
            })
