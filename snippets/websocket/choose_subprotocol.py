KNOWN = ("chat.v2", "chat.v1")


async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    offered = scope.get("subprotocols", [])
    chosen = next((n for n in KNOWN if n in offered), None)
    await receive()
    await send({
        "type": "websocket.accept",
        "subprotocol": chosen,
        "headers": [(b"x-room", b"lobby")],
    })
    await send({
        "type": "websocket.send",
        "text": f"We speak {chosen}.",
    })
    await send({
        "type": "websocket.close",
        "code": 1000,
        "reason": "that was all",
    })
