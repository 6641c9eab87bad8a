import asyncio

USERS = {"token-of-ada": "Ada"}


async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    # zh: 第一条消息必须是凭证；等得太久就不等了。
    # en: The token has to come first; do not wait for ever.
    try:
        async with asyncio.timeout(5):
            message = await receive()
    except TimeoutError:
        message = {"type": "too late"}
    if message["type"] == "websocket.disconnect":
        return
    user = USERS.get(message.get("text"))
    if user is None:
        await send({
            "type": "websocket.close",
            "code": 4401,
        })
        return
    await send({
        "type": "websocket.send",
        "text": f"Welcome, {user}.",
    })
    await send({"type": "websocket.close"})
