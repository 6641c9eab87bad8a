"""Every event is told in the same words in a terminal, a diagram, a page and a figure."""

from __future__ import annotations

import json
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from asgiscope import Event, Limits, Trace, play, run
from asgiscope.texts import languages, words
from asgiscope.trace.mermaid import as_mermaid
from asgiscope.trace.summary import ARROW, CODE, labels, summary, telling, value
from asgiscope.trace.text import as_text
from asgiscope.trace.values import Opaque
from tests.asgiscope.apps import GET, say_hi
from tests.asgiscope.corpus import VALID, WRONG
from tests.asgiscope.servers.wire import on_the_wire

LIMITS = Limits(turns=2_000, seconds=3_600, events=60)
ENGLISH = words("en", "events").LABELS
# What Mermaid would read as its own.
ENTITIES = {"#35;": "#", "#59;": ";", "#lt;": "<", "#gt;": ">", "#92;": "\\"}


async def loud(scope: Any, receive: Any, send: Any) -> None:
    print("to all")
    print("to whom it concerns", file=sys.stderr)
    warnings.warn("old", stacklevel=1)
    await say_hi(scope, receive, send)


@cache
def one_of_each() -> dict[str, Trace[Any]]:
    """For each way in which an event is told, a trace that has one."""
    found: dict[str, Trace[Any]] = {}
    with pytest.warns(UserWarning, match="old"):
        traces = [run(loud, GET)]
    traces += [run(case.app, case.client, limits=LIMITS) for case in [*WRONG, *VALID]]
    traces += on_the_wire()
    for trace in traces:
        for event in trace.events:
            found.setdefault(telling(event), trace)
    return found


KINDS = [*CODE, *ENGLISH]


def test_every_kind_of_event_that_is_recorded_has_its_words() -> None:
    assert set(one_of_each()) == set(KINDS)
    assert not set(CODE) & set(ENGLISH)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", languages())
def test_text_diagram_and_figure_agree(kind: str, language: str) -> None:
    trace = one_of_each()[kind]
    event = next(event for event in trace.events if telling(event) == kind)
    said = summary(event, language)
    assert said.isprintable()
    assert said
    assert said in as_text(trace, language)
    drawn = as_mermaid(trace)
    for entity, character in ENTITIES.items():
        drawn = drawn.replace(entity, character)
    assert summary(event, "en") in drawn
    written = labels(trace)[language][event.n - 1]
    assert written == said or len(said) > ARROW.value  # only what is long is cut
    assert len(written) <= ARROW.whole


def test_a_run_sends_the_label_of_every_event_in_every_language() -> None:
    path = Path(__file__).resolve().parents[2] / "browser" / "apps" / "say_hello.py"
    answer = json.loads(play(path.read_text("utf-8"), GET, "say_hello.py"))
    assert set(answer["labels"]) == set(languages())
    for told in answer["labels"].values():
        assert len(told) == len(answer["trace"]["events"])
    assert answer["labels"]["en"][0] == "GET /"


@pytest.mark.parametrize(
    ("item", "written"),
    [
        ("hello", '"hello"'),
        ("it's", '"it\'s"'),
        ('say "hi"', r'"say \"hi\""'),
        ("it's \"so\" \\ '", r'''"it's \"so\" \\ '"'''),
        (b"\x00\xff", r'b"\x00\xff"'),
        (b"it's", 'b"it\'s"'),
        ("a\u202eb\n", r'"a\u202eb\n"'),
        ("中文", '"中文"'),
        ("x" * 50, f'"{"x" * 20}…'),
        (None, "None"),
        (1.5, "1.5"),
        (["a" * 30], "[… 1]"),
        ({"a": "b" * 30}, "{…}"),
        (Opaque("Path"), "<Path>"),
    ],
)
def test_a_value_is_python_with_double_quotes(item: Any, written: str) -> None:
    assert value(item, 22) == written


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ({"type": "http.response.start", "status": 200, "headers": []}, "http.response.start 200"),
        (
            {"type": "http.response.body", "body": b"Hi", "more_body": True},
            'http.response.body b"Hi" …',
        ),
        ({"type": "websocket.receive", "bytes": None, "text": "x"}, 'websocket.receive "x"'),
        (
            {"type": "websocket.close", "code": 1000, "reason": "bye"},
            'websocket.close code=1000 reason="bye"',
        ),
        ({"type": "http.response.start", "status": 200, "trailers": True},
         "http.response.start 200 trailers=True"),
        ({}, "?"),
    ],
)  # fmt: skip
def test_a_message_is_told_by_what_says_most(message: dict[str, Any], written: str) -> None:
    assert summary(Event(1, 0.0, "client", "app", "server", "send", message)) == written
