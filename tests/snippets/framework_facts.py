"""What a framework does, measured in a process of its own; ``facts(framework)`` has it.

``python -m tests.snippets.framework_facts quart messages`` drives the snippet by the engine and
counts its messages; ``... quart limits`` drives the small app below by hand, on a real event loop
with real threads. Both print JSON.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from common.places import ROOT
from tests.snippets.framework_clients import FOLDER, LIVES, with_life

JSON: Final = {"content-type": "application/json"}
GET: Final = {"method": "GET", "path": "/price/tea?count=2"}
# The columns of the table "edges", in their order.
EDGES: Final = {
    "HEAD": "HEAD /price/tea",
    "DELETE": "DELETE /price/tea",
    "OPTIONS": "OPTIONS /price/tea",
    "slash": "GET /price/tea/",
    "count=two": "GET /price/tea?count=two",
    "404": "GET /nowhere",
}
BLOCKED: Final = 50  # requests at once; each blocks for a moment
SIZES: Final = (2_621_440, 2_621_441, 10_000_000, 10_000_001, 16_777_216, 16_777_217)


@cache
def facts(framework: str, of: str) -> dict[str, Any]:
    """What the process of a framework prints; ``of`` is "messages" or "limits"."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.snippets.framework_facts", framework, of],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# Messages, by the engine -------------------------------------------------------------------------


def messages(framework: str) -> dict[str, Any]:
    from asgiscope import run

    name = "answer_by_hand" if framework == "hand" else f"answer_with_{framework}"
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    clients = {
        "get": [{"request": GET}],
        "edges": [{"request": request} for request in EDGES.values()],
        "error": [{"request": "GET /price/milk"}],
        "mounted": [{"request": "GET /in/price/tea"}],
    }
    life = with_life(framework, clients) if framework in LIVES else clients
    trace = run(mounting(module.app), life)
    events = [event for event in trace.events if event.connection == "get"]
    sent = [event.message for event in events if event.kind == "send"]
    edges = dict(zip(EDGES, trace.outcomes["edges"].responses, strict=True))
    return {
        "receives": sum(event.kind == "receive" for event in events),
        "bodies": len(sent) - 1,
        "tasks": len({event.from_ for event in events if event.from_.startswith("app")}),
        "length": "content-length" in names(trace.outcomes["get"].headers),
        "edges": {name: outcome.status for name, outcome in edges.items()},
        "kind": names(edges["404"].headers)["content-type"].partition(";")[0],
        "mounted": (trace.outcomes["mounted"].status, trace.outcomes["mounted"].body.decode()),
        "error": trace.outcomes["error"].status,
        "raised": trace.outcomes["error"].exception,
    }


def mounting(app: Any) -> Any:
    """The app, and, below /in, the same app in a Mount of Starlette."""
    from starlette.routing import Mount, Router

    mount = Router(routes=[Mount("/in", app)])

    async def both(scope: Any, receive: Any, send: Any) -> None:
        mounted = scope.get("path", "").startswith("/in/")
        await (mount if mounted else app)(scope, receive, send)

    return both


def names(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode().lower(): value.decode() for name, value in headers}


# Limits, on a real event loop --------------------------------------------------------------------


class Watched:
    """What the app's three functions do, and what was seen of it."""

    def __init__(self) -> None:
        self.left = ""
        self.ended = False
        self.most = self.now = 0
        self.in_loop = False
        self.lock = threading.Lock()

    async def slow(self) -> str:
        self.left = "cancelled"
        try:
            await asyncio.sleep(0.3)
            self.left = "goes on"
        finally:
            self.ended = True
        return "ok"

    def block(self) -> str:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            self.in_loop = threading.current_thread() is threading.main_thread()
        seen = 0
        while seen < self.most:  # a busy machine starts threads slowly: wait until no more come
            seen = self.most
            time.sleep(0.02 if self.in_loop else 0.3)
        with self.lock:
            self.now -= 1
        return "ok"


async def measured(app: Any, watched: Watched, lives: bool) -> dict[str, Any]:
    told: asyncio.Queue[Any] = asyncio.Queue()
    answered: asyncio.Queue[Any] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    life = asyncio.create_task(app(scope, told.get, answered.put)) if lives else None
    if life:
        await told.put({"type": "lifespan.startup"})
        assert (await answered.get())["type"] == "lifespan.startup.complete"
    gone = {"type": "http.disconnect"}
    await ask(app, "GET", "/slow", [(0, {"type": "http.request"}), (0.05, gone)])
    sizes = {}
    for size in SIZES:
        body = {"type": "http.request", "body": bytes(size)}
        sizes[size] = await ask(app, "POST", "/size", [(0, body)], size)
    one = [(0, {"type": "http.request"})]
    await asyncio.gather(*(ask(app, "GET", "/block", one) for _ in range(BLOCKED)))
    if life:
        await told.put({"type": "lifespan.shutdown"})
        await life
    return {
        "left": watched.left,
        "sizes": [size for size, status in sizes.items() if status < 300],
        "refused": sorted({status for status in sizes.values() if status >= 300}),
        "most": watched.most,
        "in_loop": watched.in_loop,
    }


