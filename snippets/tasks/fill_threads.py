import asyncio
import time
from collections import Counter

from anyio import to_thread


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    begin, ended = time.monotonic(), Counter()

    async def work():
        await to_thread.run_sync(time.sleep, 1)
        ended[round(time.monotonic() - begin)] += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(41):
            group.create_task(work())
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    # zh: 每一秒各做完了几份。
    # en: How many were done at which second.
    await send({
        "type": "http.response.body",
        "body": str(dict(ended)).encode(),
    })
