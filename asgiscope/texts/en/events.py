"""What happens, in English: an event in a few words, and what stands around them in a terminal."""

from __future__ import annotations

from typing import Final

# Who takes part.
LANES: Final = {"client": "client", "server": "server", "app": "app"}

# An event that is not told as code, by what it is told as (``trace/summary.py``).
LABELS: Final[dict[str, str]] = {
    "reject": "denies the handshake: {status}",
    "trailers": "trailers",
    "debug": "debug information",
    "disconnect": "disconnects",
    "disconnect-why": "disconnects ({reason})",
    "refuse": "send() raises {exception}: {text}",
    "pause": "send() waits: {buffered} bytes buffered",
    "resume": "send() goes on: {buffered} bytes left",
    "complete": "response complete",
    "close": "closes {code} {reason}",
    "close-plain": "closes, without a code",
    "cut": "closed, response incomplete",
    "cancel": "stops waiting in {call}()",
    "cancelled": "is cancelled",
    "stuck": "waits for what never comes",
    "lost": "{call}() was never awaited",
    "raise": "raises {exception}: {text}{behind}",
    "unseen": "{name} fails unseen: {exception}{behind}",
    "print": "prints {text}",
    "stderr": "writes to stderr: {text}",
    "log": "logs {level} ({logger}): {text}{error}{behind}",
    "warning": "is warned by Python: {category}: {text}",
    "blocking": "{call} holds the loop for {seconds} s",
    "unread": "does not read: {buffered} bytes wait",
    "hang-up": "closes the connection",
    "hang-up-half": "ends its half of the connection",
    "no-listener": "refuses the connection: nobody listens",
    "failed": "fails inside: {exception}: {text}",
    "signal": "is sent {name}",
    "exit": "ends",
    "exit-why": "ends: {status}{exception}",
}

# A trace as text.
TERMINAL: Final[dict[str, str]] = {
    "line": "line {line}",
    "event": "event {n}",
    "none": "Nothing was found wrong.",
    "alike": "… {count:,} more like this …",
    "left-out": "… {count:,} left out here; --full shows all …",
    "denied": "denied, {status} {body}",
    "accepted": "accepted, received [{received}], closed with {code}",
    "started": "started",
    "not-started": "not started",
    "stopped": "started, stopped",
}
