import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from snippets.serving.add_headers import AddHeaders
from snippets.serving.log_requests import LogRequests
from snippets.serving.open_door import OpenDoor
from snippets.serving.serve_pages import Pages

SITE = Path(os.environ.get("SITE_DIRECTORY", "site"))


async def tell_health(
    request: Request,
) -> PlainTextResponse:
    no_store = {"cache-control": "no-store"}
    return PlainTextResponse("ok", headers=no_store)


def create_app(site: Path = SITE) -> ASGIApp:
    # zh: 从里到外：页面、语言、头部。头部在外，所以错误页也有。
    # en: From inside out: pages, language, headers. With headers
    # zh: 日志在最外面，由 create_logged_app 添加。
    # en: outside, errors have them too. The log is outermost.
    routes = [
        Route("/health", tell_health),
        Mount("/", OpenDoor(Pages(site))),
    ]
    return AddHeaders(Starlette(routes=routes))


def create_logged_app() -> ASGIApp:
    return LogRequests(create_app())
