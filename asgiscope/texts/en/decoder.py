"""The error decoder, in English: what an entry consists of, and what is said without one."""

from __future__ import annotations

from typing import Final

# What an entry consists of; "comma" stands between who says it and where, "and" between chapters.
LABELS: Final = {
    "from": "From",
    "why": "Why",
    "fix": "Fix",
    "see": "See",
    "comma": ", ",
    "and": ", ",
}
# Where a message comes out; {} is the level, the status or the code.
PLACES: Final = {
    "exception": "exception",
    "warning": "Python warning",
    "terminal": "terminal",
    "log": "log, {}",
    "response": "HTTP response {}",
    "close": "WebSocket close {}",
}
ALSO: Final = "Also in the text:"
NEAREST: Final = "No message that is known. The nearest, by the words in common:"
UNKNOWN: Final = (
    "No message that is known, nor any near it. Give the last line of the traceback, or run the app"
    " with: asgiscope run"
)
NOT_HERE: Final = (  # on the page
    "No message that is known, nor any near it. Paste the last line of the traceback as well."
)
EMPTY: Final = "There is no text. Give it as an argument, or on standard input."
CUT: Final = "Only the last {} characters were read."
