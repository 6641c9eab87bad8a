import asyncio
import time
from dataclasses import dataclass

from blacksheep import Application, created, get, post

app = Application()
PRICES = {"tea": 3, "coffee": 4}


@dataclass
class Order:
    item: str
    count: int = 1


@get("/price/{item}")
async def price(item: str, count: int = 1):
    return {"price": PRICES[item] * count}


@post("/orders")
async def order(received: Order):
    return created(received)


# zh: 普通函数会在事件循环里执行，所以慢的工作要自己交给线程。
# en: A plain function would run on the loop: hand slow work to a thread.
@get("/report")
async def report():
    await asyncio.to_thread(time.sleep, 2)
    return {"ready": True}
