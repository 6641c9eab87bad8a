import asyncio

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import StreamingHttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__
)


# zh: 客户端离开时，Django 取消这个生成器。
# en: Django cancels this generator when the client leaves.
async def count():
    for number in range(3):
        yield f"tick {number}\n"
        await asyncio.sleep(1)


async def ticks(request):
    kind = "text/plain"
    return StreamingHttpResponse(count(), content_type=kind)


urlpatterns = [path("ticks", ticks)]
app = get_asgi_application()
