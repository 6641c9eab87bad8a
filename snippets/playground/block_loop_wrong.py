# zh: 错在 time.sleep：它占住整个事件循环，别的请求只能等（规则 loop-blocked）。
# en: Wrong: time.sleep holds the loop, and all others wait (loop-blocked).
import time


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] == "/slow":
        time.sleep(3)
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"Done.",
    })
