async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    # zh: 第一行在开始之前算好：它失败时，还来得及返回 500。
    # en: The first row before the start: a 500 is still possible.
    first = 10 // 2
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send_row(send, f"row {first}")
    try:
        for number in (1, 0):
            await send_row(send, f"row {10 // number}")
    except ZeroDivisionError:
        # zh: 之后的错误只能写进消息体，客户端要知道去那里看。
        # en: Later errors go into the body; the client has to look.
        await send_row(send, "error: no such row")
    await send({"type": "http.response.body"})


async def send_row(send, text):
    await send({
        "type": "http.response.body",
        "body": f"{text}\n".encode(),
        "more_body": True,
    })
