"""What Django and BlackSheep say, as JSON: a program, since a process has one app of each."""

from __future__ import annotations

import dataclasses
import gc
import json
import sys
from collections.abc import Iterable
from typing import Any

from tests.snippets.errors.responses import asked
from tests.snippets.errors.saying import Said, by, listening, no_warnings, raised, warned

urlpatterns: list[Any] = []


async def load_orders(request: Any) -> Any:
    from django.db import connection

    connection.cursor()


def forget_await(request: Any) -> Any:
    async def page() -> None:
        pass

    return page()


def stream(request: Any) -> Any:
    from django.http import StreamingHttpResponse

    return StreamingHttpResponse(piece for piece in (b"a", b"b"))


async def stream_async(request: Any) -> Any:
    from django.http import StreamingHttpResponse

    async def pieces() -> Any:
        yield b"a"

    return StreamingHttpResponse(pieces())


def return_nothing(request: Any) -> None:
    pass


async def read_body(request: Any) -> Any:
    return request.body


async def atomic(request: Any) -> Any:
    from django.http import HttpResponse

    return HttpResponse("home")


def read_stream(get_response: Any) -> Any:
    """A middleware that reads what a view answers, as older ones do."""

    def middleware(request: Any) -> Any:
        response = get_response(request)
        len(response.content)
        return response

    return middleware


def django_says() -> Iterable[tuple[str, list[Said]]]:
    import django
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.urls import path

    def model() -> None:
        from django.contrib.auth.models import User  # noqa: F401

    yield "django-not-configured", raised(get_asgi_application)
    settings.configure(
        ALLOWED_HOSTS=["shop.test"],
        DATA_UPLOAD_MAX_MEMORY_SIZE=10,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="only for tests",
        LOGGING_CONFIG=None,
        DEBUG_PROPAGATE_EXCEPTIONS=True,
    )
    yield "django-apps-not-loaded", raised(model)
    django.setup()
    views = {
        "orders": load_orders,
        "forgets": forget_await,
        "stream": stream,
        "nothing": return_nothing,
        "body": read_body,
        "atomic": atomic,
        "astream": stream_async,
    }
    urlpatterns.extend(path(name, view) for name, view in views.items())
    app = get_asgi_application()
    yield "django-not-lifespan", raised(lambda: app({"type": "lifespan"}, None, None))
    yield "django-synchronous-only", asked(app, "django", "/orders")
    with no_warnings():  # the coroutine at issue is never awaited
        yield "django-unawaited-view", asked(app, "django", "/forgets")
        gc.collect()
    with listening("django.security.DisallowedHost") as said:
        said += asked(app, "django", "/orders", headers={"host": "example.com"})
    yield "django-disallowed-host", said
    said = []
    with warned(said):
        said += asked(app, "django", "/stream")
    yield "django-sync-iterator", said
    yield "django-view-returned-none", asked(app, "django", "/nothing")
    with listening("django.security.RequestDataTooBig") as said:
        said += asked(app, "django", "/body", method="POST", content=bytes(20))
    yield "django-body-too-big", said
    yield from django_configured()


def django_configured() -> Iterable[tuple[str, list[Said]]]:
    """What it says with other settings, each in an app of its own."""
    from django.core.asgi import get_asgi_application
    from django.core.wsgi import get_wsgi_application
    from django.db import connections
    from django.test import RequestFactory, override_settings

    with override_settings(MIDDLEWARE=[f"{__name__}.read_stream"]):
        yield "django-streaming-no-content", asked(get_asgi_application(), "django", "/stream")
    connections.settings["default"]["ATOMIC_REQUESTS"] = True
    yield "django-atomic-requests", asked(get_asgi_application(), "django", "/atomic")
    connections.settings["default"]["ATOMIC_REQUESTS"] = False
    said: list[Said] = []
    with warned(said):
        request = RequestFactory().get("/astream", headers={"host": "shop.test"})
        list(get_wsgi_application().get_response(request))
    yield "django-async-iterator", by("django", said)


def blacksheep_says() -> Iterable[tuple[str, list[Said]]]:
    from blacksheep import Application, Router

    async def start_and_configure() -> None:
        app = Application(router=Router())
        await app.start()
        app.use_cors()

    yield "blacksheep-cors-too-late", raised(start_and_configure)


def main() -> None:
    sys.modules["tests.snippets.errors.one_app"] = sys.modules["__main__"]
    said = dict([*django_says(), *blacksheep_says()])
    lists = {
        entry: [dataclasses.astuple(one) for one in several] for entry, several in said.items()
    }
    print(json.dumps(lists))


if __name__ == "__main__":
    main()
