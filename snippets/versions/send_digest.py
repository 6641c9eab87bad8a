import hashlib

ROWS = [b"id,name\n", b"1,Ada\n", b"2,Grace\n"]


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    offered = scope.get("extensions") or {}
    trailers = "http.response.trailers" in offered
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"trailer", b"x-sha256")]
        if trailers
        else [],
        "trailers": trailers,
    })
    digest = hashlib.sha256()
    for row in ROWS:
        digest.update(row)
        await send({
            "type": "http.response.body",
            "body": row,
            "more_body": True,
        })
    await send({"type": "http.response.body"})
    if trailers:
        value = digest.hexdigest()[:16].encode()
        await send({
            "type": "http.response.trailers",
            "headers": [(b"x-sha256", value)],
        })
