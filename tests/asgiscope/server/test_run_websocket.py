"""What the mock server does with WebSocket apps, right and wrong."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from asgiscope import ClientDisconnected, run
from tests.asgiscope.apps import sending

CONNECT = [{"connect": "/"}]
ACCEPT = {"type": "websocket.accept"}
CLOSE = {"type": "websocket.close"}
DENIAL = {"type": "websocket.http.response.start", "status": 401}
DENIAL_BODY = {"type": "websocket.http.response.body", "body": b"who?"}
DENYING = [{"connect": {"path": "/", "extensions": ["websocket.http.response"]}}]


async def echo(scope: Any, receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "websocket.connect":
            await send(ACCEPT)
        elif message["type"] == "websocket.receive":
            await send({**message, "type": "websocket.send"})
        else:
            return


def taking_connect(*messages: Any) -> Any:
    """An app that takes websocket.connect and then sends these messages."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await sending(*messages)(scope, receive, send)

    return app


def rules(trace: Any) -> list[str]:
    return [finding.rule for finding in trace.findings]


def test_messages_go_both_ways_and_the_close_reaches_the_app() -> None:
    client = [
        *CONNECT,
        {"text": "hi"},
        {"bytes": "00ff"},
        {"close": {"code": 1000, "reason": "bye"}},
    ]
    trace = run(echo, client)
    assert trace.findings == []
    assert trace.outcome.accepted
    assert trace.outcome.received == ["hi", b"\x00\xff"]
    last = [event.message for event in trace.events if event.kind == "event"][-1]
    assert last == {"type": "websocket.disconnect", "code": 1000, "reason": "bye"}


@pytest.mark.parametrize(
    ("step", "code"), [({"close": True}, 1005), ({"disconnect": True}, 1006), ({"wait": 1}, 1001)]
)
def test_each_way_of_leaving_has_its_code(step: Any, code: int) -> None:
    trace = run(echo, [*CONNECT, step])
    last = [event.message for event in trace.events if event.kind == "event"][-1]
    assert last["code"] == code
    assert trace.findings == []


def test_the_scope_holds_every_key_that_the_specification_requires() -> None:
    from asgiscope.spec import SCOPES
    from asgiscope.spec.types import TYPES

    seen: dict[str, Any] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.update(scope)
        await echo(scope, receive, send)

    run(app, [{"connect": {"path": "/chat?x=1", "subprotocols": ["v1", "v2"]}}, {"close": True}])
    for key in SCOPES["websocket"].keys:
        assert key.name in seen or not key.required, key.name
        assert key.name not in seen or TYPES[key.type](seen[key.name]), key.name
    assert (seen["path"], seen["query_string"], seen["scheme"]) == ("/chat", b"x=1", "ws")
    assert seen["subprotocols"] == ["v1", "v2"]
    assert (b"sec-websocket-protocol", b"v1, v2") in seen["headers"]


def test_a_subprotocol_of_the_client_can_be_chosen() -> None:
    client = [{"connect": {"path": "/", "subprotocols": ["v1"]}}]
    trace = run(taking_connect({**ACCEPT, "subprotocol": "v1"}, CLOSE), client)
    assert trace.findings == []
    assert trace.outcome.subprotocol == "v1"


def test_closing_before_accepting_is_a_403() -> None:
    trace = run(taking_connect({**CLOSE, "code": 4001}), CONNECT)
    assert trace.findings == []
    assert (trace.outcome.accepted, trace.outcome.status) == (False, 403)


def test_a_denial_response_reaches_the_client_where_the_server_offers_it() -> None:
    trace = run(taking_connect(DENIAL, DENIAL_BODY), DENYING)
    assert trace.findings == []
    assert (trace.outcome.status, trace.outcome.body) == (401, b"who?")
    assert rules(run(taking_connect(DENIAL, DENIAL_BODY), CONNECT)) == ["extension-not-offered"]


