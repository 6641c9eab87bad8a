# zh: 错在补救：200 已经送出，不能再开始一次。
# en: Wrong in the remedy: the 200 has already left.
# zh: 规则：http-start-once
# en: Rule: http-start-once
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    try:
        await send_rows(send)
    except ZeroDivisionError:
        await send({
            "type": "http.response.start",
            "status": 500,
        })
        await send({"type": "http.response.body"})


async def send_rows(send):
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    for number in (2, 1, 0):
        await send({
            "type": "http.response.body",
            "body": b"%d\n" % (10 / number),
            "more_body": True,
        })
    await send({"type": "http.response.body"})
