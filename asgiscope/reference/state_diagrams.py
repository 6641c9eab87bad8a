"""State diagrams as Mermaid text, made from the tables that the mock server decides by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from ..protocol import http, lifespan, websocket
from ..texts import words

START: Final = {"http": "start", "websocket": "handshake", "lifespan": "idle"}
TABLES: Final[dict[str, Mapping[Any, Mapping[str, Any]]]] = {
    "http": http.TRANSITIONS,
    "websocket": websocket.TRANSITIONS,
    "lifespan": lifespan.TRANSITIONS,
}


def state_diagram(protocol: str, language: str) -> str:
    """The state machine of "http", "websocket" or "lifespan" as a Mermaid diagram.

    The diagram has a title and a description for screen readers.
    """
    told = words(language, "states")
    names = told.STATES[protocol]
    title = told.TITLE.format(protocol=protocol)
    arrows = [
        (state.value, following.value, _label(trigger, told.SUFFIXES))
        for state, row in TABLES[protocol].items()
        for trigger, following in row.items()
    ]
    used = dict.fromkeys(end for start, following, _ in arrows for end in (start, following))
    lines = ["stateDiagram-v2", f"    accTitle: {title}"]
    told = "; ".join(f"{names[a]} → {names[b]}: {label}" for a, b, label in arrows)
    lines.append(f"    accDescr: {told}")
    lines += [f'    state "{names[state]}" as {_id(state)}' for state in used]
    lines.append(f"    [*] --> {_id(START[protocol])}")
    lines += [f"    {_id(a)} --> {_id(b)}: {label}" for a, b, label in arrows]
    ends = [state for state, row in TABLES[protocol].items() if not row and _name(state) in used]
    lines += [f"    {_id(_name(state))} --> [*]" for state in ends]
    return "\n".join(lines) + "\n"


def _label(trigger: str, suffixes: Mapping[str, str]) -> str:
    kind, plus, suffix = trigger.partition("+")
    broken = kind.replace("websocket.http.", "websocket.http.<br>")  # too long for one line
    return broken + (suffixes[plus + suffix] if plus else "")


def _name(state: Enum) -> str:
    return str(state.value)


def _id(state: str) -> str:
    return state.replace("-", "_")
