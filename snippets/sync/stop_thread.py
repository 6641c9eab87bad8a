import asyncio
import threading
import time


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    stop = threading.Event()
    status = 200
    try:
        async with asyncio.timeout(0.3):
            await asyncio.to_thread(work, stop)
    except TimeoutError:
        status = 504
    finally:
        # zh: 超时、断开、出错，都从这里告诉线程。
        # en: Timed out, cancelled or failed: this tells the thread.
        stop.set()
    await send({
        "type": "http.response.start",
        "status": status,
    })
    await send({"type": "http.response.body"})


def work(stop):
    for _ in range(100):
        # zh: 每做完一小段，看一眼。
        # en: It looks after each small piece of work.
        if stop.is_set():
            return
        time.sleep(0.05)
