"""The lifespan scope, as a table; :mod:`asgiscope.protocol.http` says how to read it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from .findings import Problem


class LifespanState(StrEnum):
    """What the server waits for, from itself or from the app."""

    IDLE = "idle"  # the app has not taken lifespan.startup yet
    STARTING = "starting"  # startup was delivered: a reply is due
    STARTED = "started"  # the app serves; the server will say when to stop
    STOPPING = "stopping"  # shutdown was delivered: a reply is due
    STOPPED = "stopped"
    FAILED = "failed"  # startup.failed or shutdown.failed: the server exits


_S = LifespanState

STARTUP: Final = "lifespan.startup"
STARTUP_COMPLETE: Final = "lifespan.startup.complete"
STARTUP_FAILED: Final = "lifespan.startup.failed"
SHUTDOWN: Final = "lifespan.shutdown"
SHUTDOWN_COMPLETE: Final = "lifespan.shutdown.complete"
SHUTDOWN_FAILED: Final = "lifespan.shutdown.failed"

SENDS: Final = (STARTUP_COMPLETE, STARTUP_FAILED, SHUTDOWN_COMPLETE, SHUTDOWN_FAILED)

TRANSITIONS: Final[Mapping[LifespanState, Mapping[str, LifespanState]]] = {
    _S.IDLE: {STARTUP: _S.STARTING},
    _S.STARTING: {STARTUP_COMPLETE: _S.STARTED, STARTUP_FAILED: _S.FAILED},
    _S.STARTED: {SHUTDOWN: _S.STOPPING},
    _S.STOPPING: {SHUTDOWN_COMPLETE: _S.STOPPED, SHUTDOWN_FAILED: _S.FAILED},
    _S.STOPPED: {},
    _S.FAILED: {},
}

_STARTUP_REPLIES: Final = (STARTUP_COMPLETE, STARTUP_FAILED)
_SHUTDOWN_REPLIES: Final = (SHUTDOWN_COMPLETE, SHUTDOWN_FAILED)
_SHUTDOWN_TOO_EARLY: Final = dict.fromkeys(_SHUTDOWN_REPLIES, "lifespan-shutdown-first")
_STARTUP_AGAIN: Final = dict.fromkeys(_STARTUP_REPLIES, "lifespan-startup-once")

REFUSALS: Final[Mapping[LifespanState, Mapping[str, str]]] = {
    _S.IDLE: {**dict.fromkeys(_STARTUP_REPLIES, "lifespan-startup-first"), **_SHUTDOWN_TOO_EARLY},
    _S.STARTING: _SHUTDOWN_TOO_EARLY,
    _S.STARTED: {**_STARTUP_AGAIN, **_SHUTDOWN_TOO_EARLY},
    _S.STOPPING: _STARTUP_AGAIN,
    _S.STOPPED: dict.fromkeys(SENDS, "lifespan-after-end"),
    _S.FAILED: dict.fromkeys(SENDS, "lifespan-after-end"),
}

# What is missing when the app has returned in a state.
UNFINISHED: Final[Mapping[LifespanState, str]] = {
    _S.IDLE: "lifespan-startup-no-reply",
    _S.STARTING: "lifespan-startup-no-reply",
    _S.STARTED: "lifespan-ended-early",
    _S.STOPPING: "lifespan-shutdown-no-reply",
}


def step(state: LifespanState, message: Mapping[str, Any]) -> tuple[LifespanState, list[Problem]]:
    """The state after a message (of either direction), and what is wrong with its coming now."""
    kind = message["type"]
    following = TRANSITIONS[state].get(kind)
    if following is not None:
        return following, []
    return state, [Problem(REFUSALS[state][kind], {"type": kind})]
