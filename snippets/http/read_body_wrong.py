# zh: 错在循环的条件：http.disconnect 没有 more_body，于是被当成结尾。
# en: Wrong in the loop's condition: http.disconnect has no more_body,
# zh: 只收到一半就当作完整的保存，到答复时才出错（http-after-disconnect）。
# en: so half an upload is stored as a whole one (http-after-disconnect).
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)

    print(f"stored {len(body)} bytes")
    await send({
        "type": "http.response.start",
        "status": 201,
    })
    await send({"type": "http.response.body"})
