import time

import falcon
import falcon.asgi

PRICES = {"tea": 3, "coffee": 4}


class Price:
    async def on_get(self, request, response, item):
        count = request.get_param_as_int("count", default=1)
        response.media = {"price": PRICES[item] * count}


class Orders:
    async def on_post(self, request, response):
        response.media = await request.get_media()
        response.status = falcon.HTTP_201


class Report:
    # zh: 处理函数一律是协程；普通函数要自己交给线程。
    # en: Responders are always coroutines; a plain function is handed to a thread.
    async def on_get(self, request, response):
        await falcon.sync_to_async(time.sleep, 2)
        response.media = {"ready": True}


app = falcon.asgi.App()
app.add_route("/price/{item}", Price())
app.add_route("/orders", Orders())
app.add_route("/report", Report())
