"""Provokers of what is said about the lifespan."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.config import Config

from tests.snippets.errors.apps import sending
from tests.snippets.errors.responses import asked
from tests.snippets.errors.saying import Said, by, logged, no_warnings, provokes, raised, warned

COMPLETE = {"type": "lifespan.startup.complete"}


async def refuse(scope: Any, receive: Any, send: Any) -> None:
    raise NotImplementedError(scope["type"])


def lived(app: Any, lifespan: str = "auto") -> list[Said]:
    """What Uvicorn says of an app's startup and shutdown."""

    async def live() -> None:
        config = Config(app, log_config=None, lifespan=lifespan)  # type: ignore[arg-type]
        config.load()
        cycle = config.lifespan_class(config)
        await cycle.startup()
        await cycle.shutdown()

    return logged(live, "uvicorn.error")


def lived_in_hypercorn(app: Any, **options: Any) -> list[Said]:
    from hypercorn.asyncio import serve
    from hypercorn.config import Config as Settings

    config = Settings()
    config.bind = ["127.0.0.1:0"]
    config.errorlog = logging.getLogger("hypercorn.error")
    for name, value in options.items():
        setattr(config, name, value)

    async def stop() -> None:
        await asyncio.sleep(0.05)

    with no_warnings():
        return logged(lambda: serve(app, config, shutdown_trigger=stop), "hypercorn.error")


@provokes("lifespan-unsupported")
def lifespan_unsupported() -> Iterable[Said]:
    return lived(refuse)


@provokes("startup-failed")
def startup_failed() -> Iterable[Said]:
    return lived(sending({"type": "lifespan.startup.failed", "message": "no database"}))


@provokes("exception-in-lifespan")
def exception_in_lifespan() -> Iterable[Said]:
    return lived(refuse, "on")


@provokes("shutdown-failed")
def shutdown_failed() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(COMPLETE)
        await receive()
        await send({"type": "lifespan.shutdown.failed"})

    return lived(app)


@provokes("lifespan-state-transition")
def lifespan_state_transition() -> Iterable[Said]:
    return lived(sending(COMPLETE, COMPLETE), "on")


@provokes("hypercorn-lifespan-error", listens=True)
def hypercorn_lifespan_error() -> Iterable[Said]:
    return lived_in_hypercorn(refuse)


@provokes("hypercorn-lifespan-failure")
def hypercorn_lifespan_failure() -> Iterable[Said]:
    return lived_in_hypercorn(
        sending({"type": "lifespan.startup.failed", "message": "no database"})
    )


@provokes("hypercorn-lifespan-timeout")
def hypercorn_lifespan_timeout() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(5)

    return lived_in_hypercorn(app, startup_timeout=0.1)


@asynccontextmanager
async def with_pool(app: Any) -> AsyncIterator[dict[str, str]]:
    yield {"pool": "pool"}


async def ask_pool(request: Request) -> Response:
    return PlainTextResponse(request.state.pool)


@provokes("state-not-supported")
def state_not_supported() -> Iterable[Said]:
    app = Starlette(lifespan=with_pool)
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}}

    async def receive() -> Any:
        return {"type": "lifespan.startup"}

    async def send(message: Any) -> None:
        pass

    return raised(lambda: app(scope, receive, send))


@provokes("state-has-no-attribute")
def state_has_no_attribute() -> Iterable[Said]:
    return asked(Starlette(routes=[Route("/", ask_pool)], lifespan=with_pool), "starlette")


@provokes("on-event-deprecated")
def on_event_deprecated() -> Iterable[Said]:
    said: list[Said] = []
    with warned(said):
        FastAPI().on_event("startup")
    return said


@provokes("no-attribute-on-event")
def no_attribute_on_event() -> Iterable[Said]:
    return by("starlette", raised(lambda: Starlette().on_event("startup")))  # type: ignore[attr-defined]


@provokes("hypercorn-lifespan-shutdown-timeout", listens=True)
def hypercorn_lifespan_shutdown_timeout() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(COMPLETE)
        await asyncio.sleep(0.5)

    return lived_in_hypercorn(app, shutdown_timeout=0.1)


@provokes("hypercorn-lifespan-shutdown-failure", listens=True)
def hypercorn_lifespan_shutdown_failure() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(COMPLETE)
        await receive()
        await send({"type": "lifespan.shutdown.failed", "message": "not saved"})

    return lived_in_hypercorn(app)


@provokes("hypercorn-lifespan-ended-early", listens=True)
def hypercorn_lifespan_ended_early() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(COMPLETE)
        raise ValueError("boom")

    return lived_in_hypercorn(app)


@provokes("lifespan-is-a-generator")
def lifespan_is_a_generator() -> Iterable[Said]:
    async def lifespan(app: Any) -> AsyncIterator[None]:
        yield

    said: list[Said] = []
    with warned(said):
        Starlette(lifespan=lifespan)  # type: ignore[arg-type]
    return by("starlette", said)


@provokes("unknown-lifespan-argument")
def unknown_lifespan_argument() -> Iterable[Said]:
    return by("starlette", raised(lambda: Starlette(on_startup=[print])))  # type: ignore[call-arg]
