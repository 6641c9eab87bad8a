"""What is behind an exception is named, with its lines, in the finding, the text and the event."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from asgiscope import explain, run
from asgiscope.trace.mermaid import as_mermaid
from asgiscope.trace.text import as_text
from asgiscope.trace.trace import Trace
from tests.asgiscope.apps import GET


def line_with(text: str) -> int:
    """The only line of this file that ends with a mark."""
    source = Path(__file__).read_text("utf-8").splitlines()
    lines = [number for number, line in enumerate(source, 1) if line.rstrip().endswith(text)]
    assert len(lines) == 1
    return lines[0]


def find_user() -> None:
    {}["ada"]  # type: ignore[index]  # the key


async def raises_from_another(scope: Any, receive: Any, send: Any) -> None:
    try:
        find_user()
    except KeyError as error:
        raise RuntimeError("no such user") from error  # the wrapping


async def raises_while_handling(scope: Any, receive: Any, send: Any) -> None:
    try:
        find_user()
    except KeyError:
        raise RuntimeError("no log")  # noqa: B904  # the handler


async def raises_from_nothing(scope: Any, receive: Any, send: Any) -> None:
    try:
        find_user()
    except KeyError:
        raise RuntimeError("hidden") from None


async def fails(text: str) -> None:
    await asyncio.sleep(0)
    raise ValueError(text)  # the member


async def raises_in_groups(scope: Any, receive: Any, send: Any) -> None:
    async with asyncio.TaskGroup() as outer, asyncio.TaskGroup() as inner:
        inner.create_task(fails("one"))
        inner.create_task(fails("two"))
        outer.create_task(asyncio.sleep(1))


def causes(trace: Trace) -> list[tuple[str, str, int | None]]:
    found = trace.findings[0].values["causes"]
    return [(cause["how"], cause["exception"], cause.get("line")) for cause in found]


def test_the_cause_is_named_with_its_line_which_is_that_of_the_finding() -> None:
    trace = run(raises_from_another, GET)
    assert causes(trace) == [("cause", "KeyError: 'ada'", line_with("# the key"))]
    assert trace.findings[0].line == line_with("# the key")
    assert trace.findings[0].values["own_line"] == line_with("# the wrapping")
    assert trace.outcome.exception == "RuntimeError: no such user"


def test_what_was_being_handled_is_named_and_the_line_stays_that_of_the_exception() -> None:
    trace = run(raises_while_handling, GET)
    assert causes(trace) == [("context", "KeyError: 'ada'", line_with("# the key"))]
    assert trace.findings[0].line == line_with("# the handler")


def test_what_was_hidden_on_purpose_is_not_named() -> None:
    assert "causes" not in run(raises_from_nothing, GET).findings[0].values


def test_every_member_of_nested_groups_is_named_with_its_line() -> None:
    trace = run(raises_in_groups, GET)
    line = line_with("# the member")
    assert causes(trace) == [("member", f"ValueError: {text}", line) for text in ("one", "two")]
    assert trace.findings[0].line == line


@pytest.mark.parametrize("language", ["en", "zh"])
def test_texts_and_figures_name_the_causes(language: str) -> None:
    trace = run(raises_from_another, GET)
    said = explain(trace.findings[0], language)
    for where in (said.text, as_text(trace, language)):
        assert "KeyError: 'ada'" in where
        assert str(line_with("# the key")) in where
        assert str(line_with("# the wrapping")) in where
    assert "KeyError: 'ada'" in as_mermaid(trace)
    event = next(event for event in trace.events if event.kind == "raise")
    assert event.message["causes"][0]["exception"] == "KeyError: 'ada'"


def test_a_circle_of_causes_and_a_crowd_of_members_come_to_an_end() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        first, second = ValueError("first"), ValueError("second")
        first.__cause__, second.__cause__ = second, first
        raise ExceptionGroup("many", [first, *(ValueError(str(n)) for n in range(1000))])

    found = causes(run(app, GET))
    assert found[0][1:] == ("ValueError: second", None)
    assert len(found) == 8


def test_an_exception_that_cannot_say_what_it_is_has_its_type_told() -> None:
    class Broken(Exception):
        def __str__(self) -> str:
            raise RuntimeError("no words")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise Broken

    trace = run(app, GET)
    assert trace.broken_rules() == ["app-raised"]
    assert trace.outcome.exception == "Broken"


def test_an_exception_that_is_no_exception_to_except_does_not_come_out_of_run() -> None:
    class Stop(BaseException):
        pass

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise Stop("now")

    assert run(app, GET).outcome.exception == "Stop: now"
