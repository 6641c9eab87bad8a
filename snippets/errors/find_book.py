from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

BOOKS = {"7": "Walden"}


class NoSuchBook(Exception):
    """The shop has no book of that number."""


# zh: 里层的代码不管 HTTP，只说明出了什么事。
# en: Code further in knows nothing of HTTP; it says what happened.
def find_book(number):
    if number not in BOOKS:
        raise NoSuchBook(number)
    return BOOKS[number]


async def show_book(request):
    number = request.path_params["number"]
    return PlainTextResponse(find_book(number))


# zh: 这件事对客户端意味着什么，由处理函数决定。
# en: The handler decides what it means to the client.
async def no_such_book(request, error):
    return PlainTextResponse(f"no book {error}", 404)


app = Starlette(
    routes=[Route("/{number}", show_book)],
    exception_handlers={NoSuchBook: no_such_book},
)
