"""Real frameworks under the mock server: no false finding, and what a client gets from each."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import Any

import pytest

from asgiscope import Trace, explain, run
from common.places import ROOT
from tests.asgiscope.frameworks import (
    BROKEN,
    FRAMEWORKS,
    WITHOUT_LIFESPAN,
    WITHOUT_WEBSOCKET,
    app_of,
)

LIFE = [{"startup": True}, {"shutdown": True}]
LIVES = [name for name in FRAMEWORKS if name not in WITHOUT_LIFESPAN]
TALKS = [name for name in FRAMEWORKS if name not in WITHOUT_WEBSOCKET]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(autouse=True)
def quiet() -> Any:
    """Frameworks log the error that one test provokes."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def drive(framework: str, *clients: list[dict[str, Any]]) -> Trace:
    """The clients between startup and shutdown, where the framework takes part in them."""
    named: dict[str, Any] = {f"client {number}": steps for number, steps in enumerate(clients)}
    if framework in LIVES:
        named["lifespan"] = LIFE
    return run(app_of(framework), named)


def surprises(framework: str, trace: Trace) -> set[str]:
    return set(trace.broken_rules()) - BROKEN.get(framework, set())


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize(
    ("client", "status", "body"),
    [
        ([{"request": "GET /"}], 200, b"home"),
        ([{"request": {"method": "POST", "path": "/echo", "body": "hello"}}], 200, b"hello"),
        (
            [
                {"request": "POST /echo"},
                {"body": "hel"},
                {"wait": 1},
                {"body": "lo"},
                {"end": True},
            ],
            200,
            b"hello",
        ),
        ([{"request": "GET /missing"}], 404, None),
        ([{"request": "HEAD /stream"}], None, b""),
    ],
)
def test_a_framework_answers_without_a_finding(
    framework: str, client: list[dict[str, Any]], status: int | None, body: bytes | None
) -> None:
    trace = drive(framework, client)
    assert surprises(framework, trace) == set()
    assert status is None or trace.outcome.status == status
    assert body is None or trace.outcome.body == body


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_stream_reaches_the_client_as_it_is_made(framework: str) -> None:
    trace = drive(framework, [{"request": "GET /stream"}])
    assert surprises(framework, trace) == set()
    assert trace.outcome.body == b"chunk 0;chunk 1;chunk 2;"
    seen = [(event.t, event.message["body"]) for event in trace.events if event.kind == "data"]
    assert seen == [(number, b"chunk %d;" % number) for number in range(3)]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_client_that_leaves_a_stream_breaks_no_rule(framework: str) -> None:
    client = [{"request": "GET /stream"}, {"wait": 1.5}, {"disconnect": True}]
    trace = drive(framework, client)
    assert surprises(framework, trace) == set()
    assert trace.time <= 4


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_slow_work_in_a_thread_holds_up_nobody_else(framework: str) -> None:
    trace = drive(framework, [{"request": "GET /slow"}], [{"request": "GET /"}])
    assert surprises(framework, trace) == set()
    answered = {e.connection: e.t for e in trace.events if e.kind == "complete"}
    assert answered == {"client 0": 1, "client 1": 0}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_an_error_is_a_500_in_every_framework(framework: str) -> None:
    trace = drive(framework, [{"request": "GET /error"}])
    assert trace.outcome.status == 500
    assert surprises(framework, trace) <= {"app-raised"}


# What becomes of an exception in each framework: it comes out, it is logged, or neither.
COMES_OUT = {"raw", "starlette", "fastapi"}
KEEPS_QUIET = {"litestar"}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_an_exception_that_a_framework_answers_by_itself_is_named(framework: str) -> None:
    logging.disable(logging.NOTSET)
    trace = drive(framework, [{"request": "GET /error"}])
    found = {finding.rule: finding for finding in trace.findings}
    if framework in KEEPS_QUIET:
        assert "http-error-unexplained" in found
        return
    rule = "app-raised" if framework in COMES_OUT else "app-exception-answered"
    assert found[rule].values["exception"] == "ValueError: boom"
    assert "500" in explain(found[rule], "en").text
    assert "app-error-logged" not in found


@pytest.mark.parametrize("framework", TALKS)
def test_a_conversation_breaks_no_rule(framework: str) -> None:
    close = {"close": {"code": 1000}}
    trace = drive(framework, [{"connect": "/chat"}, {"text": "hi"}, {"text": "你好"}, close])
    assert trace.broken_rules() == []
    assert trace.outcome.received == ["you said hi", "you said 你好"]


@pytest.mark.parametrize("framework", LIVES)
def test_a_framework_takes_part_in_its_lifespan(framework: str) -> None:
    trace = run(app_of(framework), [{"startup": True}, {"shutdown": True}])
    assert trace.broken_rules() == []
    assert (trace.outcome.started, trace.outcome.stopped) == (True, True)


def test_django_leaves_the_lifespan_to_others() -> None:
    trace = run(app_of("django"), [{"startup": True}, {"request": "GET /"}])
    assert trace.findings[0].rule == "lifespan-unsupported"
    assert surprises("django", trace) == set()
    assert trace.outcome.status == 200


def test_a_finding_names_the_line_of_the_app_although_a_framework_called_it() -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount

    async def wrong(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.body"})

    trace = run(Starlette(routes=[Mount("/", app=wrong)]), [{"request": "GET /"}])
    assert trace.findings[0].rule == "http-start-first"
    assert trace.findings[0].line == wrong.__code__.co_firstlineno + 1


@pytest.mark.parametrize("framework", ["raw", "starlette", "fastapi", "django"])
def test_the_trace_is_the_same_in_another_process(framework: str) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from asgiscope import run\n"
        "from tests.asgiscope.frameworks import app_of\n"
        "steps = [{'request': 'GET /stream'}, {'wait': 1.5}, {'disconnect': True}]\n"
        "print(run(app_of(sys.argv[2]), steps).to_json())\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(ROOT), framework],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
