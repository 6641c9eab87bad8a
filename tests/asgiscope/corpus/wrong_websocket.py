"""WebSocket: handshakes, messages and closes that are wrong."""

from __future__ import annotations

from typing import Any

from .cases import (
    ACCEPT,
    CLOSE,
    CONNECT,
    START,
    TEXT,
    WAYS,
    Case,
    denying,
    receives_then_sends,
)

DENIAL = {"type": "websocket.http.response.start", "status": 401}
DENIED = {"type": "websocket.http.response.body", "body": b"no"}
OFFERING = [{"connect": {"path": "/", "subprotocols": ["v1"]}}]

MESSAGES: dict[str, list[tuple[str, list[Any]]]] = {
    "websocket-accept-first": [("a message first", [TEXT, ACCEPT]), ("a message alone", [TEXT])],
    "websocket-accept-once": [
        ("twice", [ACCEPT, ACCEPT]),
        ("after a message", [ACCEPT, TEXT, ACCEPT]),
    ],
    "websocket-no-reply": [("nothing", [])],
    "websocket-after-close": [
        ("a message", [ACCEPT, CLOSE, TEXT]),
        ("another close", [ACCEPT, CLOSE, CLOSE]),
        ("accept after denying", [CLOSE, ACCEPT]),
        ("a message after denying", [CLOSE, TEXT]),
    ],
    "websocket-send-empty": [
        ("neither", [ACCEPT, {"type": "websocket.send"}]),
        ("both None", [ACCEPT, {"type": "websocket.send", "text": None, "bytes": None}]),
    ],
    "websocket-send-both": [
        ("both", [ACCEPT, {**TEXT, "bytes": b"hi"}]),
        ("both empty", [ACCEPT, {"type": "websocket.send", "text": "", "bytes": b""}]),
    ],
    "websocket-subprotocol-not-offered": [
        ("none was offered", [{**ACCEPT, "subprotocol": "v1"}]),
        ("an empty one", [{**ACCEPT, "subprotocol": ""}]),
    ],
    "websocket-subprotocol-header": [
        ("as a header", [{**ACCEPT, "headers": [(b"sec-websocket-protocol", b"v1")]}]),
    ],
    "websocket-close-code": [
        (str(code), [ACCEPT, {**CLOSE, "code": code}]) for code in (0, 999, 1004, 1005, 1006, 5000)
    ],
    "websocket-close-reason-long": [
        ("124 letters", [ACCEPT, {**CLOSE, "reason": "x" * 124}]),
        ("42 characters of three bytes", [ACCEPT, {**CLOSE, "reason": "长" * 42}]),
    ],
    "message-of-other-protocol": [
        ("an HTTP response", [START]),
        ("an HTTP body on an open connection", [ACCEPT, {"type": "http.response.body"}]),
    ],
    "message-of-server": [
        ("websocket.receive", [ACCEPT, {"type": "websocket.receive", "text": "hi"}]),
        ("websocket.disconnect", [ACCEPT, {"type": "websocket.disconnect", "code": 1000}]),
        ("websocket.connect", [{"type": "websocket.connect"}]),
    ],
    "message-type-unknown": [
        ("websocket.acept", [{"type": "websocket.acept"}]),
        ("websocket.message", [ACCEPT, {"type": "websocket.message", "text": "hi"}]),
    ],
    "message-key-type": [
        ("text in bytes", [ACCEPT, {"type": "websocket.send", "text": b"hi"}]),
        ("bytes in a string", [ACCEPT, {"type": "websocket.send", "bytes": "hi"}]),
        ("a dict for text", [ACCEPT, {"type": "websocket.send", "text": {"a": 1}}]),
        ("a code in a string", [ACCEPT, {**CLOSE, "code": "1000"}]),
        ("a reason in bytes", [ACCEPT, {**CLOSE, "reason": b"bye"}]),
        ("a subprotocol in bytes", [{**ACCEPT, "subprotocol": b"v1"}]),
        ("headers in strings", [{**ACCEPT, "headers": [("x-a", "1")]}]),
    ],
    "message-key-unknown": [("data for text", [ACCEPT, {**TEXT, "data": "hi"}, CLOSE])],
    "http-header-lowercase": [("of accept", [{**ACCEPT, "headers": [(b"X-A", b"1")]}, CLOSE])],
    "extension-not-offered": [("a denial", [DENIAL, DENIED])],
}

DENIALS: dict[str, list[tuple[str, list[Any]]]] = {
    "websocket-denial-start-first": [("a body first", [DENIED])],
    "websocket-denial-start-once": [("twice", [DENIAL, DENIAL])],
    "websocket-denial-only": [("accept", [DENIAL, ACCEPT]), ("close", [DENIAL, CLOSE])],
    "websocket-denial-late": [("after accept", [ACCEPT, DENIAL]), ("a body", [ACCEPT, DENIED])],
    "websocket-denial-unfinished": [
        ("a start alone", [DENIAL]),
        ("more to come", [DENIAL, {**DENIED, "more_body": True}]),
    ],
    "message-key-missing": [
        ("no status", [{"type": "websocket.http.response.start", "headers": []}]),
    ],
}


def _plain() -> list[Case]:
    tables = ((MESSAGES, CONNECT), (DENIALS, denying()))
    return [
        Case(f"websocket: {rule}: {name}", rule, receives_then_sends(*messages), client)
        for table, client in tables
        for rule, cases in table.items()
        for name, messages in cases
    ]


def _otherwise() -> list[Case]:
    rules = ("websocket-accept-first", "websocket-send-empty")
    return [
        Case(
            f"websocket: {rule}: {way}",
            rule,
            wrap(receives_then_sends(*MESSAGES[rule][0][1])),
            CONNECT,
        )
        for rule in rules
        for way, wrap in WAYS.items()
    ]


WRONG_WEBSOCKET = [
    *_plain(),
    *_otherwise(),
    Case(
        "websocket: another subprotocol than offered",
        "websocket-subprotocol-not-offered",
        receives_then_sends({**ACCEPT, "subprotocol": "v2"}),
        OFFERING,
    ),
    *(
        Case(
            f"websocket: message-key-newer: {name}",
            "message-key-newer",
            receives_then_sends(*messages),
            [{"connect": {"path": "/", "spec_version": version}}],
        )
        for name, version, messages in (
            (
                "headers of accept before 2.1",
                "2.0",
                [{**ACCEPT, "headers": [(b"x-a", b"1")]}, CLOSE],
            ),
            ("a reason before 2.3", "2.2", [ACCEPT, {**CLOSE, "reason": "bye"}]),
        )
    ),
]
