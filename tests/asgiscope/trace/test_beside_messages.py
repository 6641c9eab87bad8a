"""What an app says beside its messages, and what its framework keeps to itself, is in the trace."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import warnings
from typing import Any

import pytest

from asgiscope import Trace, explain, run
from asgiscope.running import run_source
from asgiscope.trace.text import as_text
from tests.asgiscope.apps import END, GET, START, say_hi, sending

LOG = logging.getLogger("shop.orders")


def told(trace: Trace, kind: str) -> list[Any]:
    return [event.message for event in trace.events if event.kind == kind]


def rules(trace: Trace) -> list[str]:
    return [finding.rule for finding in trace.findings]


def test_what_goes_to_stderr_is_an_event_and_reaches_nobody_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        print("half a line, ", end="", file=sys.stderr)
        print("the other half", file=sys.stderr)
        sys.stderr.writelines(["without an end"])
        await say_hi(scope, receive, send)

    trace = run(app, GET)
    assert [message["text"] for message in told(trace, "stderr")] == [
        "half a line, the other half",
        "without an end",
    ]
    assert trace.events[2].line == app.__code__.co_firstlineno + 2
    assert not trace.findings
    assert capsys.readouterr().err == ""


def test_a_printed_traceback_is_in_the_trace_of_a_page_too() -> None:
    text = """
import traceback

async def app(scope, receive, send):
    try:
        1 / 0
    except ZeroDivisionError:
        traceback.print_exc()
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body"})
"""
    printed = "\n".join(m["text"] for m in told(run_source(text, GET, "app.py"), "stderr"))
    assert "ZeroDivisionError" in printed


def test_log_records_are_events_once_and_an_error_is_noted() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        LOG.info("not enabled")
        LOG.warning("%d left", 2)
        LOG.error("no stock")
        await say_hi(scope, receive, send)

    trace = run(app, GET)
    assert [(m["level"], m["logger"], m["text"]) for m in told(trace, "log")] == [
        ("WARNING", "shop.orders", "2 left"),
        ("ERROR", "shop.orders", "no stock"),
    ]
    assert told(trace, "stderr") == []
    assert rules(trace) == ["app-error-logged"]
    assert trace.broken_rules() == []
    assert trace.findings[0].line == app.__code__.co_firstlineno + 3


def test_an_app_that_sets_up_logging_by_itself_still_can() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        logger = logging.Logger("own")
        logger.addHandler(logging.StreamHandler())
        logger.setLevel(logging.INFO)
        logger.info("ready")
        await say_hi(scope, receive, send)

    trace = run(app, GET)
    assert [message["text"] for message in told(trace, "log")] == ["ready"]
    assert told(trace, "stderr") == []


def test_arguments_that_do_not_fit_a_log_message_do_no_harm() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        LOG.warning("%d left", "two")
        await say_hi(scope, receive, send)

    assert told(run(app, GET), "log")[0]["text"] == "%d left"


def test_an_exception_that_is_logged_and_answered_with_500_is_found_with_its_line() -> None:
    async def endpoint() -> None:
        raise KeyError("name")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        try:
            await endpoint()
        except KeyError:
            LOG.exception("the endpoint failed")
        await sending({**START, "status": 500}, END)(scope, receive, send)

    trace = run(app, GET)
    assert trace.broken_rules() == ["app-exception-answered"]
    finding = trace.findings[-1]
    assert finding.line == endpoint.__code__.co_firstlineno + 1
    assert finding.values["exception"] == "KeyError: 'name'"
    assert "KeyError: 'name'" in explain(finding, "en").text


def test_a_500_that_nothing_explains_is_only_noted() -> None:
    trace = run(sending({**START, "status": 500}, END), GET)
    assert rules(trace) == ["http-error-unexplained"]
    assert trace.broken_rules() == []


def test_an_exception_that_ends_the_app_is_told_once() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await sending({**START, "status": 500}, END)(scope, receive, send)
        raise ValueError("boom")

    assert rules(run(app, GET)) == ["app-raised"]


def test_warnings_are_events_with_the_line_that_they_name() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        warnings.warn("old", stacklevel=1)
        await say_hi(scope, receive, send)

    with pytest.warns(UserWarning, match="old"):  # those that ask for warnings get them still
        trace = run(app, GET)
    assert told(trace, "warning") == [{"category": "UserWarning", "text": "old"}]
    line = app.__code__.co_firstlineno + 1
    assert [event.line for event in trace.events if event.kind == "warning"] == [line]
    assert told(trace, "stderr") == []


@pytest.mark.parametrize("times", range(2))
def test_a_coroutine_that_nobody_awaits_is_found_every_time(times: int) -> None:
    async def save() -> None:
        """Nothing of this runs."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        save()
        await say_hi(scope, receive, send)

    trace = run(app, GET)
    assert trace.broken_rules() == ["app-coroutine-not-awaited"]
    assert trace.findings[0].values == {"call": "save"}
    assert trace.findings[0].line == app.__code__.co_firstlineno + 1
    assert "`save`" in explain(trace.findings[0], "en").text


