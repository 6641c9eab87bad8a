import asyncio


# zh: 错在没人等这个任务：应用返回后它还在运行（规则 app-tasks-left）。
# en: Nobody awaits the task: it outlives the call (rule app-tasks-left).
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    asyncio.create_task(write_log(scope["path"]))
    await send({
        "type": "http.response.start",
        "status": 202,
    })
    await send({"type": "http.response.body"})


async def write_log(path):
    await asyncio.sleep(600)
    print(f"logged {path}")
