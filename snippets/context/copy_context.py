import asyncio
from contextvars import ContextVar

user = ContextVar("user", default="nobody")


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    user.set("ada")
    # zh: 直接等待：同一个任务，同一个 context。
    # en: Awaited directly: the same task, the same context.
    await become("bob")
    print("after await:", user.get())
    # zh: 新的任务：从这一刻的 context 复制一份。
    # en: A new task: a copy of the context at this moment.
    await asyncio.create_task(become("eve"))
    print("after task:", user.get())
    await asyncio.to_thread(user.set, "tom")
    print("after thread:", user.get())
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({"type": "http.response.body"})


async def become(name):
    print(user.get(), "becomes", name)
    user.set(name)
