"""Provokers of what frameworks say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware

from common.places import ROOT
from tests.snippets.errors.responses import asked
from tests.snippets.errors.saying import Said, by, provokes, raised, warned


class Order(BaseModel):
    name: str


@provokes("middleware-after-start")
def middleware_after_start() -> Iterable[Said]:
    app = Starlette()
    asked(app, "starlette")
    return raised(lambda: app.add_middleware(GZipMiddleware))


@provokes("no-attribute-route")
def no_attribute_route() -> Iterable[Said]:
    return by("starlette", raised(lambda: Starlette().route("/")))  # type: ignore[attr-defined]


@provokes("async-to-sync-in-a-loop")
def async_to_sync_in_a_loop() -> Iterable[Said]:
    from asgiref.sync import async_to_sync

    async def load() -> None:
        pass

    async def main() -> None:
        async_to_sync(load)()

    return raised(main)


@provokes("sync-to-async-of-async")
def sync_to_async_of_async() -> Iterable[Said]:
    from asgiref.sync import sync_to_async

    async def load() -> None:
        pass

    return raised(lambda: sync_to_async(load))


@provokes("wsgi-to-asgi-scope")
def wsgi_to_asgi_scope() -> Iterable[Said]:
    from asgiref.wsgi import WsgiToAsgi

    async def main() -> None:
        await WsgiToAsgi(None)({"type": "websocket"}, None, None)

    return raised(main)


@provokes("quart-no-request-context")
def quart_no_request_context() -> Iterable[Said]:
    from quart import request

    return by("quart", raised(lambda: request.path))


@provokes("quart-no-app-context")
def quart_no_app_context() -> Iterable[Said]:
    from quart import current_app

    return by("quart", raised(lambda: current_app.name))


@provokes("quart-view-returned-none")
def quart_view_returned_none() -> Iterable[Said]:
    from quart import Quart

    app = Quart("shop")
    app.config["PROPAGATE_EXCEPTIONS"] = True

    @app.get("/")
    async def home() -> None:
        pass

    return asked(app, "quart")


@provokes("litestar-return-annotation")
def litestar_return_annotation() -> Iterable[Said]:
    from litestar import Litestar, get

    @get("/", sync_to_thread=False)
    def home():  # type: ignore[no-untyped-def]
        return "home"

    return raised(lambda: Litestar([home]))


@provokes("litestar-sync-to-thread")
def litestar_sync_to_thread() -> Iterable[Said]:
    from litestar import Litestar, get

    said: list[Said] = []
    with warned(said):

        @get("/")
        def home() -> str:
            return "home"

        Litestar([home])
    return by("litestar", said)


@provokes("litestar-data-with-get")
def litestar_data_with_get() -> Iterable[Said]:
    from litestar import Litestar, get

    @get("/")
    async def home(data: dict[str, str]) -> str:
        return "home"

    return raised(lambda: Litestar([home]))


@provokes("falcon-responder-not-async")
def falcon_responder_not_async() -> Iterable[Said]:
    from falcon.asgi import App

    class Home:
        def on_get(self, request: Any, response: Any) -> None:
            pass

    return raised(lambda: App().add_route("/", Home()))


@provokes("falcon-stream-is-a-function")
def falcon_stream_is_a_function() -> Iterable[Said]:
    from falcon.asgi import App

    async def pieces() -> Any:
        yield b"first"

    class Home:
        async def on_get(self, request: Any, response: Any) -> None:
            response.stream = pieces

    app = App()
    app.add_route("/", Home())
    return asked(app, "falcon")


@provokes("fastapi-status-without-body")
def fastapi_status_without_body() -> Iterable[Said]:
    def define() -> None:
        @FastAPI().get("/", status_code=204)
        def home() -> dict[str, str]:
            return {}

    return raised(define)


@provokes("fastapi-response-not-awaited")
def fastapi_response_not_awaited() -> Iterable[Said]:
    app = FastAPI()

    async def session() -> Any:
        with suppress(ValueError):
            yield "session"

    @app.get("/")
    async def fail(session: str = Depends(session)) -> None:
        raise ValueError("boom")

    return asked(app, "fastapi")


@provokes("fastapi-prefix-without-slash")
def fastapi_prefix_without_slash() -> Iterable[Said]:
    return raised(lambda: APIRouter(prefix="shop"))


@provokes("fastapi-json-invalid")
def fastapi_json_invalid() -> Iterable[Said]:
    return posted(content="{'name': 1}", headers={"content-type": "application/json"})


@provokes("fastapi-body-not-json")
def fastapi_body_not_json() -> Iterable[Said]:
    return posted(content='{"name": "Ada"}', headers={"content-type": "text/plain"})


@provokes("fastapi-int-parsing")
def fastapi_int_parsing() -> Iterable[Said]:
    app = FastAPI()

    @app.get("/orders/{number}")
    def show(number: int) -> int:
        return number

    return asked(app, "fastapi", "/orders/latest")


def posted(**options: Any) -> list[Said]:
    """What FastAPI answers to a body, where it wants a model."""
    app = FastAPI()

    @app.post("/")
    def save(order: Order) -> None:
        pass

    return asked(app, "fastapi", method="POST", **options)


@provokes("fastapi-method-not-allowed")
def fastapi_method_not_allowed() -> Iterable[Said]:
    app = FastAPI()

    @app.get("/")
    def home() -> None:
        pass

    return asked(app, "fastapi", method="POST")


@provokes("quart-response-type")
def quart_response_type() -> Iterable[Said]:
    from quart import Quart

    app = Quart("shop")
    app.config["PROPAGATE_EXCEPTIONS"] = True

    @app.get("/")
    async def home() -> int:
        return 1

    return asked(app, "quart")


@provokes("quart-no-websocket-context")
def quart_no_websocket_context() -> Iterable[Said]:
    from quart import websocket

    return by("quart", raised(lambda: websocket.path))


@provokes("litestar-websocket-returns")
def litestar_websocket_returns() -> Iterable[Said]:
    from litestar import Litestar, WebSocket, websocket

    @websocket("/")
    async def chat(socket: WebSocket[Any, Any, Any]) -> str:
        return "hello"

    return raised(lambda: Litestar([chat]))


@provokes("litestar-internal-error")
def litestar_internal_error() -> Iterable[Said]:
    from litestar import Litestar, Request, get

    @get("/")
    async def home(request: Request[Any, Any, Any]) -> str:
        return str(request.session)

    return asked(Litestar([home], debug=False), "litestar")


@provokes("litestar-status-without-body")
def litestar_status_without_body() -> Iterable[Said]:
    from litestar import Litestar, delete

    @delete("/")
    async def drop() -> str:
        return "dropped"

    return raised(lambda: Litestar([drop]))


@provokes("litestar-validation-failed")
def litestar_validation_failed() -> Iterable[Said]:
    from litestar import Litestar, get
    from litestar.params import FromQuery

    @get("/")
    async def find(page: FromQuery[int]) -> int:
        return page

    return asked(Litestar([find]), "litestar", "/?page=two")


@provokes("falcon-media-not-json")
def falcon_media_not_json() -> Iterable[Said]:
    from falcon.asgi import App

    class Home:
        async def on_post(self, request: Any, response: Any) -> None:
            await request.get_media()

    app = App()
    app.add_route("/", Home())
    return asked(
        app, "falcon", method="POST", content="{", headers={"content-type": "application/json"}
    )


@provokes("falcon-unsupported-media")
def falcon_unsupported_media() -> Iterable[Said]:
    from falcon.asgi import App

    class Home:
        async def on_post(self, request: Any, response: Any) -> None:
            await request.get_media()

    app = App()
    app.add_route("/", Home())
    return asked(app, "falcon", method="POST", content="a", headers={"content-type": "text/csv"})


@cache
def apart() -> dict[str, list[Said]]:
    """What Django and BlackSheep say, in a process of their own: one app is all they allow."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.snippets.errors.one_app"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    return {
        entry: [Said(where, text, tuple(who)) for where, text, who in said]
        for entry, said in json.loads(done.stdout).items()
    }


def _register(entry: str) -> None:
    provokes(entry)(lambda: apart()[entry])


for name in (
    *("django-not-configured", "django-apps-not-loaded", "django-not-lifespan"),
    *("django-synchronous-only", "django-unawaited-view", "django-disallowed-host"),
    *("django-sync-iterator", "django-view-returned-none", "django-atomic-requests"),
    *("django-streaming-no-content", "django-async-iterator", "django-body-too-big"),
    "blacksheep-cors-too-late",
):
    _register(name)
