"""Work in threads takes virtual time, and code that never gives control back is stopped."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from contextvars import ContextVar
from typing import Any

import anyio
import anyio.to_thread
import pytest

from asgiscope import run, run_source
from common.places import ROOT
from tests.asgiscope.apps import GET, say_hi


def rules(trace: Any) -> list[str]:
    return [finding.rule for finding in trace.findings]


def in_thread(call: Any, count: int) -> Any:
    """An app that runs ``time.sleep(1)`` in that many threads at once."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(call(time.sleep, 1))
        await say_hi(scope, receive, send)

    return app


def in_default_executor(function: Any, *arguments: Any) -> Any:
    loop = asyncio.get_running_loop()

    async def wait() -> Any:
        return await loop.run_in_executor(None, function, *arguments)

    return wait()


@pytest.mark.parametrize(
    ("call", "count", "seconds"),
    [
        (asyncio.to_thread, 32, 1),
        (asyncio.to_thread, 33, 2),
        (in_default_executor, 65, 3),
        (anyio.to_thread.run_sync, 40, 1),
        (anyio.to_thread.run_sync, 41, 2),
    ],
)
def test_threads_wait_for_one_another_where_there_are_not_enough(
    call: Any, count: int, seconds: int
) -> None:
    trace = run(in_thread(call, count), GET)
    assert trace.time == seconds
    assert rules(trace) == (["thread-pool-full"] if seconds > 1 else [])


def test_a_thread_does_not_block_the_other_connections() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/slow":
            await asyncio.to_thread(time.sleep, 3)
        await say_hi(scope, receive, send)

    trace = run(app, {"slow": [{"request": "GET /slow"}], "fast": [{"request": "GET /"}]})
    answered = {e.connection: e.t for e in trace.events if e.kind == "complete"}
    assert answered == {"slow": 3, "fast": 0}


def test_a_thread_has_a_clock_of_its_own_and_no_event_loop() -> None:
    seen: list[Any] = []

    def work() -> str:
        before = time.monotonic()
        time.sleep(2)
        seen.append(time.monotonic() - before)
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        return "done"

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(await asyncio.to_thread(work))
        await say_hi(scope, receive, send)

    run(app, GET)
    assert seen == [2, "done"]


def test_an_exception_in_a_thread_comes_back() -> None:
    def work() -> None:
        raise ValueError("boom")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.to_thread(work)

    assert run(app, GET).outcome.exception == "ValueError: boom"


ENDLESS = {
    "while": "    while True:\n        pass\n",
    "for": "    import itertools\n    for n in itertools.count():\n        pass\n",
    "comprehension": "    import itertools\n    x = [0 for n in itertools.count() if n < 0]\n",
    "caught": (
        "    while True:\n        try:\n            while True:\n                pass\n"
        "        except Exception:\n            pass\n"
    ),
}


@pytest.mark.parametrize("form", ENDLESS)
def test_a_loop_that_never_awaits_is_stopped_with_its_line(form: str) -> None:
    trace = run_source("async def app(scope, receive, send):\n" + ENDLESS[form], GET, "x.py")
    assert rules(trace) == ["app-over-budget"]
    assert trace.findings[0].values["limit"] == "loop"
    assert trace.findings[0].line in (2, 3, 4, 5)


def test_a_loop_that_never_ends_while_the_code_loads_is_stopped() -> None:
    trace = run_source("while True:\n    pass\n", GET, "x.py")
    assert rules(trace) == ["app-import"]


def test_a_long_loop_is_not_taken_for_an_endless_one() -> None:
    text = (
        "async def app(scope, receive, send):\n"
        "    total = sum(n for n in range(1000)) + len([n for n in range(300_000)])\n"
        "    await send({'type': 'http.response.start', 'status': 200})\n"
        "    await send({'type': 'http.response.body', 'body': b'%d' % total})\n"
    )
    assert run_source(text, GET, "x.py").outcome.body == b"799500"


def answer_of(source: str, client: Any = GET) -> Any:
    """Run the body of an app that has its imports; what it printed, and the trace."""
    imports = "import asyncio, queue, threading, time\nfrom concurrent import futures\n"
    head = imports + "async def app(scope, receive, send):\n"
    tail = (
        "\nawait send({'type': 'http.response.start', 'status': 200})"
        "\nawait send({'type': 'http.response.body'})"
    )
    body = "".join(f"    {line}\n" for line in (source + tail).split("\n"))
    trace = run_source(head + body, client, "x.py")
    printed = [e.message["text"] for e in trace.events if e.kind == "print"]
    return printed, trace


def test_a_pool_of_two_threads_takes_two_rounds_for_four_seconds_of_work() -> None:
    printed, trace = answer_of(
        "loop = asyncio.get_running_loop()\n"
        "with futures.ThreadPoolExecutor(2) as pool:\n"
        "    await asyncio.gather(*(loop.run_in_executor(pool, time.sleep, 1) for _ in range(4)))\n"
        "print(loop.time())"
    )
    assert (printed, rules(trace)) == (["2.0"], [])


def test_waiting_for_a_thread_on_the_event_loop_blocks_it() -> None:
    printed, trace = answer_of(
        "with futures.ThreadPoolExecutor() as pool:\n"
        "    works = [pool.submit(lambda n: (time.sleep(n), n)[1], n) for n in (3, 1)]\n"
        "    print([work.result() for work in futures.as_completed(works)], time.monotonic())"
    )
    assert printed == ["[1, 3] 3.0"]
    assert set(rules(trace)) == {"loop-blocked"}


