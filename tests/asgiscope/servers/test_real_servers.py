"""What a run by a real server shows: bytes, messages, waits, ends, and what was wrong."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

import pytest

from asgiscope import ClientError, Limits, Trace, explain, run
from tests.asgiscope.servers.wire import hi

pytestmark = pytest.mark.filterwarnings("error")
SERVERS: tuple[Any, ...] = ("uvicorn", "hypercorn", "gunicorn")
each_server = pytest.mark.parametrize("server", SERVERS)


def kinds(trace: Trace[Any], *wanted: str) -> list[str]:
    return [event.kind for event in trace.events if event.kind in wanted]


def wire(trace: Trace[Any], from_: str) -> bytes:
    return b"".join(
        event.message["data"]
        for event in trace.events
        if event.kind == "wire" and event.from_ == from_
    )


@each_server
def test_the_bytes_are_in_the_trace_and_what_they_mean_beside(server: Any) -> None:
    trace = run(hi, [{"request": "GET /a?b=1"}], server=server)
    assert wire(trace, "client") == b"GET /a?b=1 HTTP/1.1\r\nhost: localhost\r\n\r\n"
    assert wire(trace, "server").startswith(b"HTTP/1.1 200 ")
    assert trace.outcome.status == 200
    assert trace.outcome.body == b"hi"
    assert trace.outcome.complete
    order = kinds(trace, "request", "call", "event", "send", "response", "complete", "return")
    assert order[:4] == ["request", "call", "event", "send"]
    assert not trace.findings


@each_server
def test_a_run_is_the_same_each_time(server: Any) -> None:
    steps: list[Any] = [{"connect": "/"}, {"text": "hi"}, {"bytes": "00ff"}, {"wait": 50}]
    first = run(echo, steps, server=server).to_json()
    assert first == run(echo, steps, server=server).to_json()


async def echo(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    while (event := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": str(event.get("text"))})


CONVERSATIONS: list[list[Any]] = [
    [{"connect": "/"}, {"text": "hi"}, {"close": {"code": 3001, "reason": "bye"}}],
    [{"connect": "/"}, {"text": "hi"}, {"disconnect": True}],
    [{"connect": "/"}, {"text": "a"}, {"text": "b"}],
]


@each_server
@pytest.mark.parametrize("steps", CONVERSATIONS)
def test_a_client_gets_of_a_conversation_what_it_gets_from_the_mock(
    server: Any, steps: list[Any]
) -> None:
    mock, real = run(echo, steps).outcome, run(echo, steps, server=server).outcome
    assert (real.accepted, real.received) == (mock.accepted, mock.received)
    assert (real.code, real.reason) == (mock.code, mock.reason)


def test_the_trace_says_which_server_it_was() -> None:
    trace = run(hi, [{"request": "GET /"}], server="uvicorn")
    assert trace.server == "Uvicorn 0.54.0"
    assert trace.as_data()["server"] == trace.server
    assert "server" not in run(hi, [{"request": "GET /"}]).as_data()


async def flood(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "http.response.start", "status": 200})
    for _ in range(4):
        await send({"type": "http.response.body", "body": b"x" * 50_000, "more_body": True})
    await send({"type": "http.response.body"})


@each_server
def test_send_waits_for_a_slow_client_between_asyncio_s_own_marks(server: Any) -> None:
    steps: list[Any] = [{"request": "GET /"}, {"read": {"rate": 50_000}}]
    trace = run(flood, steps, server=server)
    waits = [event for event in trace.events if event.kind in ("pause", "resume")]
    assert [event.kind for event in waits] == ["pause", "resume"] * (len(waits) // 2)
    assert waits
    for pause, resume in pairwise(waits):
        if pause.kind == "pause":
            assert pause.message["buffered"] > 65_536
            assert resume.message["buffered"] <= 16_384 or server == "uvicorn"
            assert resume.t > pause.t
    assert len(trace.outcome.body) == 200_000
    assert trace.time >= 3


async def slow(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        for _ in range(2):
            await send({"type": (await receive())["type"] + ".complete"})
        return
    await hi(scope, receive, send)
    await asyncio.sleep(100)


@each_server
def test_the_app_s_lifespan_is_only_asked_for_by_steps(server: Any) -> None:
    without = run(hi, [{"request": "GET /"}], server=server)
    assert "lifespan" not in without.outcomes
    steps: list[Any] = [{"startup": True}, {"request": "GET /"}, {"shutdown": True}]
    trace = run(slow, steps, server=server)
    assert trace.outcomes["lifespan"].started
    assert trace.outcomes["lifespan"].stopped
    assert trace.events[-1].kind == "exit"
    assert kinds(trace, "signal") == ["signal"]


@each_server
def test_a_server_that_does_not_start_serves_nobody(server: Any) -> None:
    async def fails(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    trace = run(fails, [{"startup": True}, {"request": "GET /"}], server=server)
    assert not trace.outcomes["lifespan"].started
    assert trace.outcomes["lifespan"].message == "no database"
    assert trace.events[-1].kind == "exit"
    assert trace.events[-1].message


@each_server
def test_sigterm_in_the_middle_lets_the_request_end(server: Any) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 200})
        await asyncio.sleep(2)
        await send({"type": "http.response.body", "body": b"done"})

    steps: list[Any] = [{"request": "GET /"}, {"wait": 1}, {"terminate": True}]
    trace = run(app, [*steps, {"wait": 9}, {"request": "GET /"}], server=server)
    first, second = trace.outcome.responses
    assert first.body == b"done"
    assert second.status is None
    assert kinds(trace, "signal", "complete", "exit", "no-listener") == [
        *("signal", "complete", "exit", "no-listener")
    ]


async def body_first(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.body", "body": b"x"})


@each_server
def test_a_finding_says_what_this_server_did(server: Any) -> None:
    trace = run(body_first, [{"request": "GET /"}], server=server)
    (finding,) = trace.findings
    assert finding.rule == "http-start-first"
    text = explain(finding, "en").text
    did = {
        "uvicorn": r"In Uvicorn 0.54.0, `send()` raised RuntimeError.",
        "hypercorn": r"In Hypercorn 0.18.0, `send()` raised UnexpectedMessageError.",
        "gunicorn": r"In Gunicorn 27.0.1, `send()` returned all the same.",
    }
    assert text.endswith(did[server])
    assert explain(finding, "zh").text.endswith("。")
    assert trace.outcome.status == 500


@each_server
def test_what_the_server_logs_is_no_mistake_of_the_app(server: Any) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError("boom")

    trace = run(app, [{"request": "GET /"}], server=server)
    assert trace.broken_rules() == ["app-raised"]
    (log,) = [event for event in trace.events if event.kind == "log"]
    assert (log.from_, log.to) == ("server", "server")
    assert log.message["logger"] == f"{server}.error"
    assert "ValueError: boom" in log.message["exception"]


@each_server
def test_an_app_that_waits_for_nothing_is_named(server: Any) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Future()

    trace = run(app, [{"request": "GET /"}], server=server)
    if server == "gunicorn":  # it cancels the app three seconds after the client has left
        assert kinds(trace, "cancelled") == ["cancelled"]
    else:
        assert trace.broken_rules() == ["app-stuck"]
    assert trace.outcome.status is None


@each_server
def test_an_endless_app_is_stopped(server: Any) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        while True:
            await asyncio.sleep(0)

    trace = run(app, [{"request": "GET /"}], server=server, limits=Limits(turns=500))
    assert "app-over-budget" in trace.broken_rules()


@each_server
def test_several_clients_are_on_wires_of_their_own(server: Any) -> None:
    clients: Any = {"a": [{"request": "GET /a"}], "b": [{"wait": 1}, {"request": "GET /b"}]}
    trace = run(hi, clients, server=server)
    assert {name: outcome.body for name, outcome in trace.outcomes.items()} == {
        "a": b"hi",
        "b": b"hi",
    }
    calls = [event for event in trace.events if event.kind == "call"]
    assert [(call.connection, call.message["client"][1]) for call in calls] == [
        ("a", 50_001),
        ("b", 50_002),
    ]


def test_a_task_with_a_context_of_its_own_is_known_by_its_port() -> None:
    clients: Any = {"a": [{"request": "GET /a"}], "b": [{"request": "GET /b"}]}
    trace = run(hi, clients, server={"name": "uvicorn", "reset_contextvars": True})
    calls = [event for event in trace.events if event.kind == "call"]
    assert [(call.connection, call.message["path"]) for call in calls] == [("a", "/a"), ("b", "/b")]
    assert trace.outcomes["b"].body == b"hi"


def test_a_malformed_request_goes_out_as_it_stands() -> None:
    steps: list[Any] = [{"raw": "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"}]
    statuses = {server: run(hi, steps, server=server).outcome.status for server in SERVERS}
    assert statuses == {"uvicorn": 400, "hypercorn": 400, "gunicorn": 400}
    with pytest.raises(ClientError, match="raw is for a real server"):
        run(hi, steps)


@each_server
def test_what_raw_bytes_ask_for_is_read_all_the_same(server: Any) -> None:
    get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    trace = run(hi, [{"raw": get * 2}, {"raw": get}], server=server)
    assert [response.body for response in trace.outcome.responses] == [b"hi"] * 3
    key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    head = f"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n{key}\r\n"
    talk = run(echo, [{"raw": head}, {"raw": {"hex": "8182000000006869"}}], server=server)
    outcome: Any = talk.outcome
    assert outcome.accepted
    assert outcome.received == ["hi"]


@each_server
def test_a_connection_that_is_half_closed_is_not_used_again(server: Any) -> None:
    steps: list[Any] = [{"request": "GET /a"}, {"half_close": True}, {"request": "GET /b"}]
    trace = run(hi, steps, server=server)
    assert [response.body for response in trace.outcome.responses] == [b"hi", b"hi"]
    ports = {event.message["client"][1] for event in trace.events if event.kind == "call"}
    assert len(ports) == 2


@pytest.mark.parametrize("ws", ["wsproto", "websockets-sansio"])
def test_pings_are_answered_and_the_same_each_time(ws: str) -> None:
    server = {"name": "uvicorn", "ws": ws}
    trace = run(echo, [{"connect": "/"}, {"wait": 45}], server=server)
    pings = [event for event in trace.events if event.kind == "wire" and 15 < event.t < 45]
    assert [event.t for event in pings] == [20, 20, 40, 40]
    assert pings[0].message["data"] == b"\x89\x04\xd8,\x07\xcd"


def test_a_client_that_does_not_read_has_uvicorn_s_send_wait() -> None:
    steps: list[Any] = [{"request": "GET /"}, {"read": {"rate": 0}}, {"wait": 5}]
    trace = run(flood, [*steps, {"disconnect": True}], server="uvicorn")
    assert kinds(trace, "pause", "resume", "disconnect") == ["pause", "disconnect", "resume"]
    assert trace.outcome.status is None


def test_the_proxy_s_headers_are_taken_by_uvicorn_s_own_option() -> None:
    request: Any = {"request": {"path": "/", "headers": {"x-forwarded-for": "192.0.2.9"}}}
    server = {"name": "uvicorn", "forwarded_allow_ips": "*", "root_path": "/api"}
    trace = run(hi, [request], server=server)
    (call,) = [event for event in trace.events if event.kind == "call"]
    assert call.message["client"] == ["192.0.2.9", 0]
    assert call.message["path"] == "/api/"


def test_http_2_is_one_connection_with_a_stream_for_each_request() -> None:
    asked: list[Any] = [
        {"request": {"method": "POST", "path": "/", "http_version": "2", "body": "a" * 100_000}},
        {"request": {"path": "/", "http_version": "2"}},
    ]
    trace = run(hi, asked, server="hypercorn")
    assert [response.status for response in trace.outcome.responses] == [200, 200]
    assert wire(trace, "client").count(b"PRI * HTTP/2.0") == 1
    versions = [e.message["http_version"] for e in trace.events if e.kind == "call"]
    assert versions == ["2", "2"]
