"""Apps whose mistake is in how they run: exceptions, waiting, blocking, forgotten awaits."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import Any

from .cases import ACCEPT, BODY, CONNECT, END, GET, MORE, START, Case


async def raises(scope: Any, receive: Any, send: Any) -> None:
    raise ValueError("boom")


async def raises_after_start(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    raise ValueError("boom")


async def raises_in_the_middle(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    await send(MORE)
    raise KeyError("name")


async def raises_after_the_end(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    await send(BODY)
    raise ValueError("boom")


async def raises_in_a_task(scope: Any, receive: Any, send: Any) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(raises(scope, receive, send))


async def exits(scope: Any, receive: Any, send: Any) -> None:
    raise SystemExit(3)


async def cancels_itself(scope: Any, receive: Any, send: Any) -> None:
    async with asyncio.timeout(1):
        await asyncio.sleep(5)


async def takes_a_missing_key(scope: Any, receive: Any, send: Any) -> None:
    await send({**START, "status": scope["status"]})


async def raises_on_a_websocket(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(ACCEPT)
    raise ValueError("boom")


async def raises_in_a_handshake(scope: Any, receive: Any, send: Any) -> None:
    raise ValueError("boom")


async def returns_early(scope: Any, receive: Any, send: Any) -> None:
    if scope["method"] == "GET":
        return
    await send(START)


async def waits_for_an_event(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.Event().wait()


async def waits_for_a_queue(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    await asyncio.Queue().get()


async def waits_for_its_own_lock(scope: Any, receive: Any, send: Any) -> None:
    lock = asyncio.Lock()
    async with lock, lock:
        await send(START)


async def waits_on_a_websocket(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(ACCEPT)
    await asyncio.Event().wait()


async def reads_twice(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    message = await receive()
    if message["type"] == "http.request":
        await send(START)


async def reads_for_ever(scope: Any, receive: Any, send: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def reads_again_after_the_start(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(START)
    if (await receive())["type"] == "http.request":
        await send(END)


async def forgets_to_await_send(scope: Any, receive: Any, send: Any) -> None:
    send(START)
    send(BODY)


async def forgets_one_await(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    send(BODY)


async def forgets_to_await_receive(scope: Any, receive: Any, send: Any) -> None:
    receive()
    await send(START)
    await send(BODY)


async def blocks(scope: Any, receive: Any, send: Any) -> None:
    time.sleep(1)
    await send(START)
    await send(BODY)


async def blocks_in_a_stream(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    for _ in range(2):
        await send(MORE)
        time.sleep(0.5)
    await send(END)


def helper_that_blocks() -> None:
    time.sleep(2)


async def blocks_in_a_helper(scope: Any, receive: Any, send: Any) -> None:
    helper_that_blocks()
    await send(START)
    await send(BODY)


async def never_gives_up(scope: Any, receive: Any, send: Any) -> None:
    while True:
        await asyncio.sleep(10)


async def ignores_that_nobody_listens(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    while True:
        with contextlib.suppress(OSError):
            await send(MORE)
        await asyncio.sleep(30)


async def spins(scope: Any, receive: Any, send: Any) -> None:
    while True:
        await asyncio.sleep(0)


async def loops_without_awaiting(scope: Any, receive: Any, send: Any) -> None:
    while True:
        pass


async def awaits_what_it_has_cancelled(scope: Any, receive: Any, send: Any) -> None:
    task = asyncio.create_task(asyncio.sleep(10))
    task.cancel()
    await task
    await send(START)


async def cancels_itself_outright(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
    await asyncio.sleep(1)


async def swallows_and_answers_500(scope: Any, receive: Any, send: Any) -> None:
    try:
        raise KeyError("name")
    except KeyError:
        logging.getLogger("app").exception("the endpoint failed")
    await send({**START, "status": 500})
    await send(END)


async def forgets_a_task_that_fails(scope: Any, receive: Any, send: Any) -> None:
    asyncio.create_task(raises(scope, receive, send))  # noqa: RUF006
    await asyncio.sleep(0)
    await send(START)
    await send(BODY)


async def schedules_a_callback_that_fails(scope: Any, receive: Any, send: Any) -> None:
    known: dict[str, str] = {}
    asyncio.get_running_loop().call_soon(lambda: known["name"])
    await asyncio.sleep(0)
    await send(START)
    await send(BODY)


async def forgets_to_await_a_coroutine(scope: Any, receive: Any, send: Any) -> None:
    asyncio.sleep(1)  # type: ignore[unused-coroutine]
    await send(START)
    await send(BODY)


RUNS: list[tuple[str, str, Any, Any]] = [
    ("raises", "app-raised", raises, GET),
    ("raises after the start", "app-raised", raises_after_start, GET),
    ("raises in the middle", "app-raised", raises_in_the_middle, GET),
    ("raises after the end", "app-raised", raises_after_the_end, GET),
    ("raises in a task", "app-raised", raises_in_a_task, GET),
    ("exits", "app-raised", exits, GET),
    ("runs into its own time-out", "app-raised", cancels_itself, GET),
    ("takes a key that is missing", "app-raised", takes_a_missing_key, GET),
    ("raises on a websocket", "app-raised", raises_on_a_websocket, CONNECT),
    ("raises in a handshake", "app-raised", raises_in_a_handshake, CONNECT),
    ("returns early", "http-no-response", returns_early, GET),
    ("waits for an event", "app-stuck", waits_for_an_event, GET),
    ("waits for a queue", "app-stuck", waits_for_a_queue, GET),
    ("waits for its own lock", "app-stuck", waits_for_its_own_lock, GET),
    ("waits on a websocket", "app-stuck", waits_on_a_websocket, CONNECT),
    ("reads the body twice", "http-no-response", reads_twice, GET),
    ("reads for ever", "http-no-response", reads_for_ever, GET),
    ("reads again after the start", "http-response-unfinished", reads_again_after_the_start, GET),
    ("forgets to await send", "send-not-awaited", forgets_to_await_send, GET),
    ("forgets one await", "send-not-awaited", forgets_one_await, GET),
    ("forgets to await receive", "receive-not-awaited", forgets_to_await_receive, GET),
    ("awaits what it has cancelled", "app-cancelled", awaits_what_it_has_cancelled, GET),
    ("cancels itself outright", "app-cancelled", cancels_itself_outright, GET),
    ("swallows and answers 500", "app-exception-answered", swallows_and_answers_500, GET),
    ("forgets a task that fails", "app-exception-unseen", forgets_a_task_that_fails, GET),
    (
        "schedules a callback that fails",
        "app-exception-unseen",
        schedules_a_callback_that_fails,
        GET,
    ),
    (
        "forgets to await a coroutine",
        "app-coroutine-not-awaited",
        forgets_to_await_a_coroutine,
        GET,
    ),
    ("blocks", "loop-blocked", blocks, GET),
    ("blocks in a stream", "loop-blocked", blocks_in_a_stream, GET),
    ("blocks in a helper", "loop-blocked", blocks_in_a_helper, GET),
    ("never gives up", "app-over-budget", never_gives_up, GET),
    ("ignores that nobody listens", "app-over-budget", ignores_that_nobody_listens, GET),
    ("spins", "app-over-budget", spins, GET),
    ("loops without awaiting", "app-over-budget", loops_without_awaiting, GET),
]

WRONG_RUNS = [Case(f"run: {name}", rule, app, client) for name, rule, app, client in RUNS]
