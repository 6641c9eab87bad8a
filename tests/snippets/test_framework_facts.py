"""What "What frameworks do for you" says of the frameworks, measured; its tables word for word."""

from __future__ import annotations

import concurrent.futures
import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from asgiscope import run
from common.places import ROOT
from tests.asgiscope.real_servers import wait_until
from tests.snippets.framework_clients import EACH
from tests.snippets.framework_facts import EDGES, facts
from tests.snippets.server_thread import Serve
from tests.snippets.wire import connect_to, get

WORDS = {
    "zh": {"length": ("无", "有"), "cancelled": "取消", "goes on": "函数继续", "hand": "手写"},
    "en": {
        "length": ("no", "yes"),
        "cancelled": "cancelled",
        "goes on": "goes on",
        "hand": "by hand",
    },
}


def table(language: str, heading: str) -> dict[str, list[str]]:
    """The rows of a section's table, by the lower-case name in their first cell."""
    page = (ROOT / "docs" / language / "learn" / "frameworks.md").read_text("utf-8")
    section = page[page.index(f"{{ #{heading} }}") :]
    rows = re.findall(r"^\| (.*) \|$", section[: section.index("\n## ")], re.M)[2:]
    cells = [[cell.replace("`", "") for cell in row.split(" | ")] for row in rows]
    return {first.lower(): rest for first, *rest in cells}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("framework", ["hand", *EACH])
def test_the_table_of_messages_is_what_a_get_does(framework: str, language: str) -> None:
    found, words = facts(framework, "messages"), WORDS[language]
    # By hand nobody listens, as nobody does in Starlette: there is nothing else to measure.
    left = "goes on" if framework == "hand" else facts(framework, "limits")["left"]
    row = table(language, "same-request")[str(words.get(framework, framework))]
    counts = [str(found[name]) for name in ("receives", "bodies", "tasks")]
    assert row == [*counts, words["length"][found["length"]], words[left]]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("framework", EACH)
def test_the_table_of_edges_is_what_the_snippets_answer(framework: str, language: str) -> None:
    found = facts(framework, "messages")
    statuses = [str(found["edges"][name]) for name in EDGES if name != "404"]
    assert found["edges"]["404"] == 404
    assert table(language, "edges")[framework] == [*statuses, found["kind"]]


@pytest.mark.parametrize(
    ("framework", "largest", "refused"),
    [("django", 2_621_440, [400]), ("litestar", 10_000_000, [413]), ("quart", 16_777_216, [413])],
)
def test_three_frameworks_limit_the_body(framework: str, largest: int, refused: list[int]) -> None:
    found = facts(framework, "limits")
    assert (max(found["sizes"]), found["refused"]) == (largest, refused)


@pytest.mark.parametrize("framework", ["starlette", "fastapi", "falcon", "blacksheep"])
def test_the_others_do_not(framework: str) -> None:
    assert facts(framework, "limits")["refused"] == []


def test_starlette_and_fastapi_have_a_limit_to_set() -> None:
    from fastapi import FastAPI, Request
    from starlette.applications import Starlette
    from starlette.responses import Response
    from starlette.routing import Route

    async def read(request: Any) -> Any:
        return Response(await request.body())

    read.__annotations__["request"] = Request
    api = FastAPI(max_body_size=3)
    api.post("/")(read)
    plain = Starlette(routes=[Route("/", read, methods=["POST"])], max_body_size=3)
    for app in (api, plain):
        posts = [
            {"request": {"method": "POST", "path": "/", "body": body}} for body in ("tea", "cake")
        ]
        small, large = run(app, posts).outcome.responses
        assert (small.status, small.body) == (200, b"tea")
        assert large.status == 413
        assert b"cake" not in large.body


EXECUTOR = {concurrent.futures.ThreadPoolExecutor()._max_workers}
SYNC = {
    "starlette": ({40}, False),
    "fastapi": ({40}, False),
    "quart": (EXECUTOR, False),
    "litestar": (EXECUTOR, False),
    "falcon": (EXECUTOR, False),
    "blacksheep": ({1}, True),
    "django": ({50}, False),  # as many as were asked for
}


@pytest.mark.parametrize("framework", EACH)
def test_where_a_plain_function_runs_and_how_many_at_once(framework: str) -> None:
    found = facts(framework, "limits")
    most, in_loop = SYNC[framework]
    assert found["most"] in most
    assert found["in_loop"] == in_loop


