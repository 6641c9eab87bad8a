"""What of a run can be compared where CPython's framework is another version than the browser's."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from runtime.build import LOCK
from runtime.wheels import locked


def same_version(framework: str) -> bool:
    """Quart needs Python 3.13 for the browser's version; an older Python has an older Quart."""
    return version(framework) == str(locked(LOCK)[framework]["version"])


def comparable(trace: dict[str, Any], app: str) -> Any:
    """The whole trace; its outcomes only, where the file ``app`` is one of another version."""
    if "quart" in app and not same_version("quart"):
        return trace["outcomes"]
    return trace
