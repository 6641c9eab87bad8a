"""The small app in Django: no WebSocket and no lifespan, which Django leaves to others."""

import asyncio
import time

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="only for tests", LOGGING_CONFIG=None
)
django.setup()


async def home(request):
    return HttpResponse("home", content_type="text/plain")


async def echo(request):
    return HttpResponse(request.body, content_type="text/plain")


def slow(request):
    time.sleep(1)
    return HttpResponse("slow", content_type="text/plain")


async def chunks():
    for number in range(3):
        yield b"chunk %d;" % number
        await asyncio.sleep(1)


async def stream(request):
    return StreamingHttpResponse(chunks())


async def error(request):
    raise ValueError("boom")


urlpatterns = [
    path("", home),
    path("echo", echo),
    path("slow", slow),
    path("stream", stream),
    path("error", error),
]
app = get_asgi_application()
