import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", b"text/csv")],
    })
    async for batch in batches():
        await send({
            "type": "http.response.body",
            "body": batch,
            "more_body": True,
        })
    await send({"type": "http.response.body"})


async def batches():
    print("transaction open")
    for number in range(1, 6):
        # zh: 游标再取 2000 行。
        # en: The cursor fetches another 2000 rows.
        await asyncio.sleep(0.1)
        print(f"batch {number}")
        yield b"id,amount,currency\n" * 2_000
    print("transaction closed")
