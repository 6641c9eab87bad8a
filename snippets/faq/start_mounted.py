from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route


@asynccontextmanager
async def open_shop(app):
    print("shop is open")
    yield {"goods": ["tea", "coffee"]}
    print("shop is closed")


async def list_goods(request):
    return PlainTextResponse(", ".join(request.state.goods))


shop = Starlette(
    routes=[Route("/", list_goods)], lifespan=open_shop
)


# zh: 服务器只启动最外层的应用；里面的由它来启动。
# en: The server starts the outer app only, which starts the inner one.
@asynccontextmanager
async def lifespan(app):
    async with shop.router.lifespan_context(shop) as state:
        yield state


app = Starlette(
    routes=[Mount("/shop", shop)], lifespan=lifespan
)
