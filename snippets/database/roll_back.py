import asyncio
import sqlite3


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    async with asyncio.TaskGroup() as group:
        work = group.create_task(order(send))
        while (await receive())[
            "type"
        ] != "http.disconnect":
            pass
        work.cancel()


async def order(send):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE orders (item TEXT)")
    try:
        # zh: 正常结束就提交；任何异常，包括取消，都回滚。
        # en: Commits at its end; any exception, cancelling too,
        # zh: 自己写的话，要捕获 BaseException。
        # en: rolls back. Your own code must catch BaseException.
        with connection:
            connection.execute(
                "INSERT INTO orders VALUES ('tea')"
            )
            await asyncio.sleep(3)
    finally:
        rows = connection.execute("SELECT item FROM orders")
        print(f"orders: {rows.fetchall()}")
        connection.close()
    await send({
        "type": "http.response.start",
        "status": 201,
    })
    await send({"type": "http.response.body"})
