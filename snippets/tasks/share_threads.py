import time
from contextlib import asynccontextmanager

from anyio import to_thread
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


@asynccontextmanager
async def lifespan(app):
    # zh: 默认是 40；这里改成 2，好看清楚排队。
    # en: 40 by default; here 2, so that the queue can be seen.
    limiter = to_thread.current_default_thread_limiter()
    limiter.total_tokens = 2
    yield


# zh: 普通的 def：Starlette 把它放到线程里运行。
# en: A plain def: Starlette runs it in a thread.
def report(request):
    time.sleep(1)
    return PlainTextResponse("done")


app = Starlette(
    routes=[Route("/", report)], lifespan=lifespan
)
