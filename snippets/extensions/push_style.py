PUSH = "http.response.push"


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    offered = scope.get("extensions") or {}
    if scope["path"] == "/" and PUSH in offered:
        await send({
            "type": PUSH,
            "path": "/style.css",
            "headers": [(b"accept", b"text/css")],
        })
    await send({
        "type": "http.response.body",
        "body": scope["path"].encode(),
    })
