import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

# zh: 只有一个线程，好看清它什么时候空出来。
# en: One thread only, to see when it is free again.
POOL = ThreadPoolExecutor(max_workers=1)


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    seconds = 3 if scope["path"] == "/slow" else 0
    loop = asyncio.get_running_loop()
    status = 200
    try:
        async with asyncio.timeout(1):
            await loop.run_in_executor(POOL, work, seconds)
    except TimeoutError:
        # zh: 不再等了；线程里的函数不知道，继续运行。
        # en: The function does not know of it, and goes on.
        status = 504
    await send({
        "type": "http.response.start",
        "status": status,
    })
    await send({"type": "http.response.body"})


def work(seconds):
    time.sleep(seconds)
    print(f"{seconds} s of work done")
