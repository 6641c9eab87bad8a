"""Provokers of what is said when a server starts."""

from __future__ import annotations

import asyncio
import gc
import importlib
import io
import runpy
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.config import Config

from tests.snippets.errors.apps import hello
from tests.snippets.errors.saying import (
    Said,
    by,
    logged,
    no_warnings,
    of_exception,
    provokes,
    raised,
    warned,
)


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


@provokes("workers-ignored")
def workers_ignored() -> Iterable[Said]:
    return logged(
        lambda: Config("main:app", reload=True, workers=2, log_config=None), "uvicorn.error"
    )


@provokes("will-not-reload")
def will_not_reload() -> Iterable[Said]:
    return logged(
        lambda: Config(hello, reload_includes=["*.html"], log_config=None), "uvicorn.error"
    )


@provokes("reload-patterns-need-watchfiles")
def reload_patterns_need_watchfiles() -> Iterable[Said]:
    from uvicorn.supervisors.statreload import StatReload

    config = Config("main:app", reload=True, reload_includes=["*.html"], log_config=None)
    return logged(lambda: StatReload(config, lambda sockets: None, []), "uvicorn.error")


@cache
def with_workers(code: str) -> list[Said]:
    """What `uvicorn --workers 2` says of a module, until its parent stops or a child has died."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "shop.py").write_text(code, "utf-8")
        command = [sys.executable, "-m", "uvicorn", "shop:app", "--workers", "2", "--port", "0"]
        with subprocess.Popen(
            command, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True
        ) as process:
            assert process.stderr is not None
            said = []
            for line in process.stderr:
                level, _, text = line.partition(":")
                if level in ("INFO", "ERROR"):
                    said.append(Said(f"log {level}", text.strip(), ("uvicorn",)))
                if "] died" in text:
                    process.terminate()
    return said


@provokes("child-failed-to-start", listens=True)
def child_failed_to_start() -> Iterable[Said]:
    return with_workers("application = None\n")


@provokes("child-died", listens=True)
def child_died() -> Iterable[Said]:
    return with_workers("import os\nos._exit(1)\n")


@provokes("relative-import")
def relative_import() -> Iterable[Said]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "main.py").write_text("from .views import home\n", "utf-8")
        return raised(lambda: runpy.run_path(str(Path(folder) / "main.py")))


@provokes("circular-import")
def circular_import() -> Iterable[Said]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "shop_main.py").write_text("import shop_views\napp = 1\n", "utf-8")
        (Path(folder) / "shop_views.py").write_text("from shop_main import app\n", "utf-8")
        sys.path.insert(0, folder)
        try:
            return raised(lambda: importlib.import_module("shop_main"))
        finally:
            sys.path.remove(folder)


@provokes("port-in-use", listens=True)
def port_in_use() -> Iterable[Said]:
    from hypercorn.config import Config as Settings

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = Settings()
        config.bind = [f"127.0.0.1:{taken.getsockname()[1]}"]
        with no_warnings():  # the socket that it could not bind is never closed
            said = raised(config.create_sockets)
            gc.collect()
    return said


@provokes("uvicorn-wsgi-deprecated")
def uvicorn_wsgi_deprecated() -> Iterable[Said]:
    said: list[Said] = []
    with warned(said):
        Config(hello, interface="wsgi", log_config=None).load()
    return by("uvicorn", said)
