"""Provokers of what is said when a server starts."""

from __future__ import annotations

import asyncio
import gc
import io
import socket
import sys
from collections.abc import Iterable
from typing import Any

import uvicorn
from uvicorn.config import Config

from tests.snippets.errors.apps import hello
from tests.snippets.errors.saying import Said, logged, no_warnings, of_exception, provokes, raised


def loads(app: Any, **options: Any) -> list[Said]:
    return logged(lambda: Config(app, log_config=None, **options).load(), "uvicorn.error")


@provokes("module-not-imported")
def module_not_imported() -> Iterable[Said]:
    return loads("nowhere:app")


@provokes("attribute-not-found")
def attribute_not_found() -> Iterable[Said]:
    return loads("asgiscope:nothing")


@provokes("import-string-format")
def import_string_format() -> Iterable[Said]:
    return loads("main.py")


@provokes("address-in-use", listens=True)
def address_in_use() -> Iterable[Said]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = Config(hello, port=taken.getsockname()[1], log_config=None, lifespan="off")
        return logged(uvicorn.Server(config).run, "uvicorn.error")


@provokes("reload-needs-string")
def reload_needs_string() -> Iterable[Said]:
    return logged(lambda: uvicorn.run(hello, workers=2, log_config=None), "uvicorn.error")


@provokes("factory-detected")
def factory_detected() -> Iterable[Said]:
    def create_app() -> Any:
        return hello

    return loads(create_app)


@provokes("factory-failed")
def factory_failed() -> Iterable[Said]:
    return loads(hello, factory=True)


@provokes("http2-needs-zttp")
def http2_needs_zttp() -> Iterable[Said]:
    return loads(hello, http2=True, http="h11")


@provokes("hypercorn-module-not-found")
def hypercorn_module_not_found() -> Iterable[Said]:
    from hypercorn.utils import load_application

    before = list(sys.path)
    try:
        return raised(lambda: load_application("nowhere:app", 1))
    finally:
        sys.path[:] = before


@provokes("hypercorn-application-not-found")
def hypercorn_application_not_found() -> Iterable[Said]:
    from hypercorn.utils import load_application

    before = list(sys.path)
    try:
        return raised(lambda: load_application("string:nothing", 1))
    finally:
        sys.path[:] = before


@provokes("asgi-app-on-wsgi-server")
def asgi_app_on_wsgi_server() -> Iterable[Said]:
    from wsgiref.handlers import SimpleHandler

    said: list[Said] = []

    class Handler(SimpleHandler):
        def log_exception(self, exc_info: Any) -> None:
            said.extend(of_exception(exc_info[1]))

    environ = {"REQUEST_METHOD": "GET", "SERVER_PROTOCOL": "HTTP/1.1"}
    Handler(io.BytesIO(), io.BytesIO(), io.StringIO(), environ).run(hello)  # type: ignore[arg-type]
    return said


@provokes("wsgi-app-on-asgi-server")
def wsgi_app_on_asgi_server() -> Iterable[Said]:
    from flask import Flask

    config = Config(Flask("shop"), log_config=None)
    config.load()
    scope: dict[str, Any] = {"type": "http", "client": None, "scheme": "http", "headers": []}
    return raised(lambda: config.loaded_app(scope, None, None))


@provokes("run-inside-a-loop")
def run_inside_a_loop() -> Iterable[Said]:
    async def main() -> None:
        asyncio.run(uvicorn.Server(Config(hello, log_config=None)).serve())

    with no_warnings():  # the coroutine that was to run is never awaited
        said = raised(main)
        gc.collect()
    return said
