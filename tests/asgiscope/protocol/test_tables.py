"""The state machines decide every message in every state."""

from __future__ import annotations

import pytest

from asgiscope.protocol import http, lifespan, websocket
from asgiscope.protocol.http import HttpState
from asgiscope.protocol.lifespan import LifespanState
from asgiscope.protocol.websocket import WebSocketState
from asgiscope.spec import MESSAGES, RULES


def variants(kind: str) -> list[dict[str, object]]:
    """The message with each value of the flags that decide what may follow it."""
    flags = [key.name for key in MESSAGES[kind].keys if key.type == "bool"]
    plain: dict[str, object] = {"type": kind}
    return [plain, *({**plain, flag: value} for flag in flags for value in (True, False))]


@pytest.mark.parametrize("state", HttpState)
@pytest.mark.parametrize("kind", http.SENDS)
def test_every_http_message_is_decided_in_every_state(state: HttpState, kind: str) -> None:
    for message in variants(kind):
        following, problems = http.step(state, message)
        assert isinstance(following, HttpState)
        if problems:
            assert following is state
            assert all(problem.rule in RULES for problem in problems)


@pytest.mark.parametrize("state", LifespanState)
@pytest.mark.parametrize("kind", lifespan.SENDS)
def test_every_lifespan_message_is_decided_in_every_state(state: LifespanState, kind: str) -> None:
    following, problems = lifespan.step(state, {"type": kind})
    assert (following is state) or not problems
    assert all(problem.rule in RULES for problem in problems)


def test_the_tables_know_exactly_the_messages_that_an_app_may_send() -> None:
    def sends(protocol: str) -> set[str]:
        return {
            m.type for m in MESSAGES.values() if (m.protocol, m.direction) == (protocol, "send")
        }

    assert set(http.SENDS) == sends("http")
    assert set(lifespan.SENDS) == sends("lifespan")
    assert set(websocket.SENDS) == sends("websocket")


def test_an_illegal_message_leaves_the_state_as_it_was() -> None:
    state, problems = http.step(HttpState.BODY, {"type": http.START})
    assert state is HttpState.BODY
    assert [problem.rule for problem in problems] == ["http-start-once"]


def test_no_state_both_allows_and_refuses_a_message() -> None:
    for machine in (http, lifespan, websocket):
        for state, refused in machine.REFUSALS.items():
            assert not set(machine.TRANSITIONS.get(state, {})) & set(refused), state


def test_every_unfinished_state_names_a_rule() -> None:
    finished = {HttpState.COMPLETE, HttpState.GONE}
    assert set(http.UNFINISHED) == set(HttpState) - finished
    assert set(http.UNFINISHED.values()) <= set(RULES)
    over = {LifespanState.STOPPED, LifespanState.FAILED}
    assert set(lifespan.UNFINISHED) == set(LifespanState) - over


@pytest.mark.parametrize("state", WebSocketState)
@pytest.mark.parametrize("kind", websocket.SENDS)
def test_every_websocket_message_is_decided_in_every_state(
    state: WebSocketState, kind: str
) -> None:
    for message in variants(kind):
        following, problems = websocket.step(state, message)
        assert (following is state) or not problems
        assert all(problem.rule in RULES for problem in problems)
