import time

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

PRICES = {"tea": 3, "coffee": 4}


async def price(request):
    count = int(request.query_params.get("count", "1"))
    each = PRICES[request.path_params["item"]]
    return JSONResponse({"price": each * count})


async def order(request):
    received = await request.json()
    return JSONResponse(received, status_code=201)


# zh: 普通函数在线程里执行，事件循环照常运转。
# en: A plain function runs in a thread; the event loop goes on meanwhile.
def report(request):
    time.sleep(2)
    return JSONResponse({"ready": True})


app = Starlette(
    routes=[
        Route("/price/{item}", price),
        Route("/orders", order, methods=["POST"]),
        Route("/report", report),
    ]
)
