"""Threads of an app wait for one another, and for the event loop, as they do under a server."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import anyio
import anyio.from_thread
import anyio.to_thread
import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from asgiscope import Limits, Trace, run, run_source
from tests.asgiscope.apps import GET

QUICK = Limits(real=1)


def rules(trace: Trace) -> list[str]:
    return [finding.rule for finding in trace.findings]


def answering(work: Callable[[], Any]) -> Any:
    """An app that answers with what a coroutine function returns."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        body = str(await work()).encode()
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": body})

    return app


def answer(work: Callable[[], Any]) -> tuple[str, float]:
    """What the app answers, and at which virtual second; nothing must be found wrong."""
    trace = run(answering(work), GET, limits=QUICK)
    assert rules(trace) == []
    return trace.outcome.body.decode(), trace.time


async def later() -> str:
    await asyncio.sleep(2)
    return "from the loop"


def test_async_to_sync_works_inside_sync_to_async() -> None:
    assert answer(sync_to_async(async_to_sync(later))) == ("from the loop", 2)


def test_async_to_sync_works_in_a_thread_that_asyncio_started() -> None:
    assert answer(lambda: asyncio.to_thread(async_to_sync(later))) == ("from the loop", 2)


def test_a_thread_of_anyio_calls_back_into_the_loop() -> None:
    assert answer(lambda: anyio.to_thread.run_sync(anyio.from_thread.run, later)) == (
        "from the loop",
        2,
    )
    assert answer(
        lambda: anyio.to_thread.run_sync(
            anyio.from_thread.run_sync, lambda: asyncio.get_event_loop().time()
        )
    ) == ("0.0", 0)


def test_a_thread_waits_for_a_coroutine_on_the_loop() -> None:
    async def work() -> Any:
        loop = asyncio.get_running_loop()
        return await asyncio.to_thread(
            lambda: asyncio.run_coroutine_threadsafe(later(), loop).result()
        )

    assert answer(work) == ("from the loop", 2)


@pytest.mark.parametrize("kind", [queue.Queue, queue.SimpleQueue, queue.LifoQueue])
def test_a_queue_between_a_thread_and_the_loop(kind: Any) -> None:
    async def work() -> Any:
        jobs, loop = kind(), asyncio.get_running_loop()

        def serve() -> None:
            while (job := jobs.get()) is not None:
                time.sleep(1)
                loop.call_soon_threadsafe(job.set_result, time.monotonic())

        thread = threading.Thread(target=serve)
        thread.start()
        done = []
        for _ in range(3):
            future = loop.create_future()
            jobs.put(future)
            done.append(await future)
        jobs.put(None)
        await asyncio.to_thread(thread.join)
        return done, thread.is_alive()

    assert answer(work) == ("([1.0, 2.0, 3.0], False)", 3)


def test_a_lock_is_waited_for_while_another_thread_sleeps_in_it() -> None:
    async def work() -> Any:
        lock, order = threading.Lock(), []

        def hold(name: str) -> None:
            with lock:
                order.append((name, time.monotonic()))
                time.sleep(1)

        await asyncio.gather(*(asyncio.to_thread(hold, name) for name in "abc"))
        return order

    assert answer(work) == ("[('a', 0.0), ('b', 1.0), ('c', 2.0)]", 3)


def test_events_semaphores_barriers_and_conditions_are_waited_for() -> None:
    async def work() -> Any:
        event, barrier = threading.Event(), threading.Barrier(2)
        few, condition = threading.Semaphore(0), threading.Condition()
        seen: list[str] = []

        def first() -> None:
            event.wait()
            seen.append("event")
            barrier.wait()
            few.acquire()
            seen.append("semaphore")
            with condition:
                condition.notify()

        def second() -> None:
            time.sleep(1)
            with condition:
                event.set()
                barrier.wait()
                few.release()
                condition.wait()
            seen.append("condition")

        await asyncio.gather(asyncio.to_thread(first), asyncio.to_thread(second))
        return seen

    assert answer(work) == ("['event', 'semaphore', 'condition']", 1)


def test_a_thread_polls_until_it_is_told_to_stop() -> None:
    async def work() -> Any:
        stop, rounds = threading.Event(), [0]

        def poll() -> None:
            while not stop.is_set():
                time.sleep(0.5)
                rounds[0] += 1

        thread = threading.Thread(target=poll)
        thread.start()
        await asyncio.sleep(2.2)
        stop.set()
        await asyncio.to_thread(thread.join)
        return rounds

    assert answer(work) == ("[5]", 2.5)


