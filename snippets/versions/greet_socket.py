async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    version = scope.get("http_version", "1.1")
    await receive()
    await send({"type": "websocket.accept"})
    await send({
        "type": "websocket.send",
        "text": f"{scope['scheme']} over HTTP/{version}",
    })
    await send({"type": "websocket.close"})
