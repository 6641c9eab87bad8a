# zh: 字典：每个成员的 send，以及他的地址。
# en: A dict: each member's send, and the address behind it.
members = {}


async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    members[send] = scope.get("client")
    try:
        message = await receive()
        while message["type"] == "websocket.receive":
            await tell_all(message.get("text") or "")
            message = await receive()
    finally:
        # zh: 不管怎样离开，都要移出名单。
        # en: However a member leaves, the entry goes.
        members.pop(send, None)


async def tell_all(text):
    for send in list(members):
        try:
            await send({
                "type": "websocket.send",
                "text": text,
            })
        except OSError:
            # zh: 对方刚走，还没来得及移出名单。
            # en: Gone a moment ago, and still listed.
            members.pop(send, None)
