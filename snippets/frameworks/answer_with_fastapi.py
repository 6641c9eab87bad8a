import time

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
PRICES = {"tea": 3, "coffee": 4}


class Order(BaseModel):
    item: str
    count: int = 1


@app.get("/price/{item}")
async def price(item: str, count: int = 1):
    return {"price": PRICES[item] * count}


# zh: 请求体由 Pydantic 检查：不合要求的得到 422。
# en: Pydantic checks the body: what does not fit is answered with 422.
@app.post("/orders", status_code=201)
async def order(received: Order) -> Order:
    return received


# zh: 普通函数在线程里执行，事件循环照常运转。
# en: A plain function runs in a thread; the event loop goes on meanwhile.
@app.get("/report")
def report():
    time.sleep(2)
    return {"ready": True}
