"""The life of a WebSocket, as a table; :mod:`asgiscope.protocol.http` says how to read it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from .findings import Problem


class WebSocketState(StrEnum):
    """What the server waits for from the app."""

    HANDSHAKE = "handshake"  # the client asks to connect: accept, close or a denial is due
    DENYING = "denying"  # an HTTP response instead of the handshake has started: its body follows
    OPEN = "open"  # both sides may send
    DENIED = "denied"  # there was no connection in the end
    CLOSED = "closed"  # the app has closed it
    GONE = "gone"  # the client has left: send() raises an OSError


_S = WebSocketState

ACCEPT: Final = "websocket.accept"
SEND: Final = "websocket.send"
CLOSE: Final = "websocket.close"
DENIAL: Final = "websocket.http.response.start"
DENIAL_BODY: Final = "websocket.http.response.body"

SENDS: Final = (ACCEPT, SEND, CLOSE, DENIAL, DENIAL_BODY)

TRANSITIONS: Final[Mapping[WebSocketState, Mapping[str, WebSocketState]]] = {
    _S.HANDSHAKE: {ACCEPT: _S.OPEN, CLOSE: _S.DENIED, DENIAL: _S.DENYING},
    _S.DENYING: {DENIAL_BODY + "+more": _S.DENYING, DENIAL_BODY: _S.DENIED},
    _S.OPEN: {SEND: _S.OPEN, CLOSE: _S.CLOSED},
    _S.DENIED: {},
    _S.CLOSED: {},
    _S.GONE: {},
}

REFUSALS: Final[Mapping[WebSocketState, Mapping[str, str]]] = {
    _S.HANDSHAKE: {SEND: "websocket-accept-first", DENIAL_BODY: "websocket-denial-start-first"},
    _S.DENYING: {
        ACCEPT: "websocket-denial-only",
        SEND: "websocket-denial-only",
        CLOSE: "websocket-denial-only",
        DENIAL: "websocket-denial-start-once",
    },
    _S.OPEN: {
        ACCEPT: "websocket-accept-once",
        DENIAL: "websocket-denial-late",
        DENIAL_BODY: "websocket-denial-late",
    },
    _S.DENIED: dict.fromkeys(SENDS, "websocket-after-close"),
    _S.CLOSED: dict.fromkeys(SENDS, "websocket-after-close"),
    _S.GONE: dict.fromkeys(SENDS, "websocket-after-disconnect"),
}

# What is missing when the app has ended in a state.
UNFINISHED: Final[Mapping[WebSocketState, str]] = {
    _S.HANDSHAKE: "websocket-no-reply",
    _S.DENYING: "websocket-denial-unfinished",
    _S.OPEN: "websocket-not-closed",
}


def trigger(message: Mapping[str, Any]) -> str:
    """The message's type, with "+more" where more of the same is to come."""
    kind: str = message["type"]
    return kind + "+more" if kind == DENIAL_BODY and message.get("more_body") else kind


def step(state: WebSocketState, message: Mapping[str, Any]) -> tuple[WebSocketState, list[Problem]]:
    """The state after a message whose shape is right, and what is wrong with its coming now."""
    following = TRANSITIONS[state].get(trigger(message))
    if following is not None:
        return following, []
    return state, [Problem(REFUSALS[state][message["type"]], {"type": message["type"]})]


# RFC 6455, section 7.4: codes that may stand in a close frame.
SENDABLE_CODES: Final = frozenset((1000, 1001, 1002, 1003, *range(1007, 1015), *range(3000, 5000)))
LONGEST_REASON: Final = 123  # bytes: what is left of a control frame after the code


def validate_content(message: Mapping[str, Any], offered: tuple[str, ...]) -> list[Problem]:
    """What is wrong with the content of a message; ``offered`` are the client's subprotocols."""
    kind = message["type"]
    if kind == SEND:
        return _validate_data(message)
    if kind == ACCEPT:
        return _validate_accept(message, offered)
    return _validate_close(message) if kind == CLOSE else []


def _validate_data(message: Mapping[str, Any]) -> list[Problem]:
    given = [key for key in ("bytes", "text") if message.get(key) is not None]
    if len(given) == 1:
        return []
    return [Problem("websocket-send-both" if given else "websocket-send-empty", {})]


def _validate_accept(message: Mapping[str, Any], offered: tuple[str, ...]) -> list[Problem]:
    problems = []
    chosen = message.get("subprotocol")
    if chosen is not None and chosen not in offered:
        values = {"chosen": chosen, "offered": ", ".join(offered) or "-"}
        problems.append(Problem("websocket-subprotocol-not-offered", values))
    if any(name == b"sec-websocket-protocol" for name, _ in message.get("headers") or ()):
        problems.append(Problem("websocket-subprotocol-header", {}))
    return problems


def _validate_close(message: Mapping[str, Any]) -> list[Problem]:
    problems = []
    code = message.get("code", 1000)
    if code not in SENDABLE_CODES:
        problems.append(Problem("websocket-close-code", {"code": code}))
    size = len((message.get("reason") or "").encode("utf-8", "replace"))
    if size > LONGEST_REASON:
        problems.append(Problem("websocket-close-reason-long", {"size": size}))
    return problems
