import asyncio
import sqlite3
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


@asynccontextmanager
async def lifespan(app):
    pool = asyncio.Queue()
    for _ in range(2):
        pool.put_nowait(sqlite3.connect(":memory:"))
    yield {"pool": pool}
    while not pool.empty():
        pool.get_nowait().close()


async def report(request):
    pool = request.state.pool
    connection = await pool.get()
    try:
        # zh: 代替异步驱动：它在这里等数据库一秒。
        # en: In place of an async driver, which would wait here.
        await asyncio.sleep(1)
        connection.execute("SELECT 1")
    finally:
        pool.put_nowait(connection)
    return PlainTextResponse("report")


app = Starlette(
    routes=[Route("/", report)], lifespan=lifespan
)