def test_what_a_thread_does_after_a_sleep_comes_after_it() -> None:
    async def work() -> Any:
        seen: list[str] = []

        def slow() -> None:
            time.sleep(2)
            seen.append("thread")

        pending = asyncio.create_task(asyncio.to_thread(slow))
        await asyncio.sleep(1)
        seen.append("loop")
        await pending
        return seen

    assert answer(work) == ("['loop', 'thread']", 2)


def test_a_pool_of_one_thread_keeps_its_thread() -> None:
    """sqlite3 refuses a connection that was opened in another thread."""
    pool = ThreadPoolExecutor(1)

    async def work() -> Any:
        loop = asyncio.get_running_loop()
        database = await loop.run_in_executor(pool, sqlite3.connect, ":memory:")
        rows = await loop.run_in_executor(pool, lambda: database.execute("select 1").fetchall())
        await loop.run_in_executor(pool, database.close)
        return rows

    assert answer(work) == ("[(1,)]", 0)


def test_a_pool_is_initialized_and_used_as_a_context() -> None:
    def begin(value: str, local: threading.local) -> None:
        local.value = value

    async def work() -> Any:
        local = threading.local()
        with ThreadPoolExecutor(2, initializer=begin, initargs=("ready", local)) as pool:
            return list(pool.map(lambda _: local.value, range(3)))

    assert answer(work) == ("['ready', 'ready', 'ready']", 0)


# A thread's own event loop ------------------------------------------------------------------


def test_a_thread_runs_an_event_loop_of_its_own() -> None:
    async def work() -> Any:
        seen: list[Any] = []
        thread = threading.Thread(target=lambda: seen.append(asyncio.run(later())))
        thread.start()
        await asyncio.to_thread(thread.join)
        return seen

    assert answer(work) == ("['from the loop']", 2)


def test_a_thread_with_an_event_loop_is_joined_on_the_loop_which_it_blocks() -> None:
    async def work() -> Any:
        thread = threading.Thread(target=lambda: asyncio.run(asyncio.sleep(0.01)))
        thread.start()
        thread.join()
        return time.monotonic()

    trace = run(answering(work), GET, limits=QUICK)
    assert trace.outcome.body == b"0.01"
    assert rules(trace) == ["loop-blocked"]
    assert trace.findings[0].values == {"seconds": 0.01, "call": "Thread.join"}


def test_a_blocking_portal_of_anyio_is_followed() -> None:
    def use() -> Any:
        with anyio.from_thread.start_blocking_portal() as portal:
            return portal.call(later)

    assert answer(lambda: asyncio.to_thread(use)) == ("from the loop", 2)


def test_a_def_endpoint_of_starlette_may_run_an_event_loop() -> None:
    def endpoint(request: Request) -> PlainTextResponse:
        return PlainTextResponse(asyncio.run(later()))

    trace = run(Starlette(routes=[Route("/", endpoint)]), GET, limits=QUICK)
    assert (trace.outcome.body, trace.time, rules(trace)) == (b"from the loop", 2, [])


def test_an_async_view_of_django_below_a_sync_middleware_is_followed() -> None:
    from tests.asgiscope.frameworks import django_app  # noqa: F401 - it sets Django up

    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[f"{__name__}.plain_middleware"]):
        trace = run(ASGIHandler(), [{"request": "GET /later/"}], limits=QUICK)
    assert (trace.outcome.body, trace.time) == (b"from the loop", 2)
    assert rules(trace) == ["http-header-lowercase"]  # Django's own, and nothing of the threads


def plain_middleware(get_response: Any) -> Any:
    """A middleware that knows nothing of async: Django runs it in a thread."""

    def middleware(request: Any) -> Any:
        return get_response(request)

    return middleware


async def later_view(request: Any) -> HttpResponse:
    return HttpResponse(await later())


urlpatterns = [path("later/", later_view)]


# A WSGI app in a thread, whose body goes back to the loop piece by piece, as a2wsgi does it ---


