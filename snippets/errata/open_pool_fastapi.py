from contextlib import asynccontextmanager

from fastapi import FastAPI, Request


class Pool:
    # zh: 实际使用时换成真正的连接池。
    # en: Put a real pool in its place.
    size = 10

    async def open(self):
        print("pool opened")

    async def close(self):
        print("pool closed")


@asynccontextmanager
async def lifespan(app):
    pool = Pool()
    await pool.open()
    try:
        yield {"pool": pool}
    finally:
        await pool.close()


app = FastAPI(lifespan=lifespan)


@app.get("/")
async def homepage(request: Request):
    return {"size": request.state.pool.size}
