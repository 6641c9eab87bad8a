import time

from quart import Quart, request

app = Quart(__name__)
PRICES = {"tea": 3, "coffee": 4}


@app.get("/price/<item>")
async def price(item):
    count = request.args.get("count", 1, type=int)
    return {"price": PRICES[item] * count}


@app.post("/orders")
async def order():
    return await request.get_json(), 201


# zh: 普通函数在线程里执行，事件循环照常运转。
# en: A plain function runs in a thread; the event loop goes on meanwhile.
@app.get("/report")
def report():
    time.sleep(2)
    return {"ready": True}
