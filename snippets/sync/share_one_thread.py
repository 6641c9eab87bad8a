import time

from asgiref.sync import sync_to_async


# zh: thread_sensitive=True 是默认值：全进程共用一个线程。
# en: thread_sensitive=True is the default: one thread for all.
@sync_to_async
def work():
    time.sleep(1)


@sync_to_async(thread_sensitive=False)
def work_apart():
    time.sleep(1)


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] == "/apart":
        await work_apart()
    else:
        await work()
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"done",
    })
