PIECE = b"x" * 32_768


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    for number in range(1, 7):
        # zh: 缓冲区超过高水位，就在这里等。
        # en: Above the high water mark, this is where it waits.
        await send({
            "type": "http.response.body",
            "body": PIECE,
            "more_body": number < 6,
        })
        print(f"piece {number}")
