"""Provokers of what is said about tasks, threads, event loops and context variables."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import socket
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import anyio
import anyio.from_thread
from starlette.applications import Starlette
from starlette.responses import Response

from tests.snippets.errors.responses import asked as answered
from tests.snippets.errors.responses import endpoint
from tests.snippets.errors.saying import (
    Said,
    by,
    listening,
    logged,
    no_warnings,
    provokes,
    raised,
    warned,
)

user: contextvars.ContextVar[str] = contextvars.ContextVar("user")


async def load() -> str:
    return "loaded"


def in_thread(call: Any) -> list[Said]:
    """What a function raises in a thread that has no event loop."""
    said: list[Said] = []
    thread = threading.Thread(target=lambda: said.extend(raised(call)))
    thread.start()
    thread.join()
    return said


@provokes("token-of-another-context")
def token_of_another_context() -> Iterable[Said]:
    async def main() -> None:
        async def enter() -> contextvars.Token[str]:
            return user.set("ada")

        user.reset(await asyncio.create_task(enter()))

    return raised(main)


@provokes("context-variable-not-set")
def context_variable_not_set() -> Iterable[Said]:
    return raised(lambda: contextvars.Context().run(user.get))


@provokes("errors-in-a-task-group")
def errors_in_a_task_group() -> Iterable[Said]:
    async def fail() -> None:
        raise ValueError("boom")

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())

    return raised(main)


@provokes("cancel-scope-in-another-task")
def cancel_scope_in_another_task() -> Iterable[Said]:
    async def pieces() -> AsyncIterator[str]:
        async with anyio.create_task_group():
            yield "first"

    async def main() -> None:
        stream = pieces()
        await anext(stream)
        await asyncio.create_task(stream.aclose())  # type: ignore[attr-defined]

    return raised(main)


@provokes("task-group-not-active")
def task_group_not_active() -> Iterable[Said]:
    async def main() -> None:
        group = anyio.create_task_group()
        group.start_soon(load)

    return raised(main)


@provokes("stream-closed")
def stream_closed() -> Iterable[Said]:
    async def main() -> None:
        sender, receiver = anyio.create_memory_object_stream[str](1)
        with receiver, sender:
            pass
        await sender.send("late")

    return raised(main)


@provokes("stream-broken")
def stream_broken() -> Iterable[Said]:
    async def main() -> None:
        sender, receiver = anyio.create_memory_object_stream[str](1)
        with sender:
            receiver.close()
            await sender.send("nobody listens")

    return raised(main)


@provokes("not-a-worker-thread")
def not_a_worker_thread() -> Iterable[Said]:
    return in_thread(lambda: anyio.from_thread.run(load))


@provokes("no-running-loop")
def no_running_loop() -> Iterable[Said]:
    return in_thread(asyncio.get_running_loop)


@provokes("no-current-loop-in-thread")
def no_current_loop_in_thread() -> Iterable[Said]:
    return in_thread(asyncio.get_event_loop)


@provokes("loop-already-running")
def loop_already_running() -> Iterable[Said]:
    async def main() -> None:
        with no_warnings():  # the coroutine at issue is never awaited
            try:
                asyncio.get_running_loop().run_until_complete(load())
            finally:
                gc.collect()

    return raised(main)


@provokes("coroutine-awaited-twice")
def coroutine_awaited_twice() -> Iterable[Said]:
    async def main() -> None:
        loading = load()
        await loading
        await loading

    return raised(main)


@provokes("coroutine-was-expected")
def coroutine_was_expected() -> Iterable[Said]:
    async def main() -> None:
        await asyncio.create_task(load)  # type: ignore[arg-type]

    return raised(main)


@provokes("coroutine-has-no-attribute")
def coroutine_has_no_attribute() -> Iterable[Said]:
    from starlette.middleware import Middleware
    from starlette.middleware.base import BaseHTTPMiddleware

    async def dispatch(request: Any, call_next: Any) -> Any:
        response = call_next(request)
        response.headers["x-a"] = "b"
        return response

    async def home(request: Any) -> Response:
        return Response("home")

    with no_warnings():
        said = answered(
            endpoint(home, Middleware(BaseHTTPMiddleware, dispatch=dispatch)), "starlette"
        )
        gc.collect()
    return said


@provokes("for-over-async-generator")
def for_over_async_generator() -> Iterable[Said]:
    async def pieces() -> AsyncIterator[str]:
        yield "first"

    return raised(lambda: list(pieces()))  # type: ignore[call-overload]


@provokes("async-for-over-generator")
def async_for_over_generator() -> Iterable[Said]:
    async def main() -> None:
        async for _ in (piece for piece in "ab"):  # type: ignore[attr-defined]
            pass

    return raised(main)


@cache
def closed_while_it_yields() -> list[Said]:
    async def pieces() -> AsyncIterator[str]:
        try:
            yield "first"
        finally:
            yield "goodbye"

    async def main() -> None:
        stream = pieces()
        await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]

    return logged(main, "asyncio")


@provokes("generator-ignored-exit")
def generator_ignored_exit() -> Iterable[Said]:
    return closed_while_it_yields()


@provokes("error-closing-generator")
def error_closing_generator() -> Iterable[Said]:
    return closed_while_it_yields()


def entered(lifespan: Any) -> list[Said]:
    """What comes of an app's lifespan, entered and left as Starlette does."""
    app = Starlette(lifespan=lifespan)

    async def live() -> None:
        async with app.router.lifespan_context(app):
            pass

    return raised(live)


@provokes("generator-did-not-yield")
def generator_did_not_yield() -> Iterable[Said]:
    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        if app is None:
            yield

    return entered(lifespan)


@provokes("generator-did-not-stop")
def generator_did_not_stop() -> Iterable[Said]:
    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        yield
        yield

    return entered(lifespan)


@provokes("send-raised-exception")
def send_raised_exception() -> Iterable[Said]:
    async def main() -> None:
        ours, theirs = socket.socketpair()
        _, writer = await asyncio.open_connection(sock=ours)
        theirs.close()
        for _ in range(9):
            writer.write(b"hello")
            await asyncio.sleep(0)
        writer.close()

    with listening("asyncio") as said:
        asyncio.run(main())
    return said


@provokes("single-thread-deadlock")
def single_thread_deadlock() -> Iterable[Said]:
    from asgiref.sync import sync_to_async

    async def inner() -> None:
        await sync_to_async(print)()

    async def main() -> None:
        await sync_to_async(lambda: asyncio.run(inner()))()

    return raised(main)


@provokes("async-to-sync-of-sync")
def async_to_sync_of_sync() -> Iterable[Said]:
    from asgiref.sync import async_to_sync

    said: list[Said] = []
    with warned(said):
        async_to_sync(lambda: load())  # type: ignore[arg-type]
    return by("asgiref", said)
