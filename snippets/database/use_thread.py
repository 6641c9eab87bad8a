import asyncio


async def use(pool, work):
    connection = await pool.get()
    task = asyncio.create_task(
        asyncio.to_thread(work, connection)
    )
    # zh: 线程里的工作真正结束时才归还。
    # en: Given back when the work in the thread has really ended.
    task.add_done_callback(
        lambda _: pool.put_nowait(connection)
    )
    return await asyncio.shield(task)


# zh: 整个事务是一个普通函数，一次交给线程。
# en: A whole transaction is one plain function, one call.
def place_order(connection):
    with connection:
        connection.execute(
            "INSERT INTO orders VALUES ('tea')"
        )
        query = "SELECT count(*) FROM orders"
        return connection.execute(query).fetchone()[0]
