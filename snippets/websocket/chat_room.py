# zh: 房间里每个人的 send；所有连接共用一个进程里的这个字典。
# en: Everybody's send; all connections share this dict of the process.
room = {}


async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    name = scope["path"].strip("/") or "somebody"
    room[name] = send
    try:
        await tell(f"{name} is here")
        await pass_on(name, receive)
    finally:
        # zh: 无论怎样结束都要离开房间，否则以后会向断开的连接发送。
        # en: However it ends, leave the room: nobody can be told any more.
        del room[name]
    await tell(f"{name} has left")


async def pass_on(name, receive):
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        if message.get("text"):
            await tell(f"{name}: {message['text']}")


async def tell(text):
    for send in list(room.values()):
        try:
            await send({
                "type": "websocket.send",
                "text": text,
            })
        except OSError:
            # zh: 这一位刚断开；他自己的那次调用会让他离开房间。
            # en: This one has just gone; their own call will take them out.
            continue
