from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def list_books(request):
    # zh: 链接由 root_path 和路由拼成，不看 path。
    # en: A link is root_path and the route; path plays no part.
    link = request.url_for("books").path
    here = request.url.path
    return PlainTextResponse(f"here {here}, link {link}")


app = Starlette(
    routes=[Route("/books", list_books, name="books")]
)
