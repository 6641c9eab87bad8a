PATHSEND = "http.response.pathsend"
HIDDEN = (PATHSEND, "http.response.zerocopysend")


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    # zh: 中间件要看内容，就不把看不到内容的扩展传给里层。
    # en: To see the content, keep what hides it from the inner app.
    offered = scope.get("extensions") or {}
    left = {
        k: v for k, v in offered.items() if k not in HIDDEN
    }
    total = 0

    async def count(message):
        nonlocal total
        total += len(message.get("body", b""))
        await send(message)

    await serve_file(
        {**scope, "extensions": left}, receive, count
    )
    print(f"{total} bytes")


async def serve_file(scope, receive, send):
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    if PATHSEND in scope["extensions"]:
        path = "/srv/report.txt"
        await send({"type": PATHSEND, "path": path})
    else:
        body = b"a long report"
        await send({
            "type": "http.response.body",
            "body": body,
        })