def test_the_close_of_the_app_reaches_the_client_and_then_the_app() -> None:
    got: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(ACCEPT)
        await send({**CLOSE, "code": 4000, "reason": "enough"})
        got.append(await receive())

    trace = run(app, CONNECT)
    assert (trace.outcome.code, trace.outcome.reason) == (4000, "enough")
    assert got == [{"type": "websocket.disconnect", "code": 4000, "reason": "enough"}]
    assert trace.findings == []


def test_sending_after_the_client_has_left_raises_an_oserror() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(ACCEPT)
        await asyncio.sleep(2)
        with pytest.raises(ClientDisconnected):
            await send({"type": "websocket.send", "text": "late"})

    trace = run(app, [*CONNECT, {"wait": 1}, {"disconnect": True}])
    assert rules(trace) == ["websocket-after-disconnect"]


WRONG = {
    "websocket-accept-first": [{"type": "websocket.send", "text": "x"}],
    "websocket-accept-once": [ACCEPT, ACCEPT, CLOSE],
    "websocket-no-reply": [],
    "websocket-not-closed": [ACCEPT],
    "websocket-after-close": [ACCEPT, CLOSE, {"type": "websocket.send", "text": "x"}],
    "websocket-send-empty": [ACCEPT, {"type": "websocket.send"}],
    "websocket-send-both": [ACCEPT, {"type": "websocket.send", "text": "x", "bytes": b"x"}],
    "websocket-subprotocol-not-offered": [{**ACCEPT, "subprotocol": "v9"}],
    "websocket-subprotocol-header": [{**ACCEPT, "headers": [(b"sec-websocket-protocol", b"x")]}],
    "websocket-close-code": [ACCEPT, {**CLOSE, "code": 1006}],
    "websocket-close-reason-long": [ACCEPT, {**CLOSE, "reason": "长" * 42}],
    "message-of-other-protocol": [{"type": "http.response.start", "status": 200}],
    "message-key-type": [ACCEPT, {"type": "websocket.send", "text": b"x"}],
}

WRONG_DENIALS = {
    "websocket-denial-start-first": [DENIAL_BODY],
    "websocket-denial-start-once": [DENIAL, DENIAL],
    "websocket-denial-only": [DENIAL, ACCEPT],
    "websocket-denial-late": [ACCEPT, DENIAL],
    "websocket-denial-unfinished": [DENIAL, {**DENIAL_BODY, "more_body": True}],
}


@pytest.mark.parametrize("rule", [*WRONG, *WRONG_DENIALS])
def test_each_mistake_is_named_by_its_rule(rule: str) -> None:
    messages, client = (WRONG[rule], CONNECT) if rule in WRONG else (WRONG_DENIALS[rule], DENYING)
    assert rules(run(taking_connect(*messages), client))[0] == rule


def test_accepting_before_the_connect_event_is_named() -> None:
    assert rules(run(sending(ACCEPT, CLOSE), CONNECT)) == ["websocket-connect-first"]


def test_an_exception_after_accepting_closes_with_1011() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(ACCEPT)
        raise ValueError("boom")

    trace = run(app, CONNECT)
    assert rules(trace) == ["app-raised"]
    assert trace.outcome.code == 1011


def test_an_exception_in_the_handshake_denies_it_with_500() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError("boom")

    trace = run(app, CONNECT)
    assert (trace.outcome.status, rules(trace)) == (500, ["app-raised"])


def test_a_slow_reader_holds_send_and_gets_whole_messages() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(ACCEPT)
        for number in range(4):
            await send({"type": "websocket.send", "bytes": bytes([number]) * 39_998})
        await send(CLOSE)

    trace = run(app, [*CONNECT, {"read": {"rate": 40_000}}])
    assert [event.t for event in trace.events if event.kind == "pause"] == [0, 2]
    assert [message[0] for message in trace.outcome.received] == [0, 1, 2, 3]


def test_several_clients_share_one_loop() -> None:
    client = {name: [*CONNECT, {"text": name}, {"close": True}] for name in ("ann", "bob")}
    trace = run(echo, client)
    assert {name: outcome.received for name, outcome in trace.outcomes.items()} == {
        "ann": ["ann"],
        "bob": ["bob"],
    }
