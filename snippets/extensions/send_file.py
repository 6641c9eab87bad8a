from pathlib import Path

PATHSEND = "http.response.pathsend"
PATH = Path("/tmp/asgi-report.txt")


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    PATH.write_bytes(b"a long report")
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-length", b"13")],
    })
    if PATHSEND in (scope.get("extensions") or {}):
        # zh: 只给路径；这就是整个消息体，没有 more_body。
        # en: The path alone: it is the whole body, with no more_body.
        await send({"type": PATHSEND, "path": str(PATH)})
        return
    with PATH.open("rb") as file:
        while piece := file.read(8):
            await send({
                "type": "http.response.body",
                "body": piece,
                "more_body": True,
            })
    await send({"type": "http.response.body"})
