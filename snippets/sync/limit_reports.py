import time

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

# zh: 报表有自己的名额，不占默认的 40 个。
# en: Reports have places of their own, not of the default 40.
REPORTS = CapacityLimiter(1)


async def report(request):
    await run_sync(make_report, limiter=REPORTS)
    return PlainTextResponse("report")


def make_report():
    time.sleep(2)


# zh: 不阻塞的端点写成 async def，不进线程。
# en: An endpoint that does not block: async def, and no thread.
async def health(request):
    return PlainTextResponse("ok")


routes = [
    Route("/report", report),
    Route("/health", health),
]
app = Starlette(routes=routes)
