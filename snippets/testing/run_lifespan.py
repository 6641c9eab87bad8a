import asyncio
from contextlib import asynccontextmanager

SECONDS = 5


@asynccontextmanager
async def started(app):
    state = {}
    scope = {
        "type": "lifespan",
        "asgi": {"version": "3.0", "spec_version": "2.0"},
        "state": state,
    }
    told, answers = asyncio.Queue(), asyncio.Queue()
    async with asyncio.TaskGroup() as tasks:
        life = tasks.create_task(
            app(scope, told.get, answers.put)
        )
        await told.put({"type": "lifespan.startup"})
        # zh: 应用可能一直不答复，甚至不答复就返回。
        # en: An app may give no answer, or return without one.
        async with asyncio.timeout(SECONDS):
            answer = await answers.get()
        if answer["type"] != "lifespan.startup.complete":
            raise RuntimeError(answer.get("message", ""))
        yield with_state(app, state)
        await told.put({"type": "lifespan.shutdown"})
        async with asyncio.timeout(SECONDS):
            await life


# zh: 和服务器一样：每个请求得到 state 的一份浅拷贝。
# en: Like a server: each request has a shallow copy of the state.
def with_state(app, state):
    async def inner(scope, receive, send):
        own = {**scope, "state": state.copy()}
        await app(own, receive, send)

    return inner