def test_a_forgotten_task_that_raises_is_found_with_where_it_was_created() -> None:
    async def work() -> None:
        raise ValueError("lost")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asyncio.create_task(work())  # noqa: RUF006
        await asyncio.sleep(0)
        await say_hi(scope, receive, send)

    trace = run(app, GET)
    assert trace.broken_rules() == ["app-exception-unseen"]
    finding = trace.findings[0]
    assert finding.line == work.__code__.co_firstlineno + 1
    created = app.__code__.co_firstlineno + 1
    assert finding.values["tasks"] == [{"name": "work", "line": created}]
    assert "ValueError: lost" in as_text(trace)


def test_a_task_that_is_awaited_or_whose_exception_is_taken_is_not_accused() -> None:
    async def work() -> None:
        raise ValueError("seen")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        first, second = asyncio.create_task(work()), asyncio.create_task(work())
        await asyncio.gather(first, return_exceptions=True)
        await asyncio.wait([second])
        assert second.exception()
        await say_hi(scope, receive, send)

    assert not run(app, GET).findings


def test_an_exception_of_a_callback_is_found() -> None:
    def tick() -> None:
        raise ValueError("tick")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asyncio.get_running_loop().call_later(1, tick)
        await asyncio.sleep(2)
        await say_hi(scope, receive, send)

    trace = run(app, GET)
    assert trace.broken_rules() == ["app-exception-unseen"]
    assert trace.findings[0].values["tasks"] == [{"name": "tick"}]


@pytest.mark.parametrize(
    ("client", "status"), [(GET, 500), ([{"connect": "/"}], 500)], ids=["http", "websocket"]
)
def test_a_leaked_cancellation_is_an_error_with_its_line(client: Any, status: int) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        task = asyncio.create_task(asyncio.sleep(10))
        task.cancel()
        await task

    trace = run(app, client)
    assert trace.broken_rules() == ["app-cancelled"]
    assert trace.findings[0].line == app.__code__.co_firstlineno + 3
    assert trace.outcome.status == status
    assert trace.outcome.exception == "CancelledError"


def test_a_cancellation_by_the_server_is_not_the_apps_mistake() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Event().wait()

    assert rules(run(app, GET)) == ["app-stuck"]


def test_nothing_of_a_run_is_left_in_the_process() -> None:
    before = sys.stdout, sys.stderr, warnings.showwarning, logging.getLogRecordFactory()
    run(say_hi, GET)
    after = sys.stdout, sys.stderr, warnings.showwarning, logging.getLogRecordFactory()
    assert before == after


def test_what_only_the_collector_finds_is_left_out() -> None:
    async def never_awaited() -> None:
        """Kept by a circle of references, until the collector comes."""

    class Kept:
        coroutine: Any = None
        me: Any = None

    async def app(scope: Any, receive: Any, send: Any) -> None:
        kept = Kept()
        kept.me, kept.coroutine = kept, never_awaited()
        del kept
        gc.collect()
        await say_hi(scope, receive, send)

    assert not run(app, GET).findings
