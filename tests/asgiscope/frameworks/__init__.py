"""The same small app, written on ASGI itself and in seven frameworks."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

FRAMEWORKS = (
    "raw", "starlette", "fastapi", "quart", "litestar", "falcon", "blacksheep", "django",
)  # fmt: skip
WITHOUT_WEBSOCKET = {"django"}
WITHOUT_LIFESPAN = {"django"}


# What a framework really does against the specification.
BROKEN: dict[str, set[str]] = {
    "django": {"http-header-lowercase"},  # it sends Content-Type and others as it writes them
}


def app_of(framework: str) -> Any:
    """The app, made anew where the framework allows it: some cannot start a second time."""
    name = f"{__name__}.{framework}_app"
    if framework != "django":  # its settings are the process's
        sys.modules.pop(name, None)
    return import_module(name).app
