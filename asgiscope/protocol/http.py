"""The life of one HTTP response, as a table.

Two rules keep this file readable:

* everything that decides whether a message may come now is in ``TRANSITIONS`` and ``REFUSALS``;
* nothing here knows of asyncio, of time, or of what the bytes of a body are.

A message is first reduced to a *trigger*: its type, with a suffix where a flag in it changes what
may follow ("+more": more of the same is to come; "+trailers": trailers are announced). A trigger
that the state has no transition for is named by a rule, and leaves the state as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from .findings import Problem


class HttpState(StrEnum):
    """What the server waits for from the app."""

    START = "start"  # nothing has been sent: a response must be started
    START_DEBUGGED = "start-debugged"  # the same, and the one debug message was sent
    BODY = "body"  # the response has started: its body follows
    BODY_TRAILERS = "body-trailers"  # the same, and trailers were announced
    TRAILERS = "trailers"  # the body has ended: the announced trailers follow
    COMPLETE = "complete"  # the response has ended: whatever follows is ignored
    GONE = "gone"  # the client has left: send() raises an OSError


_S = HttpState

START: Final = "http.response.start"
BODY: Final = "http.response.body"
ZERO_COPY: Final = "http.response.zerocopysend"
PATH: Final = "http.response.pathsend"
TRAILERS: Final = "http.response.trailers"
PUSH: Final = "http.response.push"
HINT: Final = "http.response.early_hint"
DEBUG: Final = "http.response.debug"

SENDS: Final = (START, BODY, ZERO_COPY, PATH, TRAILERS, PUSH, HINT, DEBUG)

_STARTING: Final = {START: _S.BODY, START + "+trailers": _S.BODY_TRAILERS}

TRANSITIONS: Final[Mapping[HttpState, Mapping[str, HttpState]]] = {
    _S.START: {**_STARTING, HINT: _S.START, DEBUG: _S.START_DEBUGGED},
    _S.START_DEBUGGED: {**_STARTING, HINT: _S.START_DEBUGGED},
    _S.BODY: {
        BODY + "+more": _S.BODY,
        BODY: _S.COMPLETE,
        ZERO_COPY + "+more": _S.BODY,
        ZERO_COPY: _S.COMPLETE,
        PATH: _S.COMPLETE,
        PUSH: _S.BODY,
    },
    _S.BODY_TRAILERS: {
        BODY + "+more": _S.BODY_TRAILERS,
        BODY: _S.TRAILERS,
        ZERO_COPY + "+more": _S.BODY_TRAILERS,
        ZERO_COPY: _S.TRAILERS,
        PATH: _S.TRAILERS,
        PUSH: _S.BODY_TRAILERS,
    },
    _S.TRAILERS: {TRAILERS + "+more": _S.TRAILERS, TRAILERS: _S.COMPLETE},
    _S.COMPLETE: {},
    _S.GONE: {},
}

_BEFORE_START: Final = {
    BODY: "http-start-first",
    ZERO_COPY: "http-start-first",
    PATH: "http-start-first",
    TRAILERS: "http-start-first",
    PUSH: "http-push-early",
}

_AFTER_START: Final = {
    START: "http-start-once",
    HINT: "http-early-hint-late",
    DEBUG: "http-debug-late",
}

# The rule that a message breaks in a state that has no transition for it.
REFUSALS: Final[Mapping[HttpState, Mapping[str, str]]] = {
    _S.START: _BEFORE_START,
    _S.START_DEBUGGED: {**_BEFORE_START, DEBUG: "http-debug-once"},
    _S.BODY: {**_AFTER_START, TRAILERS: "http-trailers-not-announced"},
    _S.BODY_TRAILERS: {**_AFTER_START, TRAILERS: "http-trailers-early"},
    _S.TRAILERS: {
        **_AFTER_START,
        BODY: "http-body-before-trailers",
        ZERO_COPY: "http-body-before-trailers",
        PATH: "http-body-before-trailers",
        PUSH: "http-body-before-trailers",
    },
    _S.COMPLETE: dict.fromkeys(SENDS, "http-after-complete"),
    _S.GONE: dict.fromkeys(SENDS, "http-after-disconnect"),
}

# What is missing when the app has ended in a state.
UNFINISHED: Final[Mapping[HttpState, str]] = {
    _S.START: "http-no-response",
    _S.START_DEBUGGED: "http-no-response",
    _S.BODY: "http-response-unfinished",
    _S.BODY_TRAILERS: "http-response-unfinished",
    _S.TRAILERS: "http-trailers-missing",
}

_MORE: Final = {BODY: "more_body", ZERO_COPY: "more_body", TRAILERS: "more_trailers"}


def trigger(message: Mapping[str, Any]) -> str:
    """The message's type with the suffix of the flag that decides what may follow it."""
    kind: str = message["type"]
    if kind == START:
        return START + "+trailers" if message.get("trailers") else START
    more = _MORE.get(kind)
    return kind + "+more" if more and message.get(more) else kind


def step(state: HttpState, message: Mapping[str, Any]) -> tuple[HttpState, list[Problem]]:
    """The state after a message whose shape is right, and what is wrong with its coming now.

    A refused message leaves the state as it was.
    """
    following = TRANSITIONS[state].get(trigger(message))
    if following is not None:
        return following, []
    return state, [Problem(REFUSALS[state][message["type"]], {"type": message["type"]})]
