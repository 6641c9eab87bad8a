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
from snippets.serving.read_target import ReadTarget
from snippets.serving.serve_pages import Pages

SITE = Path(os.environ.get("SITE_DIRECTORY", "site"))


async def tell_health(
    request: Request,
) -> PlainTextResponse:
    return PlainTextResponse("ok")


def create_app(site: Path = SITE) -> ASGIApp:
    # zh: 从里到外：页面、语言、头部。头部在外，所以错误页也有。
    # en: From inside out: pages, language, headers. With headers
    # zh: 日志在最外面，由 create_logged_app 添加。
    # en: outside, errors have them too. The log is outermost.
    routes = [
        Route("/health", tell_health),
        Mount("/", OpenDoor(Pages(site))),
    ]
    app = Starlette(routes=routes)
    # zh: 默认的跳转会用请求里的主机名，谁都能写。
    # en: By default it redirects to whatever host is named.
    app.router.redirect_slashes = False
    return AddHeaders(ReadTarget(app))


def create_logged_app() -> ASGIApp:
    return LogRequests(create_app())
