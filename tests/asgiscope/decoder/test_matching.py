"""The error decoder finds in a text what it should, and never fails."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from asgiscope.decoder.entries import decoder, entries
from asgiscope.decoder.matching import LIMIT, SHOWN, VARIABLE, Decoder

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("cases.yml").read_text("utf-8")
)
STRANGE = ("\n", "\x1b[31m", "‹›", "<b>", "&lt;", "\\n", "\u202e", "\ud800", "KeyError: ", "(", "*")


def text_of(case: dict[str, Any]) -> str:
    return case["text"] * case.get("times", 1) + case.get("then", "") * case.get("then_times", 1)


@pytest.mark.parametrize("case", CASES, ids=[case["say"] for case in CASES])
def test_a_text_is_answered_as_the_table_says(case: dict[str, Any]) -> None:
    answer = decoder().explain(text_of(case))
    found = [hit.entry for hit in answer.hits]
    assert answer.exact is ("known" in case)
    assert found == case.get("known", case.get("near", []))


@pytest.mark.parametrize("name", entries())
def test_every_message_finds_itself(name: str) -> None:
    message = VARIABLE.sub(lambda variable: variable[0][1:-1] or "x", entries()[name]["message"])
    answer = decoder().explain(message)
    assert answer.exact
    assert name in [hit.entry for hit in answer.hits], message


@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from(STRANGE))))
def test_any_text_gets_an_answer(parts: list[str]) -> None:
    answer = decoder().explain("".join(parts))
    assert len(answer.hits) <= SHOWN


def test_the_hits_name_their_lines_and_the_words_in_common() -> None:
    known = decoder().explain("one\nERROR:  Exception in ASGI application\n")
    assert known.hits[0].line == "ERROR: Exception in ASGI application"
    near = decoder().explain("unhandled errors in a TaskGroup")
    assert near.hits[0].words == ("unhandled", "errors", "in", "taskgroup")


def test_only_the_end_of_a_long_text_is_read() -> None:
    last = "RuntimeError: Stream consumed"
    assert decoder().explain("x" * LIMIT + "\n" + last).exact
    assert not decoder().explain(last + "\n" + "x" * LIMIT).exact


def test_a_message_of_pieces_in_the_wrong_order_is_not_found() -> None:
    one = Decoder({"pair": ("Expected ‹a›, but got ‹b›.", "exception")})
    assert one.explain("Expected x, but got y.").exact
    assert not one.explain(", but got Expected .").exact


def test_a_large_log_is_answered_in_seconds() -> None:
    numbers = random.Random(1)
    lines = [f"RuntimeError: got '{numbers.random()}' but" for _ in range(LIMIT // 30)]
    assert not decoder().explain("\n".join(lines)).exact
