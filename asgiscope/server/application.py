"""The forms in which an app can be called: one async callable, or the two of ASGI 2."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from ..protocol.findings import Problem
from ..protocol.names import name_of_type


class NotAwaitable(TypeError):
    """What the app returned when it was called cannot be awaited. ``found`` is its type."""

    def __init__(self, found: str) -> None:
        super().__init__(f"the app returned {found}, which cannot be awaited")
        self.found = found


def callable_form(app: Any) -> tuple[Problem | None, Callable[..., Awaitable[Any]] | None]:
    """How to call an app: as one callable, as two (ASGI 2), or not at all, and what is wrong."""
    if _is_plain(app):
        return None, app
    if not callable(app):
        return Problem("app-not-callable", {"found": name_of_type(app)}), None
    try:
        signature = inspect.signature(app)
    except (TypeError, ValueError):
        return None, _awaiting(app)
    if _binds(signature, 3) and not inspect.isclass(app):
        return None, _awaiting(app)
    if _binds(signature, 1):
        return Problem("app-two-callables", {}), _two_callables(app)
    return Problem("app-signature", {"found": str(signature)}), None


def _is_plain(app: Any) -> bool:
    """An ``async def`` of three arguments: what nearly every app is, told without a signature."""
    code = getattr(app, "__code__", None)
    if code is None or not code.co_flags & inspect.CO_COROUTINE or code.co_kwonlyargcount:
        return False
    bound = 1 if inspect.ismethod(app) else 0
    return bool(code.co_argcount - bound == 3)


def _binds(signature: inspect.Signature, count: int) -> bool:
    try:
        signature.bind(*range(count))
    except TypeError:
        return False
    return True


def _awaiting(app: Any) -> Callable[..., Awaitable[Any]]:
    async def call(scope: Any, receive: Any, send: Any) -> None:
        result = app(scope, receive, send)
        if not inspect.isawaitable(result):
            raise NotAwaitable(name_of_type(result))
        await result

    return call


def _two_callables(app: Any) -> Callable[..., Awaitable[Any]]:
    async def call(scope: Any, receive: Any, send: Any) -> None:
        await app(scope)(receive, send)

    return call
