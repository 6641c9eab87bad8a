"""reference_tables.py: the cheat sheet says what the engine's tables say."""

from __future__ import annotations

import pytest

from asgiscope.reference.specification import in_language, specification
from asgiscope.spec.messages import MESSAGES
from asgiscope.spec.scopes import SCOPES
from site_plugin import reference_tables

DATA = in_language(specification(), "en")


def cells(table: str) -> dict[str, list[str]]:
    """The cells of each row after its first, which names it; a type may have a "|" in it."""
    rows = [line.strip("| ").split(" | ") for line in table.split("\n")[2:]]
    return {first.strip("`"): rest for first, *rest in rows}


def test_a_scope_has_a_column_and_a_missing_key_its_meaning() -> None:
    told = cells(reference_tables.scopes(DATA, "http websocket lifespan", "en"))
    assert told["method"] == ["`str`", "required", "—", "—"]
    assert told["scheme"] == ["`str`", '`"http"`', '`"ws"`', "—"]
    assert told["state"][-1] == "`None`"
    keys = {key.name for scope in SCOPES.values() for key in scope.keys}
    assert told.keys() == keys - {"type", "asgi"}
    assert reference_tables.scopes(DATA, "http grpc", "en") == ""


@pytest.mark.parametrize("protocol", ["http", "websocket", "lifespan"])
def test_messages_are_those_that_need_no_extension(protocol: str) -> None:
    told = cells(reference_tables.messages(DATA, protocol, "en"))
    assert list(told) == [
        message.type
        for message in MESSAGES.values()
        if message.protocol == protocol and not message.extension
    ]
    assert reference_tables.messages(DATA, "grpc", "en") == ""


def test_a_key_stands_with_its_default_and_without_one_when_it_is_required() -> None:
    told = cells(reference_tables.messages(DATA, "http", "en"))
    assert told["http.response.start"][1] == "`status`, `headers=[]`, `trailers=False`"
    assert told["http.disconnect"][1] == "—"


def test_states_are_those_that_are_reached_without_an_extension() -> None:
    table = reference_tables.states(DATA, "http", "en")
    assert len(table.split("\n")) == 2 + 3
    assert "trailers" not in table
    assert "debug" not in table
    assert reference_tables.states(DATA, "grpc", "en") == ""
