PIECE = b"x" * 40_000


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    for number in range(1, 6):
        await send({
            "type": "http.response.body",
            "body": PIECE,
            "more_body": number < 5,
        })
        print(f"piece {number} handed over")