def test_litestar_warns_of_a_plain_function_and_falcon_refuses_it() -> None:
    import falcon.asgi
    from litestar import Litestar, get
    from litestar.exceptions import LitestarWarning

    def plain() -> str:
        import threading

        return threading.current_thread().name

    plain.__annotations__ = {"return": str}
    with pytest.warns(LitestarWarning, match="without setting sync_to_thread"):
        app = Litestar([get("/")(plain)])
    assert run(app, [{"request": "GET /"}]).outcome.body == b"MainThread"

    class Plain:
        def on_get(self, request: Any, response: Any) -> None:
            """Not a coroutine."""

    with pytest.raises(TypeError, match="must be a non-blocking async coroutine"):
        falcon.asgi.App().add_route("/", Plain())


@pytest.mark.parametrize("framework", EACH)
def test_a_mistake_is_a_500_and_two_raise_it_on(framework: str) -> None:
    found = facts(framework, "messages")
    raised = "KeyError: 'milk'" if framework in ("starlette", "fastapi") else None
    assert (found["error"], found["raised"]) == (500, raised)


def test_the_layers_of_starlette_and_of_fastapi() -> None:
    from fastapi import FastAPI
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.gzip import GZipMiddleware

    def layers(app: Any) -> list[str]:
        inner, found = app.build_middleware_stack(), []
        while not found or not found[-1].endswith("Router"):
            found.append(type(inner).__name__)
            inner = inner.app
        return found

    assert issubclass(FastAPI, Starlette)
    plain = layers(Starlette(middleware=[Middleware(GZipMiddleware)]))
    assert plain == ["ServerErrorMiddleware", "GZipMiddleware", "ExceptionMiddleware", "Router"]


def test_a_response_of_starlette_is_an_app() -> None:
    from starlette.responses import JSONResponse

    trace = run(JSONResponse({"price": 6}), [{"request": "GET /"}])
    assert (trace.outcome.body, trace.findings) == (b'{"price":6}', [])


@pytest.mark.parametrize("framework", EACH)
def test_starlette_mounts_them_all_but_falcon_keeps_the_prefix(framework: str) -> None:
    status, body = facts(framework, "messages")["mounted"]
    if framework == "falcon":
        assert status == 404
    else:
        assert (status, json.loads(body)) == (200, {"price": 3})


@pytest.mark.parametrize(
    ("framework", "page", "schema"),
    [("fastapi", "/docs", "/openapi.json"), ("litestar", "/schema", "/schema/openapi.json")],
)
def test_documentation_is_made_from_the_annotations(framework: str, page: str, schema: str) -> None:
    requests = [{"request": f"GET {path}"} for path in (page, schema)]
    shown, described = run(load(framework), requests).outcome.responses
    assert shown.status == described.status == 200
    assert b"<html" in shown.body
    parameters = json.loads(described.body)["paths"]["/price/{item}"]["get"]["parameters"]
    types = {parameter["name"]: parameter["schema"]["type"] for parameter in parameters}
    assert types == {"item": "string", "count": "integer"}


def load(framework: str) -> Any:
    from tests.snippets.loading import load

    return load(f"frameworks/answer_with_{framework}.py")


def test_django_takes_http_only_and_gets_its_length_from_a_middleware() -> None:
    code = """
import asyncio, sys
sys.path.insert(0, "snippets/frameworks")
from answer_with_django import app, settings
from asgiscope import run
from tests.asgiscope.real_servers import wait_until
for kind in ("lifespan", "websocket"):
    try:
        asyncio.run(app({"type": kind}, None, None))
    except ValueError as error:
        print(error)
settings.MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
from django.core.asgi import get_asgi_application
print(run(get_asgi_application(), [{"request": "GET /price/tea"}]).outcome.headers)
"""
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    printed = subprocess.check_output(command, cwd=ROOT, env=environment, text=True, timeout=60)
    lifespan, websocket, headers = printed.splitlines()
    assert lifespan == "Django can only handle ASGI/HTTP connections, not lifespan."
    assert websocket == "Django can only handle ASGI/HTTP connections, not websocket."
    assert "(b'Content-Length', b'12')" in headers


@pytest.mark.parametrize(("framework", "told"), [("quart", "cancelled"), ("starlette", "goes on")])
def test_a_real_client_that_leaves_cancels_in_quart_and_not_in_starlette(
    framework: str, told: str, serve: Serve
) -> None:
    from tests.snippets.framework_facts import MADE_BY, Watched

    watched = Watched()
    url = serve(MADE_BY[framework](watched))
    with connect_to(url) as client:
        client.sendall(get("/slow"))
        wait_until(lambda: watched.left == "cancelled", "the app was not called")
    wait_until(lambda: watched.ended, "the app did not end")
    assert watched.left == told
