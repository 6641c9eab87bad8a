"""A language is a folder of words: all have the same keys and name the same values, and a new one
is told wherever something is told.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from asgiscope import ClientError, Limits, explain, run, texts
from asgiscope.client.scripts import read_clients
from asgiscope.reference.specification import in_language, specification
from asgiscope.reference.state_diagrams import TABLES, state_diagram
from asgiscope.texts import languages, words
from asgiscope.trace.summary import CODE, labels, telling
from asgiscope.trace.text import as_text
from tests.asgiscope.client.wrong_clients import WRONG_CLIENTS
from tests.asgiscope.corpus import WRONG
from tests.asgiscope.servers.wrong_choices import CODES as OF_SERVERS
from tests.asgiscope.trace.test_summary import one_of_each

PARTS = ("cases", "client", "decoder", "events", "findings", "meanings", "statements", "states")
OWN = ("TYPES",)  # which types have words at all is each language's own affair
FILE = """
from asgiscope.texts.en import {part} as _english
from tests.asgiscope.texts.test_languages import marked
globals().update(marked(dict(vars(_english))))
"""
OPEN, CLOSE = "⟦⟧"
# A text is all in marks, or what stands between the marks has no letters; but for what is code.
LETTERS = re.compile(r"[^\W\d_]")


def marked(item: Any) -> Any:
    """The same words with a mark around each sentence."""
    if isinstance(item, str):
        return f"{OPEN}{item}{CLOSE}"
    if isinstance(item, dict):
        return {key: marked(value) for key, value in item.items() if not str(key).startswith("__")}
    return tuple(map(marked, item)) if isinstance(item, tuple) else item


def in_marks(text: str) -> bool:
    """Whether a text is one sentence in marks, whatever it has inside."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == OPEN) - (char == CLOSE)
        if depth == 0 and place < len(text) - 1:
            return False
    return bool(text) and depth == 0


@pytest.fixture
def marked_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """English with marks as a language of its own, in a folder like the others."""
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "__init__.py").touch()
    for part in PARTS:
        (folder / f"{part}.py").write_text(FILE.format(part=part), encoding="utf-8")
    monkeypatch.setattr(texts, "__path__", [*texts.__path__, str(tmp_path)])
    languages.cache_clear()
    yield "xx"
    languages.cache_clear()


def tables(module: ModuleType) -> dict[str, Any]:
    return {name: item for name, item in vars(module).items() if name.isupper()}


def shape(item: Any) -> Any:
    """What has to be alike: keys, how many sentences, and the values that a sentence names."""
    if isinstance(item, dict):
        return {key: shape(value) for key, value in item.items()}
    if isinstance(item, tuple):
        return [shape(value) for value in item]
    return {name.rstrip("!") for _, name, _, _ in string.Formatter().parse(item) if name}


def test_every_folder_has_the_same_files() -> None:
    for language in languages():
        folder = Path(str(texts.__path__[0])) / language
        assert {file.stem for file in folder.glob("*.py")} == {"__init__", *PARTS}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_keys_and_names_the_same_values(
    language: str, part: str
) -> None:
    own, english = (tables(words(each, part)) for each in (language, "en"))
    assert set(own) == set(english)
    for name in set(english) - set(OWN):
        if part in ("findings", "cases") and name in ("TEXTS", "CASES"):
            told = {key: set().union(*shape(parts)) for key, parts in own[name].items()}
            assert told == {key: set().union(*shape(parts)) for key, parts in english[name].items()}
        elif part not in ("meanings", "statements"):
            assert shape(own[name]) == shape(english[name]), name


def test_what_is_not_a_language_is_named_with_those_that_are() -> None:
    with pytest.raises(KeyError, match=r"no words in 'xx'; known: zh, en"):
        words("xx", "events")


def test_findings_are_told_in_a_new_language(marked_language: str) -> None:
    for case in WRONG:
        trace = run(case.app, case.client, limits=Limits(turns=2_000, seconds=3_600, events=60))
        for finding in trace.findings:
            assert all(map(in_marks, explain(finding, marked_language))), finding


def test_events_are_told_in_a_new_language(marked_language: str) -> None:
    for kind, trace in one_of_each().items():
        event = next(event for event in trace.events if telling(event) == kind)
        told = labels(trace)[marked_language][event.n - 1]
        assert (OPEN in told) == (kind not in CODE), told
        assert told.startswith(OPEN) or kind in CODE


def test_text_for_a_terminal_is_told_in_a_new_language(marked_language: str) -> None:
    for trace in one_of_each().values():
        lines = as_text(trace, marked_language, full=False).splitlines()
        assert all(map(in_marks, lines[0].split()))
        for line in lines[lines.index("") + 1 :]:
            # the address of a rule, a header, and after the client's name what it got
            told = line.strip().removeprefix("client: ").removeprefix("lifespan: ")
            is_code = re.match(r"https://|[\w-]+: |[✗!·] |\d{3} |— b|\w+: |$", told)
            assert is_code or in_marks(told), line


@pytest.mark.parametrize("client", WRONG_CLIENTS, ids=str)
def test_mistakes_of_a_client_are_told_in_a_new_language(client: Any, marked_language: str) -> None:
    with pytest.raises(ClientError) as caught:
        read_clients(client)
    assert in_marks(caught.value.told(marked_language))
    assert caught.value.told("en") == caught.value.text


def test_every_mistake_is_made_by_some_wrong_client() -> None:
    made = set()
    for client in WRONG_CLIENTS:
        with pytest.raises(ClientError) as caught:
            read_clients(client)
        made.add(caught.value.code)
    assert made | OF_SERVERS == set(words("en", "client").MISTAKES)


def test_the_specification_is_told_in_a_new_language(marked_language: str) -> None:
    told = in_language(specification(), marked_language)
    for message in told["messages"].values():
        assert in_marks(message["meaning"])
        assert all(in_marks(key["meaning"]) for key in message["keys"])
    assert all(in_marks(statement["text"]) for statement in told["statements"])
    assert all(
        in_marks(name) for machine in told["states"].values() for name in machine["names"].values()
    )
    for protocol in TABLES:
        assert OPEN in state_diagram(protocol, marked_language)
