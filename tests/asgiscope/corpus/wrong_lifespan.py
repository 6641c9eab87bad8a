"""Lifespan: answers that are missing, too early, or given twice."""

from __future__ import annotations

from typing import Any

from .cases import LIFE, START, STARTED, STOPPED, Case, receives_then_sends, sends


async def stays_silent_at_shutdown(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(STARTED)
    await receive()


async def raises_in_startup(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    raise RuntimeError("no database")


async def raises_in_shutdown(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(STARTED)
    await receive()
    raise RuntimeError("no database")


async def answers_twice_later(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(STARTED)
    await receive()
    await send(STARTED)


async def goes_on_after_shutdown(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(STARTED)
    await receive()
    await send(STOPPED)
    await send(STOPPED)


async def returns_at_once(scope: Any, receive: Any, send: Any) -> None:
    return


async def returns_after_startup(scope: Any, receive: Any, send: Any) -> None:
    await receive()


async def waits_without_answering(scope: Any, receive: Any, send: Any) -> None:
    while True:
        await receive()


CASES: list[tuple[str, str, Any]] = [
    ("returns at once", "lifespan-startup-no-reply", returns_at_once),
    ("returns after startup", "lifespan-startup-no-reply", returns_after_startup),
    ("waits without answering", "lifespan-startup-no-reply", waits_without_answering),
    ("leaves after startup", "lifespan-ended-early", receives_then_sends(STARTED)),
    ("stays silent at shutdown", "lifespan-shutdown-no-reply", stays_silent_at_shutdown),
    ("answers before startup", "lifespan-startup-first", sends(STARTED)),
    ("fails before startup", "lifespan-startup-first", sends({"type": "lifespan.startup.failed"})),
    ("answers startup twice", "lifespan-startup-once", receives_then_sends(STARTED, STARTED)),
    ("answers startup at shutdown", "lifespan-startup-once", answers_twice_later),
    ("answers shutdown at startup", "lifespan-shutdown-first", receives_then_sends(STOPPED)),
    ("shuts down at once", "lifespan-shutdown-first", receives_then_sends(STARTED, STOPPED)),
    ("goes on after shutdown", "lifespan-after-end", goes_on_after_shutdown),
    ("raises in startup", "lifespan-startup-raised", raises_in_startup),
    ("raises in shutdown", "app-raised", raises_in_shutdown),
    ("answers as HTTP", "message-of-other-protocol", receives_then_sends(START)),
    (
        "a message in bytes",
        "message-key-type",
        receives_then_sends({"type": "lifespan.startup.failed", "message": b"no"}),
    ),
    (
        "an unknown answer",
        "message-type-unknown",
        receives_then_sends({"type": "lifespan.startup.completed"}),
    ),
    (
        "sends the server's event",
        "message-of-server",
        receives_then_sends({"type": "lifespan.startup"}),
    ),
]

WRONG_LIFESPAN = [Case(f"lifespan: {name}", rule, app, LIFE) for name, rule, app in CASES]
