"""The error decoder says what the pinned servers and frameworks say, word for word.

Every entry of ``data/errors/`` is provoked for real by a function of its own in
``tests/snippets/errors/``, and compared with what was said then, where, and by whom.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_plugin.error_data import Entry, groups, load
from site_plugin.kinds.errors import VARIABLE
from tests.snippets.errors.saying import LISTENING, PROVOKERS
from tests.snippets.errors.servers import close_all

MODULES = [path.stem for path in (Path(__file__).parent / "errors").glob("*.py")]
ENTRIES: dict[str, Entry] = {entry.name: entry for group in groups() for entry in load(group)}

for module in MODULES:
    importlib.import_module(f"tests.snippets.errors.{module}")


@pytest.fixture(scope="module")
def servers(loopback: None) -> Iterator[None]:
    """The shared servers are started when they are asked for, and stopped at the end."""
    yield
    close_all()


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def pattern_of(message: str) -> re.Pattern[str]:
    """The message, with anything where it has ‹something›."""
    fixed = VARIABLE.split(in_one_line(message))[::2]
    return re.compile(".*".join(re.escape(part) for part in fixed))


@pytest.mark.parametrize("name", [name for name in ENTRIES if name not in LISTENING])
def test_the_message_is_what_is_really_said(name: str) -> None:
    check(ENTRIES[name])


@pytest.mark.xdist_group("error-messages")
@pytest.mark.usefixtures("servers")
@pytest.mark.parametrize("name", [name for name in ENTRIES if name in LISTENING])
def test_the_message_of_a_server_or_its_client_is_what_is_really_said(name: str) -> None:
    check(ENTRIES[name])


def check(entry: Entry) -> None:
    assert entry.name in PROVOKERS, f"{entry.at}: nothing in tests/snippets/errors/ provokes it"
    said = list(PROVOKERS[entry.name]())
    pattern = pattern_of(entry.message)
    matching = [one for one in said if pattern.fullmatch(in_one_line(one.text))]
    heard = "\n".join(f"{one.where}: {one.text}" for one in said)
    assert matching, f"{entry.at}: nobody says\n{entry.message}\nbut\n{heard}"
    there = [one for one in matching if one.where == entry.where]
    assert there, f"{entry.at}: it is said in {[one.where for one in matching]}"
    assert any(entry.who in one.who for one in there), f"{entry.at}: {[one.who for one in there]}"


def test_every_provoker_has_an_entry() -> None:
    assert PROVOKERS.keys() - ENTRIES.keys() == set()


def test_no_two_entries_share_an_id() -> None:
    assert len(ENTRIES) == sum(len(load(group)) for group in groups())


def test_what_is_fixed_in_a_message_is_more_than_what_is_not() -> None:
    """Else a pattern would match anything."""
    for entry in ENTRIES.values():
        assert len(VARIABLE.sub("", entry.message)) >= 12, entry.at
