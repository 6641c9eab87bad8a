"""What Django and BlackSheep say, as JSON: a program, since a process has one app of each."""

from __future__ import annotations

import dataclasses
import gc
import json
import sys
from collections.abc import Iterable
from typing import Any

from tests.snippets.errors.responses import asked
from tests.snippets.errors.saying import Said, listening, no_warnings, raised, warned

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
    views = {"orders": load_orders, "forgets": forget_await, "stream": stream}
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
