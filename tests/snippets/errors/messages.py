"""Provokers of what is said about the app callable and the messages it sends."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import Any

from uvicorn.config import Config

from tests.snippets.errors.apps import BODY, START, hello, sending
from tests.snippets.errors.saying import Said, no_warnings, provokes, raised, warned
from tests.snippets.errors.servers import server

SCOPE: dict[str, Any] = {"type": "http", "client": None, "scheme": "http", "headers": []}


async def boom(scope: Any, receive: Any, send: Any) -> None:
    raise ValueError("boom")


@provokes("exception-in-app", listens=True)
def exception_in_app() -> Iterable[Said]:
    return server("uvicorn").asked(boom)


@provokes("error-in-framework", listens=True)
def error_in_framework() -> Iterable[Said]:
    return server("hypercorn").asked(boom)


@provokes("returned-without-starting", listens=True)
def returned_without_starting() -> Iterable[Said]:
    return server("uvicorn").asked(sending())


@provokes("returned-without-completing", listens=True)
def returned_without_completing() -> Iterable[Said]:
    return server("uvicorn").asked(sending(START, {**BODY, "more_body": True}))


@provokes("returned-a-value", listens=True)
def returned_a_value() -> Iterable[Said]:
    return server("uvicorn").asked(sending(START, BODY, result="hello"))


@provokes("expected-start", listens=True)
def expected_start() -> Iterable[Said]:
    return server("uvicorn").asked(sending(BODY))


@provokes("expected-body", listens=True)
def expected_body() -> Iterable[Said]:
    return server("uvicorn").asked(sending(START, START))


@provokes("already-completed", listens=True)
def already_completed() -> Iterable[Said]:
    return server("uvicorn").asked(sending(START, BODY, START))


@provokes("hypercorn-unexpected-message", listens=True)
def hypercorn_unexpected_message() -> Iterable[Said]:
    return server("hypercorn").asked(sending(BODY))


def loaded(app: Any) -> list[Said]:
    """What comes of an app that is not called by a wrapper of ours but found by Uvicorn."""
    config = Config(app, log_config=None)
    config.load()
    return raised(lambda: config.loaded_app(SCOPE, None, None))


@provokes("coroutine-not-callable")
def coroutine_not_callable() -> Iterable[Said]:
    async def add_header(app: Any) -> Any:
        return app

    app = add_header(hello)
    try:
        return loaded(app)
    finally:
        app.close()


@provokes("app-is-not-async")
def app_is_not_async() -> Iterable[Said]:
    def app(scope: Any, receive: Any, send: Any) -> None:
        pass

    return loaded(app)


@provokes("never-awaited", listens=True)
def never_awaited() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        send(START)
        send(BODY)
        gc.collect()

    said: list[Said] = []
    with warned(said):
        said += server("uvicorn").asked(app)
    return said


@provokes("body-is-str", listens=True)
def body_is_str() -> Iterable[Said]:
    return server("uvicorn").asked(sending(START, {**BODY, "body": "hello"}))


@provokes("header-is-str", listens=True)
def header_is_str() -> Iterable[Said]:
    return server("uvicorn").asked(sending({**START, "headers": [("x-a", "b")]}))


@provokes("headers-are-a-dict", listens=True)
def headers_are_a_dict() -> Iterable[Said]:
    return server("uvicorn").asked(sending({**START, "headers": {b"content-type": b"text/plain"}}))


@provokes("receive-not-awaited", listens=True)
def receive_not_awaited() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        receive()["type"]

    with no_warnings():
        said = server("uvicorn").asked(app)
        gc.collect()
    return said
