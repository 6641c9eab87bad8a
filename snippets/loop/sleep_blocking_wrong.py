import time


# zh: 错在 time.sleep：整个事件循环停住一秒（规则 loop-blocked）。
# en: Wrong: time.sleep stops the whole event loop (rule loop-blocked).
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    time.sleep(1)
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"slept",
    })
