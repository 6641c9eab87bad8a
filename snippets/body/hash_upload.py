from hashlib import sha256


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    digest = sha256()
    try:
        async for piece in iterate_body(receive):
            digest.update(piece)
    except ConnectionError:
        return
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": digest.hexdigest()[:8].encode(),
    })


async def iterate_body(receive):
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        yield message.get("body", b"")
        more = message.get("more_body", False)
