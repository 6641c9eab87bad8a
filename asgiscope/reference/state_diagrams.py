"""State diagrams as Mermaid text, made from the tables that the mock server decides by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from ..protocol import http, lifespan, websocket

START: Final = {"http": "start", "websocket": "handshake", "lifespan": "idle"}
TABLES: Final[dict[str, Mapping[Any, Mapping[str, Any]]]] = {
    "http": http.TRANSITIONS,
    "websocket": websocket.TRANSITIONS,
    "lifespan": lifespan.TRANSITIONS,
}

STATES: Final[dict[str, dict[str, dict[str, str]]]] = {
    "en": {
        "http": {
            "start": "a start is due",
            "start-debugged": "a start is due, debug information was sent",
            "body": "a body is due",
            "body-trailers": "a body is due, then trailers",
            "trailers": "trailers are due",
            "complete": "complete",
            "gone": "the client has left",
        },
        "websocket": {
            "handshake": "the handshake waits for an answer",
            "denying": "a denial has begun",
            "open": "open",
            "denied": "denied",
            "closed": "closed by the app",
            "gone": "the client has left",
        },
        "lifespan": {
            "idle": "startup was not received yet",
            "starting": "an answer to startup is due",
            "started": "serving",
            "stopping": "an answer to shutdown is due",
            "stopped": "stopped",
            "failed": "failed",
        },
    },
    "zh": {
        "http": {
            "start": "等待响应开始",
            "start-debugged": "等待响应开始，调试信息已发送",
            "body": "等待消息体",
            "body-trailers": "等待消息体，之后是尾部",
            "trailers": "等待尾部",
            "complete": "响应结束",
            "gone": "客户端已离开",
        },
        "websocket": {
            "handshake": "握手等待答复",
            "denying": "正在拒绝",
            "open": "连接打开",
            "denied": "已拒绝",
            "closed": "应用已关闭",
            "gone": "客户端已离开",
        },
        "lifespan": {
            "idle": "还没有收到启动",
            "starting": "等待对启动的答复",
            "started": "正在服务",
            "stopping": "等待对关闭的答复",
            "stopped": "已停止",
            "failed": "失败",
        },
    },
}
TITLES: Final = {
    "en": "The states of {protocol}, and the messages that lead from one to the next",
    "zh": "{protocol} 的状态，以及从一个状态到下一个状态的消息",
}
_SUFFIXES: Final = {
    "en": {"+more": ", more to come", "+trailers": ", trailers announced"},
    "zh": {"+more": "，后面还有", "+trailers": "，声明了尾部"},
}


def state_diagram(protocol: str, language: str) -> str:
    """The state machine of "http", "websocket" or "lifespan" as a Mermaid diagram.

    ``language`` is "zh" or "en". The diagram has a title and a description for screen readers.
    """
    words = STATES[language][protocol]
    title = TITLES[language].format(protocol=protocol)
    arrows = [
        (state.value, following.value, _label(trigger, language))
        for state, row in TABLES[protocol].items()
        for trigger, following in row.items()
    ]
    used = dict.fromkeys(end for start, following, _ in arrows for end in (start, following))
    lines = ["stateDiagram-v2", f"    accTitle: {title}"]
    told = "; ".join(f"{words[a]} → {words[b]}: {label}" for a, b, label in arrows)
    lines.append(f"    accDescr: {told}")
    lines += [f'    state "{words[state]}" as {_id(state)}' for state in used]
    lines.append(f"    [*] --> {_id(START[protocol])}")
    lines += [f"    {_id(a)} --> {_id(b)}: {label}" for a, b, label in arrows]
    ends = [state for state, row in TABLES[protocol].items() if not row and _name(state) in used]
    lines += [f"    {_id(_name(state))} --> [*]" for state in ends]
    return "\n".join(lines) + "\n"


def _label(trigger: str, language: str) -> str:
    kind, plus, suffix = trigger.partition("+")
    broken = kind.replace("websocket.http.", "websocket.http.<br>")  # too long for one line
    return broken + (_SUFFIXES[language][plus + suffix] if plus else "")


def _name(state: Enum) -> str:
    return str(state.value)


def _id(state: str) -> str:
    return state.replace("-", "_")