def test_a_plain_thread_runs_beside_the_event_loop_and_can_be_joined() -> None:
    printed, trace = answer_of(
        "thread = threading.Thread(target=time.sleep, args=(2,))\n"
        "thread.start()\n"
        "print(thread.is_alive())\n"
        "await asyncio.sleep(3)\n"
        "thread.join()\n"
        "print(thread.is_alive(), time.monotonic())"
    )
    assert printed == ["True", "False 3.0"]
    assert rules(trace) == []


def test_a_wait_ends_with_what_a_thread_sets_or_at_its_time_limit() -> None:
    printed, _ = answer_of(
        "event = threading.Event()\n"
        "threading.Thread(target=event.set).start()\n"
        "print(event.wait(), queue.Queue().empty())\n"
        "try:\n"
        "    queue.Queue().get(timeout=2)\n"
        "except queue.Empty:\n"
        "    print(time.monotonic(), event.is_set())"
    )
    assert printed == ["True True", "2.0 True"]


def test_a_wait_that_nothing_can_end_is_named_and_does_not_hang() -> None:
    _, trace = answer_of("queue.Queue().get()")
    assert trace.outcome.exception.startswith("EndlessWait: waits for another thread")


def test_a_thread_that_waits_for_work_is_parked_and_harms_nobody() -> None:
    printed, trace = answer_of(
        "jobs = queue.Queue()\n"
        "thread = threading.Thread(target=jobs.get, daemon=True)\n"
        "thread.start()\n"
        "print(thread.is_alive())"
    )
    assert (printed, rules(trace)) == (["True"], [])


def test_a_thread_that_sleeps_for_ever_is_stopped() -> None:
    _, trace = answer_of("await asyncio.to_thread(lambda: [time.sleep(60) for _ in iter(int, 1)])")
    assert trace.findings[0].rule == "app-over-budget"
    assert trace.findings[0].values["limit"] == "seconds"


def test_threads_are_real_again_after_a_run() -> None:
    answer_of("threading.Thread(target=print).start()")
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(threading.get_ident()))
    thread.start()
    thread.join()
    assert seen != [threading.get_ident()]


def test_thread_sensitive_work_of_one_context_is_done_one_after_the_other() -> None:
    from asgiref.sync import ThreadSensitiveContext, sync_to_async

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async with ThreadSensitiveContext():
            await asyncio.gather(*(sync_to_async(time.sleep)(1) for _ in range(3)))
        await say_hi(scope, receive, send)

    trace = run(app, GET)
    assert (trace.time, rules(trace)) == (3, [])


USER: ContextVar[str] = ContextVar("user", default="nobody")


def in_new_thread(function: Any, *arguments: Any) -> Any:
    async def wait() -> Any:
        found: list[Any] = []
        thread = threading.Thread(target=lambda: found.append(function(*arguments)))
        thread.start()
        thread.join()
        return found[0]

    return wait()


@pytest.mark.parametrize(
    ("call", "seen"),
    [
        (asyncio.to_thread, "Ada"),
        (anyio.to_thread.run_sync, "Ada"),
        (in_default_executor, "nobody"),
        (in_new_thread, "nobody"),
    ],
)
@pytest.mark.parametrize("real", [False, True])
def test_context_variables_go_into_threads_as_they_do_and_never_come_back(
    call: Any, seen: str, real: bool
) -> None:
    """The same in the engine and on a real event loop with real threads."""
    found: list[str] = []

    def change() -> None:
        found.append(USER.get())
        USER.set("Bob")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        USER.set("Ada")
        await call(change)
        found.append(USER.get())
        await say_hi(scope, receive, send)

    async def ignore(*_: Any) -> None: ...

    if real:
        asyncio.run(app({"type": "http"}, ignore, ignore))
    else:
        run(app, GET)
    assert found == [seen, "Ada"]


@pytest.mark.parametrize(("abandon", "seconds"), [(False, 3.0), (True, 1.0)])
def test_anyio_waits_for_a_thread_that_it_may_not_abandon(abandon: bool, seconds: float) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        with anyio.move_on_after(1):
            await anyio.to_thread.run_sync(time.sleep, 3, abandon_on_cancel=abandon)
        found.append(asyncio.get_running_loop().time() - begin)
        await say_hi(scope, receive, send)

    found: list[float] = []
    begin = 0.0
    trace = run(app, GET)
    assert rules(trace) == []
    assert found == [seconds]


IMPORTING = """
import sys, time
import anyio.to_thread
from asgiscope import run
from tests.asgiscope.apps import GET, say_hi

async def app(scope, receive, send):
    if threads:
        await anyio.to_thread.run_sync(time.sleep, 3)
    await say_hi(scope, receive, send)

for threads in (False, True, True):
    print(run(app, GET).time, "anyio._backends._asyncio" in sys.modules)
"""


def test_anyio_imports_its_backend_when_the_app_asks_for_it_and_its_threads_are_virtual() -> None:
    command = [sys.executable, "-c", IMPORTING]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["0.0", "False", "3.0", "True", "3.0", "True"]


def test_anyios_own_import_is_back_after_a_run() -> None:
    own = sys.modules["anyio._core._eventloop"].__dict__["import_module"]
    run(say_hi, GET)
    assert sys.modules["anyio._core._eventloop"].__dict__["import_module"] is own
