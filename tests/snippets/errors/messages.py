"""Provokers of what is said about the app callable and the messages it sends."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from uvicorn.config import Config

from tests.snippets.errors.apps import BODY, START, hello, sending
from tests.snippets.errors.responses import asked
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


def read_key(key: str) -> Any:
    """An app that takes every scope for that of a request."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        scope[key]

    return app


@provokes("key-error-method", listens=True)
def key_error_method() -> Iterable[Said]:
    return server("uvicorn").talked(read_key("method"))


@provokes("key-error-path")
def key_error_path() -> Iterable[Said]:
    return raised(lambda: read_key("path")({"type": "lifespan"}, None, None))


@provokes("key-error-state")
def key_error_state() -> Iterable[Said]:
    return asked(read_key("state"), "python")


@provokes("client-is-none")
def client_is_none() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        scope["client"][0]

    return loaded(app)


@provokes("request-client-is-none")
def request_client_is_none() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        print(Request(scope).client.host)  # type: ignore[union-attr]

    return loaded(app)


@provokes("receive-not-available")
def receive_not_available() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await Request(scope).body()

    return loaded(app)


@provokes("status-is-str", listens=True)
def status_is_str() -> Iterable[Said]:
    return server("uvicorn").asked(sending({**START, "status": "200"}))


@provokes("key-error-status", listens=True)
def key_error_status() -> Iterable[Said]:
    return server("uvicorn").asked(sending({"type": "http.response.start"}))


@provokes("hypercorn-str-not-bytes", listens=True)
def hypercorn_str_not_bytes() -> Iterable[Said]:
    return server("hypercorn").asked(sending(START, {**BODY, "body": "hello"}))


@provokes("header-name-invalid", listens=True)
def header_name_invalid() -> Iterable[Said]:
    return server("uvicorn").asked(sending({**START, "headers": [(b"x a", b"b")]}))


@provokes("h11-header-name-illegal", listens=True)
def h11_header_name_illegal() -> Iterable[Said]:
    return server("h11").asked(sending({**START, "headers": [(b"x a", b"b")]}))


@provokes("h11-lengths-conflict", listens=True)
def h11_lengths_conflict() -> Iterable[Said]:
    lengths = [(b"content-length", b"5"), (b"content-length", b"6")]
    return server("h11").asked(sending({**START, "headers": lengths}))


@provokes("h11-length-is-bad", listens=True)
def h11_length_is_bad() -> Iterable[Said]:
    return server("h11").asked(sending({**START, "headers": [(b"content-length", b"five")]}))


@provokes("h11-wrong-state")
def h11_wrong_state() -> Iterable[Said]:
    import h11

    connection = h11.Connection(h11.SERVER)
    return raised(lambda: connection.send(h11.Data(data=b"hello")))
