from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


@asynccontextmanager
async def lifespan(app):
    pool = ["connection 1", "connection 2"]
    # zh: yield 之前是启动，之后是关闭；交出的字典进入 state。
    # en: Startup before yield, shutdown after it; the dict is state.
    try:
        yield {"pool": pool}
    finally:
        pool.clear()


async def homepage(request):
    size = len(request.state.pool)
    return PlainTextResponse(f"{size} connections")


app = Starlette(
    routes=[Route("/", homepage)], lifespan=lifespan
)
