import hashlib

TRAILERS = "http.response.trailers"


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    trailers = TRAILERS in (scope.get("extensions") or {})
    # zh: trailer 告诉客户端后面会有哪些字段。
    # en: trailer tells the client which fields will follow.
    headers = (
        [(b"trailer", b"x-checksum")] if trailers else []
    )
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": headers,
        "trailers": trailers,
    })
    checksum = hashlib.sha256()
    for piece in (b"one,", b"two,", b"three"):
        checksum.update(piece)
        await send({
            "type": "http.response.body",
            "body": piece,
            "more_body": True,
        })
    await send({"type": "http.response.body"})
    if trailers:
        value = checksum.hexdigest()[:12].encode()
        await send({
            "type": TRAILERS,
            "headers": [(b"x-checksum", value)],
        })
