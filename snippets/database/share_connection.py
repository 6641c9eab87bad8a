import asyncio
import sqlite3

# zh: 错在这里：所有请求共用一个连接，也就共用一个事务。
# en: The mistake: one connection for all, and so one transaction.
shared = sqlite3.connect(
    ":memory:", check_same_thread=False
)
shared.execute("CREATE TABLE orders (item TEXT)")


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    status, item = 200, scope["path"].removeprefix("/")
    if scope["method"] == "POST":
        status = await order(item)
    orders = shared.execute(
        "SELECT item FROM orders"
    ).fetchall()
    body = f"orders: {orders}".encode()
    await send({
        "type": "http.response.start",
        "status": status,
    })
    await send({"type": "http.response.body", "body": body})


async def order(item):
    shared.execute("INSERT INTO orders VALUES (?)", (item,))
    if item == "unicorn":
        shared.rollback()
        return 404
    # zh: 等库存系统答复。
    # en: Wait for the answer of the stock system.
    await asyncio.sleep(1)
    shared.commit()
    return 201