class WsgiBridge:
    """Runs a WSGI app in a thread, which sends through the loop and waits for each send."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.pool = ThreadPoolExecutor(2, "wsgi")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        loop = asyncio.get_running_loop()
        outgoing: asyncio.Queue[Any] = asyncio.Queue()
        ready = asyncio.Event()

        def put(message: Any) -> None:
            asyncio.run_coroutine_threadsafe(outgoing.put(message), loop).result()

        async def forward() -> None:
            while (message := await outgoing.get()) is not None:
                ready.set()
                await send(message)

        def read() -> bytes:
            future: Future[Any] = asyncio.run_coroutine_threadsafe(receive(), loop)
            return bytes(future.result()["body"])

        def call() -> None:
            def start(status: str, headers: Any) -> None:
                put({"type": "http.response.start", "status": int(status[:3])})

            for piece in self.app({"wsgi.input": read}, start):
                put({"type": "http.response.body", "body": piece, "more_body": True})
            put({"type": "http.response.body"})
            put(None)

        await asyncio.gather(forward(), loop.run_in_executor(self.pool, call))


def test_a_wsgi_app_in_a_thread_reads_and_writes_through_the_loop() -> None:
    def wsgi(environ: Any, start_response: Any) -> Any:
        body = environ["wsgi.input"]()
        start_response("200 OK", [])
        yield body
        time.sleep(1)
        yield b"!"

    post = [{"request": {"method": "POST", "path": "/", "body": "echo"}}]
    trace = run(WsgiBridge(wsgi), post, limits=QUICK)
    assert (trace.outcome.body, trace.time, rules(trace)) == (b"echo!", 1, [])


# What is wrong with threads -----------------------------------------------------------------


def test_the_loop_that_waits_for_its_own_coroutine_is_named() -> None:
    async def work() -> Any:
        loop = asyncio.get_running_loop()
        return asyncio.run_coroutine_threadsafe(later(), loop).result()

    trace = run(answering(work), GET, limits=QUICK)
    assert rules(trace)[0] == "loop-waits-for-ever"
    assert trace.findings[0].values == {"call": "Future.result"}


def test_a_wait_of_the_loop_that_has_an_end_is_named_by_its_call() -> None:
    async def work() -> Any:
        return threading.Event().wait(1)

    trace = run(answering(work), GET, limits=QUICK)
    assert rules(trace) == ["loop-blocked"]
    assert trace.findings[0].values == {"seconds": 1, "call": "Event.wait"}


def test_a_thread_that_waits_for_ever_is_named_by_its_own_line() -> None:
    def wait() -> None:
        queue.Queue().get()

    async def work() -> Any:
        await asyncio.to_thread(wait)

    trace = run(answering(work), GET, limits=QUICK)
    assert rules(trace)[0] == "thread-waits-for-ever"
    assert trace.findings[0].values == {"call": "Queue.get"}
    assert trace.findings[0].line == wait.__code__.co_firstlineno + 1


def test_a_thread_of_source_text_that_waits_for_ever_is_named_by_its_call() -> None:
    text = (
        "import asyncio, queue\n"
        "async def app(scope, receive, send):\n"
        "    await asyncio.to_thread(lambda: queue.Queue().get())\n"
    )
    trace = run_source(text, GET, "waits.py")
    assert rules(trace)[0] == "thread-waits-for-ever"
    assert trace.findings[0].values == {"call": "Queue.get"}


def test_two_threads_that_hold_each_others_lock_are_named() -> None:
    async def work() -> Any:
        locks = [threading.Lock(), threading.Lock()]

        def take(first: int) -> None:
            with locks[first]:
                time.sleep(1)
                with locks[1 - first]:
                    pass

        await asyncio.gather(asyncio.to_thread(take, 0), asyncio.to_thread(take, 1))

    trace = run(answering(work), GET, limits=QUICK)
    assert rules(trace)[0] == "thread-waits-for-ever"


def test_41_plain_endpoints_at_once_fill_the_pool_which_is_told() -> None:
    def endpoint(request: Request) -> PlainTextResponse:
        time.sleep(1)
        return PlainTextResponse("done")

    app = Starlette(routes=[Route("/", endpoint)])
    trace = run(app, {f"c{n}": GET for n in range(41)}, limits=QUICK)
    assert rules(trace) == ["thread-pool-full"]
    assert trace.findings[0].values == {"size": 40}
    assert trace.time == 2


def test_threads_that_are_left_end_with_the_run() -> None:
    before = threading.active_count()

    async def work() -> Any:
        threading.Thread(target=queue.Queue().get).start()
        threading.Thread(target=time.sleep, args=(1000,)).start()
        return "done"

    assert answer(work)[0] == "done"
    for _ in range(100):
        if threading.active_count() <= before:
            break
        time.sleep(0.01)
    assert threading.active_count() <= before
