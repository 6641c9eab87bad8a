"""What a run costs, in figures that are the same on every machine: calls, and bytes a message."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from asgiscope import Event, run
from asgiscope.trace.events import BLOCK, Events
from tests.asgiscope.speed_apps import APPS, CLIENTS, echo

# Python and C calls of one run, by version of Python and by what is run. They may only be lowered:
# a change that needs more has to say in its commit what it buys with them.
CALLS = {
    "3.11": {"get": [295, 215], "echo": [444, 368]},
    "3.12": {"get": [288, 223], "echo": [427, 365]},
    "3.13": {"get": [283, 213], "echo": [429, 365]},
}
BYTES_A_MESSAGE = 500  # of a conversation in which every message is another

COUNT = """
import gc, json, sys
from asgiscope import run
from tests.asgiscope.speed_apps import CLIENTS, APPS

def count(name):
    seen = {"call": 0, "c_call": 0}
    def note(frame, event, argument):
        if event in seen:
            seen[event] += 1
    run(APPS[name], CLIENTS[name])
    gc.disable()  # a run hears of collections
    sys.setprofile(note)
    try:
        run(APPS[name], CLIENTS[name])
    finally:
        sys.setprofile(None)
    return list(seen.values())

print(json.dumps({name: count(name) for name in APPS}))
"""
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def counted(project: Path) -> dict[str, list[int]]:
    """In a process of its own, so that nothing that a test has imported counts."""
    output = subprocess.check_output([sys.executable, "-c", COUNT], text=True, cwd=project)
    counts: dict[str, list[int]] = json.loads(output)
    return counts


@pytest.mark.skipif(VERSION not in CALLS, reason="the calls were not counted on this Python")
def test_a_run_makes_no_more_calls_than_it_did(project: Path) -> None:
    now = counted(project)
    told = "more calls than before; if they fell, lower the numbers in CALLS"
    assert now == CALLS[VERSION], f"[Python, C] calls are {now}: {told}"


def conversation(count: int) -> list[dict[str, Any]]:
    texts: list[dict[str, Any]] = [{"text": f"message {n:06}"} for n in range(count)]
    return [{"connect": "/"}, *texts, {"close": True}]


def test_a_long_conversation_takes_little_memory_a_message() -> None:
    client = conversation(4_000)
    run(echo, conversation(10))
    gc.collect()
    tracemalloc.start()
    try:
        trace = run(echo, client)
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(trace.outcome.received) == 4_000
    assert kept / 4_000 < BYTES_A_MESSAGE
    assert most / 4_000 < BYTES_A_MESSAGE * 1.5


def test_a_run_leaves_nothing_to_the_garbage_collector() -> None:
    # Python 3.11 is watched by a trace function where an app has a loop, and that holds itself
    names = list(APPS) if sys.version_info >= (3, 12) else ["get"]
    for name in names:
        app = APPS[name]
        run(app, CLIENTS[name])
        gc.collect()
        gc.disable()
        try:
            run(app, CLIENTS[name])
            assert gc.collect() == 0, name
        finally:
            gc.enable()


def test_events_are_the_same_packed_and_unpacked() -> None:
    about = ("client", "app", "server", "send", 7, "open")
    messages: list[Any] = [{"type": "a", "n": 1}, None, {}, {1: "one"}, [1], "text", {"n": True}]
    events = Events()
    numbers = [events.add(n / 2, messages[n % 7], about) for n in range(BLOCK + 40)]
    assert numbers == list(range(1, BLOCK + 41))
    expected = [
        Event(n, (n - 1) / 2, "client", "app", "server", "send", messages[(n - 1) % 7], 7, "open")
        for n in numbers
    ]
    assert list(events) == expected
    assert events == expected
    assert events[-1] == expected[-1]
    assert events[BLOCK - 2 : BLOCK + 2] == expected[BLOCK - 2 : BLOCK + 2]
    assert [type(event.message) for event in events] == [type(e.message) for e in expected]
    with pytest.raises(IndexError):
        events[BLOCK + 40]
