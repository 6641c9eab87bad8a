import time
from dataclasses import dataclass

from litestar import Litestar, get, post
from litestar.params import FromPath, FromQuery, JSONBody

PRICES = {"tea": 3, "coffee": 4}


@dataclass
class Order:
    item: str
    count: int = 1


@get("/price/{item:str}")
async def price(
    item: FromPath[str], count: FromQuery[int] = 1
) -> dict[str, int]:
    return {"price": PRICES[item] * count}


# zh: 参数名 data 就是请求体，由类型注解检查。
# en: The parameter named data is the body, checked by its annotation.
@post("/orders")
async def order(data: JSONBody[Order]) -> Order:
    return data


# zh: 要不要放进线程，Litestar 要求写明。
# en: Litestar wants to be told whether a thread is to run it.
@get("/report", sync_to_thread=True)
def report() -> dict[str, bool]:
    time.sleep(2)
    return {"ready": True}


app = Litestar([price, order, report])
