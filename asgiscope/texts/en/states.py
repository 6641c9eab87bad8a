"""The states of a connection, in English: what each is called, and the words of their diagrams."""

from __future__ import annotations

from typing import Final

STATES: Final[dict[str, dict[str, str]]] = {
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
}
TITLE: Final = "The states of {protocol}, and the messages that lead from one to the next"
# What a transition adds to the name of its message.
SUFFIXES: Final = {"+more": ", more to come", "+trailers": ", trailers announced"}
