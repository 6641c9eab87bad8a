import time
from contextlib import asynccontextmanager

from anyio import to_thread
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


@asynccontextmanager
async def lifespan(app):
    # zh: 默认 40 个名额；这里改成 2，三个客户端就够了。
    # en: 40 places by default; with 2, three clients are enough.
    limiter = to_thread.current_default_thread_limiter()
    limiter.total_tokens = 2
    yield


def report(request):
    time.sleep(2)
    return PlainTextResponse("report")


# zh: 一行也不阻塞，却也是 def，同样要一个名额。
# en: Nothing in it blocks, yet it is a def: it needs a place too.
def health(request):
    return PlainTextResponse("ok")


routes = [
    Route("/report", report),
    Route("/health", health),
]
app = Starlette(routes=routes, lifespan=lifespan)
