# zh: 错在第二次读：receive() 只会等到断开。
# en: Wrong at the second reading: receive() waits for a disconnect.
# zh: 规则：http-no-response
# en: Rule: http-no-response
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    print("first", await read_body(receive))
    body = await read_body(receive)
    if body is None:
        return
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": body,
    })


async def read_body(receive):
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body
