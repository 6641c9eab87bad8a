members = {}


# zh: 错在名单：对方离开了，还给他发送（websocket-after-disconnect）。
# en: Wrong: no entry is ever removed, so text goes to a member
# zh: 出错的却是还在聊天的人。
# en: who has left (websocket-after-disconnect), and others fail.
async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    members[send] = scope.get("client")
    message = await receive()
    while message["type"] == "websocket.receive":
        for member in list(members):
            await member({
                "type": "websocket.send",
                "text": message.get("text") or "",
            })
        message = await receive()
