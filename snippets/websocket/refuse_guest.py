DENIAL = "websocket.http.response"


async def app(scope, receive, send):
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])
    await receive()
    if b"token=" not in (scope.get("query_string") or b""):
        await refuse(scope, send)
        return
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": 1000})


async def refuse(scope, send):
    if DENIAL not in (scope.get("extensions") or {}):
        # zh: 没有扩展：无论写什么状态码，客户端看到的都是 403。
        # en: No extension: whatever the code, the client sees a 403.
        await send({
            "type": "websocket.close",
            "code": 4401,
        })
        return
    await send({
        "type": f"{DENIAL}.start",
        "status": 401,
        "headers": [(b"content-type", b"text/plain")],
    })
    await send({
        "type": f"{DENIAL}.body",
        "body": b"Log in first.",
    })
