import asyncio
import time


# zh: 一个路径写错了，所有路径都受影响（规则 loop-blocked）。
# en: One path is wrong, and every path suffers (rule loop-blocked).
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    if scope["path"] == "/report":
        time.sleep(3)
    else:
        for number in range(1, 4):
            await send({
                "type": "http.response.body",
                "body": f"tick {number}\n".encode(),
                "more_body": True,
            })
            await asyncio.sleep(1)
    await send({"type": "http.response.body"})
