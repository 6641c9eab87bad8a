import asyncio
import time


async def app(scope, receive, send):
    if scope["path"] == "/blocking":
        time.sleep(3)
    else:
        await asyncio.sleep(1)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode()})
