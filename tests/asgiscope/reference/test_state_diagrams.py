"""The state diagrams show exactly what the tables say, in both languages."""

from __future__ import annotations

import pytest

from asgiscope.protocol import http, lifespan, websocket
from asgiscope.protocol.http import HttpState
from asgiscope.protocol.lifespan import LifespanState
from asgiscope.protocol.websocket import WebSocketState
from asgiscope.reference.state_diagrams import state_diagram
from asgiscope.texts import words

MACHINES = {
    "http": (HttpState, http.TRANSITIONS),
    "websocket": (WebSocketState, websocket.TRANSITIONS),
    "lifespan": (LifespanState, lifespan.TRANSITIONS),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("protocol", MACHINES)
def test_every_state_has_its_words(protocol: str, language: str) -> None:
    states, _ = MACHINES[protocol]
    assert set(words(language, "states").STATES[protocol]) == {state.value for state in states}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("protocol", MACHINES)
def test_every_transition_is_an_arrow(protocol: str, language: str) -> None:
    _, table = MACHINES[protocol]
    text = state_diagram(protocol, language)
    arrows = [line for line in text.split("\n") if " --> " in line and "[*]" not in line]
    assert len(arrows) == sum(len(row) for row in table.values())
    assert "accTitle: " in text
    assert "accDescr: " in text
