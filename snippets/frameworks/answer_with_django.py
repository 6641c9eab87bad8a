import json
import time

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import JsonResponse
from django.urls import path

# zh: 一个项目的 settings.py 和 urls.py，缩在一个文件里。
# en: A project's settings.py and urls.py, put into one file.
settings.configure(
    ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__
)
PRICES = {"tea": 3, "coffee": 4}


async def price(request, item):
    count = int(request.GET.get("count", "1"))
    return JsonResponse({"price": PRICES[item] * count})


async def order(request):
    received = json.loads(request.body)
    return JsonResponse(received, status=201)


# zh: 普通函数在线程里执行，事件循环照常运转。
# en: A plain function runs in a thread; the event loop goes on meanwhile.
def report(request):
    time.sleep(2)
    return JsonResponse({"ready": True})


urlpatterns = [
    path("price/<item>", price),
    path("orders", order),
    path("report", report),
]
app = get_asgi_application()
