"""What the mock server does with HTTP apps, right and wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from asgiscope import ClientDisconnected, Limits, run
from tests.asgiscope.apps import END, GET, START, echo_body, say_hi, sending

BODY = "http.response.body"


def kinds(trace: Any) -> list[str]:
    return [event.kind for event in trace.events]


def rules(trace: Any) -> list[str]:
    return [finding.rule for finding in trace.findings]


def test_a_response_reaches_the_client() -> None:
    trace = run(say_hi, GET)
    assert trace.outcome.status == 200
    assert trace.outcome.headers == [(b"content-type", b"text/plain")]
    assert trace.outcome.body == b"Hi"
    assert trace.outcome.complete
    assert trace.findings == []


def test_the_exchange_is_recorded_in_order() -> None:
    assert kinds(run(say_hi, GET)) == [
        "request", "call", "send", "response", "send", "data", "complete", "return",
    ]  # fmt: skip


def test_the_scope_holds_every_key_that_the_specification_requires() -> None:
    from asgiscope.spec import SCOPES
    from asgiscope.spec.types import TYPES

    seen: dict[str, Any] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.update(scope)
        await say_hi(scope, receive, send)

    run(
        app,
        [{"request": {"method": "post", "path": "/caf%C3%A9?a=1%20b", "headers": {"X-A": "1"}}}],
    )
    for key in SCOPES["http"].keys:
        assert key.name in seen or not key.required, key.name
        assert key.name not in seen or TYPES[key.type](seen[key.name]), key.name
    assert seen["method"] == "POST"
    assert seen["path"] == "/café"
    assert seen["raw_path"] == b"/caf%C3%A9"
    assert seen["query_string"] == b"a=1%20b"
    assert seen["headers"] == [(b"host", b"localhost"), (b"x-a", b"1")]


def test_a_body_without_pieces_is_one_message() -> None:
    trace = run(echo_body, [{"request": {"method": "POST", "body": "hello"}}])
    events = [event.message for event in trace.events if event.kind == "event"]
    assert events == [{"type": "http.request", "body": b"hello", "more_body": False}]
    assert trace.outcome.body == b"hello"


def test_a_body_in_pieces_arrives_piece_by_piece_after_the_app_has_started() -> None:
    client = [{"request": "POST /"}, {"body": "he"}, {"wait": 1}, {"body": "llo"}, {"end": True}]
    trace = run(echo_body, client)
    pieces = [
        (e.t, e.message["body"], e.message["more_body"]) for e in trace.events if e.kind == "event"
    ]
    assert pieces == [(0, b"he", True), (1, b"llo", False)]
    assert kinds(trace)[:4] == ["request", "call", "receive", "body"]
    assert trace.outcome.body == b"hello"


def test_an_end_after_a_pause_is_an_empty_last_piece() -> None:
    trace = run(echo_body, [{"request": "POST /"}, {"body": "x"}, {"wait": 1}, {"end": True}])
    last = [event.message for event in trace.events if event.kind == "event"][-1]
    assert last == {"type": "http.request", "body": b"", "more_body": False}


def test_receive_waits_after_the_body_and_returns_disconnect_when_the_client_leaves() -> None:
    got: list[tuple[float, str]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        message = await receive()
        got.append((asyncio.get_running_loop().time(), message["type"]))
        with pytest.raises(ClientDisconnected):
            await send(START)

    trace = run(app, [*GET, {"wait": 2.5}, {"disconnect": True}])
    assert got == [(2.5, "http.disconnect")]
    assert rules(trace) == ["http-after-disconnect"]


def test_receive_returns_disconnect_again_and_again_after_the_response() -> None:
    got: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await say_hi(scope, receive, send)
        got.extend([(await receive())["type"], (await receive())["type"]])

    assert run(app, GET).findings == []
    assert got == ["http.disconnect"] * 2


def test_body_before_start_raises_inside_send() -> None:
    errors: list[Exception] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        try:
            await send({"type": BODY, "body": b"too early"})
        except Exception as error:
            errors.append(error)
        await say_hi(scope, receive, send)

    trace = run(app, GET)
    assert rules(trace) == ["http-start-first"]
    assert "[http-start-first]" in str(errors[0])
    assert trace.outcome.status == 200


def test_a_finding_names_the_line_of_the_app() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(END)

    line = app.__code__.co_firstlineno + 1
    assert run(app, GET).findings[0].line == line


WRONG = {
    "http-start-first": [END],
    "http-start-once": [START, START],
    "http-after-complete": [START, END, END],
    "http-no-response": [],
    "http-response-unfinished": [START, {"type": BODY, "more_body": True}],
    "http-header-lowercase": [{**START, "headers": [(b"Content-Type", b"x")]}, END],
    "http-header-pseudo": [{**START, "headers": [(b":status", b"200")]}],
    "http-header-characters": [{**START, "headers": [(b"x", b"a\r\nset-cookie: b")]}],
    "http-status-range": [{**START, "status": 99}],
    "http-content-length-invalid": [{**START, "headers": [(b"content-length", b"five")]}],
    "http-content-length-long": [
        {**START, "headers": [(b"content-length", b"1")]},
        {"type": BODY, "body": b"two"},
    ],
    "http-content-length-short": [
        {**START, "headers": [(b"content-length", b"9")]},
        {"type": BODY, "body": b"two"},
    ],
    "http-body-not-allowed": [{**START, "status": 204}, {"type": BODY, "body": b"x"}],
    "http-transfer-encoding": [{**START, "headers": [(b"transfer-encoding", b"chunked")]}, END],
    "message-not-dict": ["http.response.start"],
    "message-type-missing": [{"status": 200}],
    "message-type-unknown": [{"type": "http.response.strat", "status": 200}],
    "message-of-server": [{"type": "http.request"}],
    "message-of-other-protocol": [{"type": "websocket.accept"}],
    "message-key-missing": [{"type": "http.response.start"}],
    "message-key-type": [{**START, "headers": [("content-type", "text/plain")]}],
    "message-key-unknown": [{**START, "header": []}, END],
    "message-bytes-like": [START, {"type": BODY, "body": bytearray(b"x")}],
    "extension-not-offered": [{"type": "http.response.push", "path": "/", "headers": []}],
}


@pytest.mark.parametrize("rule", WRONG)
def test_each_mistake_is_named_by_its_rule(rule: str) -> None:
    assert run(sending(*WRONG[rule]), GET).findings[0].rule == rule


@pytest.mark.parametrize(
    ("app", "rule"),
    [
        ("not callable", "app-not-callable"),
        (lambda scope, receive: None, "app-signature"),
        (lambda scope, receive, send: None, "app-not-awaitable"),
        (lambda scope: lambda receive, send: say_hi(scope, receive, send), "app-two-callables"),
    ],
)
def test_an_app_of_the_wrong_form_is_named(app: Any, rule: str) -> None:
    assert run(app, GET).findings[0].rule == rule


def test_an_app_of_asgi_2_still_answers() -> None:
    def app(scope: Any) -> Any:
        return lambda receive, send: say_hi(scope, receive, send)

    assert run(app, GET).outcome.body == b"Hi"


def test_an_exception_before_the_start_becomes_a_500() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError("boom")

    trace = run(app, GET)
    assert rules(trace) == ["app-raised"]
    assert trace.outcome.status == 500
    assert trace.outcome.exception == "ValueError: boom"


def test_an_exception_after_the_start_cuts_the_response_off() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        raise ValueError("boom")

    trace = run(app, GET)
    assert trace.outcome.status == 200
    assert not trace.outcome.complete
    assert kinds(trace)[-1] == "close"


def test_a_send_that_is_not_awaited_is_named_with_its_line() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        send(START)

    trace = run(app, GET)
    assert rules(trace) == ["send-not-awaited", "http-no-response"]
    assert trace.findings[0].line == app.__code__.co_firstlineno + 1


def test_an_app_that_waits_for_ever_is_named_and_stopped() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Event().wait()

    trace = run(app, GET)
    assert rules(trace) == ["app-stuck"]
    assert trace.findings[0].line == app.__code__.co_firstlineno + 1


def test_an_app_that_waits_in_receive_for_a_message_that_cannot_come_has_no_response() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        while True:
            await receive()
            await asyncio.sleep(0)

    trace = run(app, GET)
    assert rules(trace)[0] == "http-no-response"


def test_a_stream_without_end_is_left_by_the_client_and_ended_by_the_disconnect() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        while True:
            await send({"type": BODY, "body": b"tick", "more_body": True})
            await asyncio.sleep(7)

    trace = run(app, GET)
    assert trace.time == 63
    assert trace.broken_rules() == []


@pytest.mark.parametrize("pause", [0, 1])
def test_a_loop_without_end_is_stopped_by_the_budget(pause: int) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        while True:
            await asyncio.sleep(pause)

    trace = run(app, GET)
    assert rules(trace) == ["app-over-budget"]
    assert trace.findings[0].line == app.__code__.co_firstlineno + 2


def test_sending_without_end_is_stopped_although_the_app_catches_everything() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        while True:
            try:
                await send({"type": BODY, "more_body": True})
            except Exception:
                continue

    few = Limits(events=20_000)  # not so many that the watchdog's real seconds come first
    assert run(app, GET, limits=few).broken_rules() == ["app-over-budget"]


def test_send_waits_while_the_client_does_not_read() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        for number in range(4):
            await send({"type": BODY, "body": b"x" * 40_000, "more_body": number < 3})

    trace = run(app, [*GET, {"read": {"rate": 40_000}}])
    assert [event.t for event in trace.events if event.kind == "pause"] == [0, 2]
    assert [event.t for event in trace.events if event.kind == "resume"] == [2, 4]
    assert len(trace.outcome.body) == 160_000
    assert trace.time == 4


def test_time_sleep_blocks_every_other_connection_and_is_named() -> None:
    import time

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/block":
            time.sleep(3)
        await say_hi(scope, receive, send)

    trace = run(app, {"a": [{"request": "GET /block"}], "b": [{"request": "GET /"}]})
    assert rules(trace) == ["loop-blocked"]
    answered = {e.connection: e.t for e in trace.events if e.kind == "complete"}
    assert answered == {"a": 3, "b": 3}


def test_two_requests_of_one_client_come_one_after_the_other() -> None:
    trace = run(say_hi, [{"request": "GET /a"}, {"request": "GET /b"}])
    assert len(trace.outcome.responses) == 2
    assert kinds(trace).count("call") == 2
    assert kinds(trace).index("complete") < kinds(trace).index("request", 1)


def test_printed_lines_are_events() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        print("one")
        print("two", end="")
        await say_hi(scope, receive, send)

    texts = [event.message["text"] for event in run(app, GET).events if event.kind == "print"]
    assert texts == ["one", "two"]


def test_the_answer_to_head_has_no_body_and_may_declare_its_length() -> None:
    app = sending(
        {**START, "headers": [(b"content-length", b"5")]}, {"type": BODY, "body": b"hello"}
    )
    trace = run(app, [{"request": "HEAD /"}])
    assert trace.findings == []
    assert trace.outcome.body == b""


def test_headers_from_a_generator_are_checked_and_still_sent() -> None:
    headers = ((name, b"1") for name in (b"x-a", b"x-b"))
    trace = run(sending({**START, "headers": headers}, END), GET)
    assert trace.outcome.headers == [(b"x-a", b"1"), (b"x-b", b"1")]
    assert trace.findings == []


def test_trailers_that_were_announced_may_follow_the_body() -> None:
    trailers = {"type": "http.response.trailers", "headers": [(b"x-sum", b"1")]}
    client = [{"request": {"extensions": ["http.response.trailers"]}}]
    assert run(sending({**START, "trailers": True}, END, trailers), client).findings == []
    assert rules(run(sending({**START, "trailers": True}, END), client)) == [
        "http-trailers-missing"
    ]
    assert rules(run(sending(START, trailers), client))[0] == "http-trailers-not-announced"


def test_tasks_that_the_app_leaves_behind_are_noted_with_their_line() -> None:
    async def wait_for_ever() -> None:
        await asyncio.Event().wait()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asyncio.create_task(wait_for_ever())  # noqa: RUF006
        await say_hi(scope, receive, send)

    trace = run(app, GET)
    assert rules(trace) == ["app-tasks-left"]
    line = app.__code__.co_firstlineno + 1
    tasks = [{"name": "wait_for_ever", "line": line}]
    assert trace.findings[0].values == {"count": 1, "tasks": tasks}
    assert trace.findings[0].line == wait_for_ever.__code__.co_firstlineno + 1
    assert trace.broken_rules() == []


def test_an_open_file_is_sent_without_being_read_by_the_app(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<p>Hello</p>")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})
        with page.open("rb") as file:
            await send({"type": "http.response.zerocopysend", "file": file})

    client = [{"request": {"path": "/", "extensions": "http.response.zerocopysend"}}]
    trace = run(app, client)
    assert trace.broken_rules() == []
