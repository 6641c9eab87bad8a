async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    headers = dict(scope["headers"])
    declared = headers.get(b"content-length", b"nothing")
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            print(f"promised {declared}, left at {size}")
            return
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"promised %b, got %d" % (declared, size),
    })
