import os

visits = 0


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    global visits
    # zh: 每个进程各有一个 visits。
    # en: Each process has its own visits.
    visits += 1
    text = f"process {os.getpid()}: {visits}\n"
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": text.encode(),
    })
