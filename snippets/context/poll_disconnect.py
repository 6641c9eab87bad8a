import asyncio

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route


async def pass_on(request, call_next):
    return await call_next(request)


async def work(request):
    for second in range(1, 5):
        await asyncio.sleep(1)
        if await request.is_disconnected():
            print("given up at second", second)
            break
    else:
        print("worked to the end for nobody")
    return PlainTextResponse("done")


BASE = Middleware(BaseHTTPMiddleware, pass_on)
routes = [Route("/", work)]
app = Starlette(
    routes=[
        Mount("/base", routes=routes, middleware=[BASE]),
        Mount("/bare", routes=routes),
    ]
)
