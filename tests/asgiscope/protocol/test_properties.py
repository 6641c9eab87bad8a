"""Random messages, a hundred thousand of them: nothing crashes, nothing hangs, all is decided.

The seed is fixed, so that a failure can be repeated; ``make bench`` runs a million.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest

from asgiscope import Limits, run
from asgiscope.protocol import http, lifespan, websocket
from asgiscope.protocol.findings import any_fatal
from asgiscope.protocol.validation import validate
from asgiscope.spec import EXTENSIONS, MESSAGES, RULES

SEED = 20260101
MACHINES: dict[str, Any] = {"http": http, "websocket": websocket, "lifespan": lifespan}
FIRST: dict[str, Enum] = {
    "http": http.HttpState.START,
    "websocket": websocket.WebSocketState.HANDSHAKE,
    "lifespan": lifespan.LifespanState.IDLE,
}
TYPES = [*MESSAGES, "http.response.strat", "", "chat.message"]
VALUES = [
    *(None, True, False, 0, 200, 204, 404, 1000, 1006, -1, 3.5, 2**70),
    *("", "text", "\ud800", b"", b"bytes", b"\xff\x00", bytearray(b"x"), memoryview(b"y")),
    *([], [()], [(b"a", b"b")], [[b"A", b"b"]], [("a", "b")], [(b":x", b"")], [(b"x", b"\r\n")]),
    *({}, {"a": 1}, object(), float("nan"), [(b"content-length", b"2")], [b"</a>"]),
]


def random_message(chance: random.Random) -> Any:
    """A message: often right, often nearly right, sometimes nothing like one."""
    if chance.random() < 0.02:
        return chance.choice([None, 7, "http.response.start", [], b""])
    kind = chance.choice(TYPES)
    message: dict[Any, Any] = {"type": kind} if chance.random() < 0.98 else {}
    for key in MESSAGES[kind].keys if kind in MESSAGES else ():
        if chance.random() < 0.7:
            right = {"int": 200, "bool": chance.random() < 0.5, "bytes": b"x", "headers": []}
            value = right.get(key.type, "x")
            message[key.name] = chance.choice(VALUES) if chance.random() < 0.3 else value
    if chance.random() < 0.03:
        message[chance.choice(["header", "boby", 5])] = chance.choice(VALUES)
    return message


def sequences(count: int, seed: int = SEED) -> Iterator[None]:
    """Feed ``count`` random messages to the checks and the state machines; fail at a wrong one."""
    chance = random.Random(seed)
    given = 0
    while given < count:
        protocol = chance.choice(list(MACHINES))
        machine, state = MACHINES[protocol], FIRST[protocol]
        offered = [name for name in EXTENSIONS if chance.random() < 0.5]
        for _ in range(chance.randint(1, 12)):
            message = random_message(chance)
            state = decide(machine, protocol, state, message, offered)
            given += 1
        yield


def decide(machine: Any, protocol: str, state: Any, message: Any, offered: list[str]) -> Any:
    problems = validate(message, protocol, offered)
    assert all(problem.rule in RULES for problem in problems), message
    if any_fatal(problems):
        return state
    following, more = machine.step(state, message)
    assert all(problem.rule in RULES for problem in more), message
    assert isinstance(following, type(state)), message
    if more:
        assert following is state, message
    return following


def test_a_hundred_thousand_random_messages_are_all_decided() -> None:
    for _ in sequences(100_000):
        pass


CLIENTS: list[Any] = [
    [{"request": "GET /"}],
    [{"request": "POST /"}, {"body": "x"}, {"wait": 1}, {"end": True}],
    [{"request": "GET /"}, {"wait": 0.5}, {"disconnect": True}],
    [{"request": "GET /"}, {"read": {"rate": 1}}],
    [{"request": {"extensions": sorted(e for e in EXTENSIONS if e.startswith("http."))}}],
    [{"connect": "/"}, {"text": "x"}, {"close": True}],
    [{"connect": {"path": "/", "extensions": ["websocket.http.response"]}}, {"disconnect": True}],
    [{"startup": True}, {"shutdown": True}],
    {"a": [{"request": "GET /"}, {"request": "GET /"}], "b": [{"connect": "/"}, {"bytes": "00"}]},
]
SMALL = Limits(turns=3_000, seconds=600, events=400)


def random_app(seed: int) -> Any:
    """An app that sends random messages, receives now and then, and catches what it likes."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        chance = random.Random(seed)
        for _ in range(chance.randint(0, 8)):
            action = chance.random()
            try:
                if action < 0.3:
                    await receive()
                elif action < 0.35:
                    send({"type": "http.response.start", "status": 200})
                elif action < 0.4:
                    raise ValueError("of its own")
                else:
                    await send(random_message(chance))
            except Exception:
                if chance.random() < 0.3:
                    raise

    return app


@pytest.mark.parametrize("part", range(10))
def test_random_apps_leave_a_trace_that_is_canonical(part: int) -> None:
    for number in range(200):
        seed = SEED + part * 1000 + number
        client = CLIENTS[seed % len(CLIENTS)]
        trace = run(random_app(seed), client, limits=SMALL)
        text = trace.to_json()
        assert text == run(random_app(seed), client, limits=SMALL).to_json(), seed
        data = json.loads(text)
        assert [event["n"] for event in data["events"]] == list(range(1, len(data["events"]) + 1))
        times = [event["t"] for event in data["events"]]
        assert times == sorted(times), seed
        assert all(finding["rule"] in RULES for finding in data["findings"]), seed
