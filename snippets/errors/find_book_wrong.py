# zh: 错在没有料到：书号由客户端给出，写错了却得到 500。
# en: Wrong not to expect it: clients choose the number, 500 blames us.
# zh: 规则：app-raised
# en: Rule: app-raised
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

BOOKS = {"7": "Walden"}


async def show_book(request):
    number = request.path_params["number"]
    return PlainTextResponse(BOOKS[number])


app = Starlette(routes=[Route("/{number}", show_book)])
