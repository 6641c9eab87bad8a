from contextvars import ContextVar

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

user = ContextVar("user", default="nobody")


async def look_based(request, call_next):
    response = await call_next(request)
    print("BaseHTTPMiddleware sees", user.get())
    return response


def look_plainly(app):
    async def wrapped(scope, receive, send):
        await app(scope, receive, send)
        print("pure ASGI sees", user.get())

    return wrapped


async def log_in(request):
    user.set("ada")
    return PlainTextResponse("hello")


BASE = Middleware(BaseHTTPMiddleware, look_based)
PURE = Middleware(look_plainly)
routes = [Route("/", log_in)]
app = Starlette(
    routes=[
        Mount("/base", routes=routes, middleware=[BASE]),
        Mount("/pure", routes=routes, middleware=[PURE]),
    ]
)
