"""Things that are given as apps and cannot be called as one."""

from __future__ import annotations

from typing import Any

from .cases import BODY, GET, START, Case


async def right(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    await send(BODY)


def plain_function(scope: Any, receive: Any, send: Any) -> None:
    """Not async: whatever it does, there is nothing to await."""


def returns_a_string(scope: Any, receive: Any, send: Any) -> str:
    return "Hi"


async def generator(scope: Any, receive: Any, send: Any) -> Any:
    await send(START)
    yield BODY


def wsgi(environ: Any, start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [b"Hi"]


async def without_send(scope: Any, receive: Any) -> None:
    """An argument short."""


async def four_arguments(scope: Any, receive: Any, send: Any, extra: Any) -> None:
    """An argument too many."""


async def request_handler(request: Any) -> Any:
    return request


class OldStyle:
    """ASGI 2: made with the scope, called with the rest."""

    def __init__(self, scope: Any) -> None:
        self.scope = scope

    async def __call__(self, receive: Any, send: Any) -> None:
        await send(START)
        await send(BODY)


def old_style_function(scope: Any) -> Any:
    async def instance(receive: Any, send: Any) -> None:
        await send(START)
        await send(BODY)

    return instance


class NotCallable:
    """An object, but not one to call."""


def factory() -> Any:
    """Returns the app; it is not one."""
    return right


FORMS: list[tuple[str, str, Any]] = [
    ("None", "app-not-callable", None),
    ("a string", "app-not-callable", "module:app"),
    ("an object without a call", "app-not-callable", NotCallable()),
    ("a module", "app-not-callable", __import__("json")),
    ("a plain function", "app-not-awaitable", plain_function),
    ("a function that returns text", "app-not-awaitable", returns_a_string),
    ("an async generator", "app-not-awaitable", generator),
    ("a WSGI app", "app-signature", wsgi),
    ("an argument short", "app-signature", without_send),
    ("an argument too many", "app-signature", four_arguments),
    ("a factory", "app-signature", factory),
    ("a class of ASGI 2", "app-two-callables", OldStyle),
    ("a function of ASGI 2", "app-two-callables", old_style_function),
]

WRONG_FORMS = [Case(f"form: {name}", rule, app, GET) for name, rule, app in FORMS]