async def ask(
    app: Any, method: str, path: str, events: list[tuple[float, Any]], size: int = 0
) -> int:
    """Call the app as a server would; the status of its answer."""
    waiting, status = list(events), 0

    async def receive() -> Any:
        pause, event = waiting.pop(0) if waiting else (60, None)
        await asyncio.sleep(pause)
        return event

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    headers = [(b"host", b"x"), (b"content-length", str(size).encode())]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    await app(scope, receive, send)
    return status


def starlette(watched: Watched) -> Any:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    async def slow(request: Request) -> Any:
        return PlainTextResponse(await watched.slow())

    async def size(request: Request) -> Any:
        return PlainTextResponse(str(len(await request.body())))

    def block(request: Request) -> Any:
        return PlainTextResponse(watched.block())

    routes = [Route("/slow", slow), Route("/size", size, methods=["POST"]), Route("/block", block)]
    return Starlette(routes=routes)


def fastapi(watched: Watched) -> Any:
    from fastapi import FastAPI, Request

    async def size(request: Request) -> int:
        return len(await request.body())

    size.__annotations__["request"] = Request
    app = FastAPI()
    app.get("/slow")(watched.slow)
    app.post("/size")(size)
    app.get("/block")(watched.block)
    return app


def quart(watched: Watched) -> Any:
    from quart import Quart, request

    async def size() -> str:
        return str(len(await request.get_data()))

    app = Quart(__name__)
    app.add_url_rule("/slow", "slow", watched.slow)
    app.add_url_rule("/size", "size", size, methods=["POST"])
    app.add_url_rule("/block", "block", watched.block)
    return app


def litestar(watched: Watched) -> Any:
    from litestar import Litestar, Request, get, post

    async def size(request: Any) -> str:
        return str(len(await request.body()))

    def block() -> str:
        return watched.block()

    async def slow() -> str:
        return await watched.slow()

    size.__annotations__ = {"request": Request, "return": str}
    block.__annotations__ = slow.__annotations__ = {"return": str}
    handlers = [get("/slow")(slow), post("/size")(size), get("/block", sync_to_thread=True)(block)]
    return Litestar(handlers)


def falcon(watched: Watched) -> Any:
    import falcon
    import falcon.asgi

    class All:
        async def on_get_slow(self, request: Any, response: Any) -> None:
            response.text = await watched.slow()

        async def on_post_size(self, request: Any, response: Any) -> None:
            response.text = str(len(await request.stream.read()))

        async def on_get_block(self, request: Any, response: Any) -> None:
            response.text = await falcon.sync_to_async(watched.block)

    app = falcon.asgi.App()
    for name in ("slow", "size", "block"):
        app.add_route(f"/{name}", All(), suffix=name)
    return app


def blacksheep(watched: Watched) -> Any:
    from blacksheep import Application, Request

    async def size(request: Any) -> str:
        return str(len(await request.read()))

    def block() -> str:
        return watched.block()

    async def slow() -> str:
        return await watched.slow()

    size.__annotations__ = {"request": Request}
    app = Application()
    app.router.add_get("/slow", slow)
    app.router.add_post("/size", size)
    app.router.add_get("/block", block)
    return app


def django(watched: Watched) -> Any:
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.http import HttpResponse
    from django.urls import path

    async def slow(request: Any) -> Any:
        return HttpResponse(await watched.slow())

    async def size(request: Any) -> Any:
        return HttpResponse(str(len(request.body)))

    def block(request: Any) -> Any:
        return HttpResponse(watched.block())

    module = sys.modules[__name__]
    views = {"slow": slow, "size": size, "block": block}
    module.urlpatterns = [path(name, view) for name, view in views.items()]  # type: ignore[attr-defined]
    settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=module)
    return get_asgi_application()


MADE_BY: Final[dict[str, Callable[[Watched], Any]]] = {
    made.__name__: made
    for made in (starlette, fastapi, quart, litestar, falcon, blacksheep, django)
}


def limits(framework: str) -> dict[str, Any]:
    watched = Watched()
    app = MADE_BY[framework](watched)
    return asyncio.run(measured(app, watched, framework in LIVES))


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    measure = {"messages": messages, "limits": limits}[sys.argv[2]]
    json.dump(measure(sys.argv[1]), sys.stdout)
