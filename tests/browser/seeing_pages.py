"""Pages for what the figure has to show: several clients, tasks, WebSocket, time, long traces."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.browser.small_site import Demo, write_page

_THREE: Final = {
    name: [{"request": f"GET /{path}"}]
    for name, path in {"one": "waiting", "two": "blocking", "three": "waiting"}.items()
}
_TALK: Final = [
    {"connect": {"path": "/chat", "subprotocols": ["v1"]}},
    {"text": "hello"},
    {"wait": 1},
    {"bytes": "00ff"},
    {"close": {"code": 1000}},
]
_SLOW: Final = {
    "slow": [{"request": "GET /big"}, {"read": {"rate": 20000}}],
    "fast": [{"wait": 1}, {"request": "GET /big"}],
}

SEEING: Final = {
    "blocking": Demo("answer_slowly_wrong.py", _THREE, "time"),
    "tasks": Demo("ask_two_services.py", [{"request": "GET /"}]),
    "websocket": Demo("echo_messages.py", _TALK),
    "lifespan": Demo(
        "start_and_stop.py", [{"startup": True}, {"request": "GET /"}, {"shutdown": True}]
    ),
    "pressure": Demo("send_large_parts.py", _SLOW),
    "many": Demo("send_many_parts.py", [{"request": "GET /65"}]),
    "thousand": Demo("send_many_parts.py", [{"request": "GET /490"}]),
    "long": Demo("send_long_values.py", [{"request": "GET /"}]),
}


def write_seeing_pages(folder: Path) -> None:
    """A page for each of ``SEEING``, in zh and en, light and dark."""
    for name, demo in SEEING.items():
        for language in ("zh", "en"):
            for scheme in ("default", "slate"):
                text = write_page(name, [demo], language, scheme)
                (folder / f"{name}-{language}-{scheme}.html").write_text(text, encoding="utf-8")
