"""Key presses and clicks as WebDriver's actions, the same in the classic protocol and in BiDi."""

from __future__ import annotations

from typing import Any

KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
}


def keys_together(keys: str) -> list[dict[str, Any]]:
    """Press ``Control+a`` in order, release in reverse."""
    names = keys.split("+") if len(keys) > 1 else [keys]
    values = [KEYS.get(name, name) for name in names]
    down = [{"type": "keyDown", "value": value} for value in values]
    up = [{"type": "keyUp", "value": value} for value in reversed(values)]
    return [{"type": "key", "id": "keyboard", "actions": down + up}]


def click_at(x: float, y: float) -> list[dict[str, Any]]:
    """Move the mouse to a point of the window and click."""
    move = {"type": "pointerMove", "x": round(x), "y": round(y), "origin": "viewport"}
    down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
    actions = [move, down, up]
    return [{"type": "pointer", "id": "mouse", "actions": actions}]


def proxy(address: str) -> dict[str, Any]:
    """A session's ``proxy``: everything that is not for this machine goes to ``address``."""
    return {
        "proxyType": "manual",
        "httpProxy": address,
        "sslProxy": address,
        "noProxy": ["127.0.0.1"],
    }
