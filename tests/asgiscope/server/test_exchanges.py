"""Exchanges decide by themselves: no event loop runs here, and nothing waits."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from asgiscope import ClientDisconnected
from asgiscope.client.steps import Body, Connect, Data, Disconnect, Request, Shutdown, Startup
from asgiscope.clock.loop import VirtualLoop
from asgiscope.server.exchange import Exchange
from asgiscope.server.http_exchange import HttpExchange
from asgiscope.server.lifespan_exchange import LifespanExchange
from asgiscope.server.scopes import http_scope, websocket_scope
from asgiscope.server.websocket_exchange import WebSocketExchange
from asgiscope.server.write_buffer import HIGH_WATER, WriteBuffer
from asgiscope.trace.recorder import Recorder
from tests.asgiscope.apps import START


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    loop = VirtualLoop()
    yield Recorder(loop, __file__, 1_000)
    loop.close()


def http(recorder: Recorder, request: Request, buffer: WriteBuffer | None = None) -> HttpExchange:
    scope = http_scope(request, 50_001, None)
    return HttpExchange(recorder, "client", request, scope, buffer or WriteBuffer())


def send(exchange: Exchange, message: dict[str, object]) -> bool:
    """Whether the app has to wait after a message that breaks no rule."""
    before = exchange.state
    assert exchange.advance(message) == []
    return exchange.carry_out(message, before)


def test_a_request_is_answered_step_by_step(recorder: Recorder) -> None:
    exchange = http(recorder, Request(method="POST", streamed=True))
    assert exchange.next_event() is None
    exchange.take(Body(b"ab", last=True))
    assert exchange.next_event() == {"type": "http.request", "body": b"ab", "more_body": False}
    assert not send(exchange, START)
    assert exchange.open
    assert not send(exchange, {"type": "http.response.body", "body": b"Hi"})
    assert not exchange.open
    assert (exchange.outcome.body, exchange.outcome.complete) == (b"Hi", True)
    assert exchange.next_event() == {"type": "http.disconnect"}


def test_the_app_has_to_wait_for_a_client_that_does_not_read(recorder: Recorder) -> None:
    exchange = http(recorder, Request(), WriteBuffer(rate=0))
    send(exchange, START)
    body = {"type": "http.response.body", "body": bytes(HIGH_WATER + 1), "more_body": True}
    assert send(exchange, body)
    exchange.take(Disconnect())
    state = exchange.state
    [problem] = exchange.advance({"type": "http.response.body"})
    assert problem.rule == "http-after-disconnect"
    with pytest.raises(ClientDisconnected):
        exchange.carry_out({"type": "http.response.body"}, state)


def test_who_waits_is_told_of_an_answer_and_of_the_end(recorder: Recorder) -> None:
    connect = Connect(Request())
    scope = websocket_scope(connect, 50_001, None)
    exchange = WebSocketExchange(recorder, "client", connect, scope, WriteBuffer())
    seen: list[tuple[bool, bool]] = []
    exchange.on_change = lambda: seen.append((exchange.answered, exchange.open))
    assert exchange.next_event() == {"type": "websocket.connect"}
    send(exchange, {"type": "websocket.accept"})
    exchange.take(Data("text", "Hi"))
    send(exchange, {"type": "websocket.close"})
    assert seen == [(True, True), (True, True), (True, False)]


def test_a_lifespan_says_what_is_missing_at_the_end(recorder: Recorder) -> None:
    exchange = LifespanExchange(recorder, "lifespan", with_state=True)
    exchange.take(Startup())
    assert exchange.next_event() == {"type": "lifespan.startup"}
    send(exchange, {"type": "lifespan.startup.complete"})
    assert exchange.answered
    exchange.take(Shutdown())
    assert exchange.next_event() == {"type": "lifespan.shutdown"}
    assert not exchange.answered
    exchange.ended(1, None, excused=False)
    assert [finding.rule for finding in recorder.trace.findings] == ["lifespan-shutdown-no-reply"]


def test_no_exchange_imports_asyncio(project: Path) -> None:
    for file in [*(project / "asgiscope/server").glob("*exchange.py")]:
        nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
        names = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
        assert "asyncio" not in names, file.name
