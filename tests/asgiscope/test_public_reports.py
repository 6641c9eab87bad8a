"""Problems that people have reported in public, by repository and number, as the smallest apps.

Each is driven as the report has it, and the engine has to say what was wrong there: not nothing,
and nothing else. Where the report depends on what the server claims, both answers are here.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import anyio._backends._asyncio  # before a run, which makes its threads virtual
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from asgiscope import Trace, explain, run
from common.places import ROOT
from tests.asgiscope.apps import END, GET, START, say_hi

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def get(**parts: Any) -> list[dict[str, Any]]:
    return [{"request": {"path": "/", **parts}}]


def said(trace: Trace) -> tuple[str, str]:
    """The rule of the first finding and its words."""
    finding = next(finding for finding in trace.findings if finding.level != "note")
    return finding.rule, explain(finding, "en").text


def starlette(endpoint: Any) -> Any:
    """A Starlette app of one route, behind a function whose lines are those of this file."""
    inner = Starlette(routes=[Route("/", endpoint, methods=["GET", "POST"])])

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await inner(scope, receive, send)

    return app


# fastapi/fastapi#394: a replayed receive gives the same message for ever, and a StreamingResponse
# that watches for the client's leaving asks it again and again.

REPLAYED = """
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route
import anyio._backends._asyncio
from asgiscope import Limits, run

async def pieces():
    yield b"one"

inner = Starlette(routes=[Route("/", lambda request: StreamingResponse(pieces()))])

async def app(scope, receive, send):
    message = await receive()

    async def replay():
        return message

    await inner(scope, replay, send)

client = [{"request": {"path": "/", "spec_version": "VERSION"}}]
trace = run(app, client, limits=Limits(real=2.0))
print(trace.broken_rules(), trace.outcome.body)
"""


def replayed(version: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", REPLAYED.replace("VERSION", version)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_fastapi_394_runs_where_the_server_claims_2_4() -> None:
    assert replayed("2.4") == "[] b'one'"


def test_fastapi_394_spins_where_the_server_claims_2_3_as_uvicorn_does() -> None:
    assert replayed("2.3").startswith("['app-over-budget']")


# vllm-project/vllm#25697: a task group is entered in the endpoint and left in the response's
# generator, which Starlette runs in a task of its own below 2.4.


async def streams_from_a_task_group(request: Request) -> Response:
    group = anyio.create_task_group()
    await group.__aenter__()

    async def pieces() -> AsyncIterator[bytes]:
        try:
            yield b"one"
        finally:
            await group.__aexit__(None, None, None)

    return StreamingResponse(pieces())


@pytest.mark.parametrize("version", ["2.0", "2.3"])
def test_vllm_25697_leaves_a_cancel_scope_in_another_task_below_2_4(version: str) -> None:
    trace = run(starlette(streams_from_a_task_group), get(spec_version=version))
    rule, text = said(trace)
    assert rule == "app-raised"
    assert "Attempted to exit cancel scope in a different task" in text
    assert "in the middle of a response" in text
    assert not trace.outcome.complete


@pytest.mark.parametrize("version", ["2.4", "2.5"])
def test_vllm_25697_is_right_from_2_4_on(version: str) -> None:
    trace = run(starlette(streams_from_a_task_group), get(spec_version=version))
    assert not trace.findings
    assert trace.outcome.body == b"one"


# simonw/asgi-csrf#15: middleware reads scope["method"], which the lifespan scope has not.


def test_asgi_csrf_15_says_that_the_startup_was_skipped() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == "GET":
            await say_hi(scope, receive, send)

    trace = run(app, [{"startup": True}, *GET, {"shutdown": True}])
    assert [finding.rule for finding in trace.findings] == ["lifespan-unsupported"]
    text = explain(trace.findings[0], "en").text
    assert "KeyError: 'method'" in text
    assert "startup" in text
    assert "500" not in text
    assert not trace.outcomes["lifespan"].started


# uriyyo/fastapi-lifespan-manager#144, florimondmanca/asgi-lifespan#64: no state in the scope.


@asynccontextmanager
async def with_state(app: Starlette) -> AsyncIterator[dict[str, Any]]:
    yield {"pool": 1}


async def names_its_pool(request: Request) -> Response:
    return Response(f"pool {request.state.pool}")


@pytest.mark.parametrize("offered", [True, False])
def test_asgi_lifespan_64_needs_a_server_that_has_state(offered: bool) -> None:
    inner = Starlette(routes=[Route("/", names_its_pool)], lifespan=with_state)
    startup = {"startup": True if offered else {"state": False}}
    trace = run(inner, [startup, *GET, {"shutdown": True}])
    life = trace.outcomes["lifespan"]
    if offered:
        assert (trace.outcome.body, life.started) == (b"pool 1", True)
        assert not trace.findings
    else:
        assert 'The server does not support "state"' in life.message
        assert trace.broken_rules() == ["app-raised"]
        assert not life.started


# django/channels#1598, litestar-org/litestar#2196: two answers to one request.


def test_channels_1598_is_two_places_that_answer_one_request() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await say_hi(scope, receive, send)
        await send({**START, "status": 404})
        await send(END)

    trace = run(app, GET)
    assert trace.broken_rules() == ["http-after-complete"]
    words = explain(trace.findings[0], "en")
    assert words.title == "Two places answer one request"
    assert "more_body" not in words.fix
    assert trace.outcome.status == 200


def test_litestar_2196_starts_a_response_over_one_that_has_begun() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        try:
            await send(START)
            raise ValueError("the generator failed")
        except ValueError:
            await send({**START, "status": 500})

    trace = run(app, GET)
    assert trace.broken_rules()[0] == "http-start-once"
    assert "error handler" in explain(trace.findings[0], "en").fix


# fastapi/fastapi#5386: middleware has read the body, and the endpoint waits for it.


def test_fastapi_5386_waits_for_a_body_that_was_taken_and_names_the_event() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()  # the middleware
        await receive()  # the endpoint

    trace = run(app, get(method="POST", body='{"a": 1}'))
    rule, text = said(trace)
    assert rule == "http-no-response"
    taken = next(event for event in trace.events if event.kind == "event")
    assert f"at event {taken.n}" in text
    assert trace.findings[0].line == app.__code__.co_firstlineno + 2


# Kludex/starlette#188: a cookie header that begins with a blank, which h11 refuses.


def test_starlette_188_has_a_blank_before_the_value_of_a_header() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({**START, "headers": [(b"set-cookie", b" mycake=myvalue; Path=/")]})
        await send(END)

    assert run(app, GET).broken_rules() == ["http-header-blanks"]


# Kludex/uvicorn#841, Kludex/starlette#1764: a 204 with a body and its length.


async def answers_204_with_null(request: Request) -> Response:
    return Response(b"null", status_code=204, headers={"content-length": "4"})


def test_uvicorn_841_has_a_length_and_a_body_on_204() -> None:
    trace = run(starlette(answers_204_with_null), GET)
    assert trace.broken_rules() == ["http-content-length-not-allowed", "http-body-not-allowed"]


# InternLM/lmdeploy#3284 and many more: a task that the app has cancelled is awaited.


def test_lmdeploy_3284_lets_a_cancelled_error_out() -> None:
    async def endpoint(request: Request) -> Response:
        task = asyncio.create_task(asyncio.sleep(10))
        task.cancel()
        await task
        return Response()

    trace = run(starlette(endpoint), GET)
    assert trace.broken_rules() == ["app-cancelled"]
    assert trace.findings[0].line == endpoint.__code__.co_firstlineno + 3
    assert trace.outcome.status == 500
