import asyncio


async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    await send({"type": "websocket.accept"})
    # zh: 收和发同时进行：一个任务在收，这里在发。
    # en: Both directions at once: a task receives while this loop sends.
    listener = asyncio.create_task(shout(receive, send))
    for number in range(1, 4):
        await send({
            "type": "websocket.send",
            "text": f"tick {number}",
        })
        await asyncio.sleep(1)
    listener.cancel()
    await send({"type": "websocket.close"})


async def shout(receive, send):
    message = await receive()
    while message["type"] == "websocket.receive":
        text = message["text"].upper()
        await send({"type": "websocket.send", "text": text})
        message = await receive()
