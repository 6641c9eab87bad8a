async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept", "subprotocol": "v1"})
    while (event := await receive())["type"] == "websocket.receive":
        if event.get("text") is not None:
            await send({"type": "websocket.send", "text": event["text"]})
        else:
            await send({"type": "websocket.send", "bytes": event["bytes"]})
    print("closed with", event["code"])
