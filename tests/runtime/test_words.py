"""The words of the page: every language has the same, and the scripts themselves speak none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from asgiscope.client.scripts import read_clients
from asgiscope.client.steps import ClientError
from asgiscope.texts import languages
from runtime.inside.lacks import WORDS
from runtime.meanings import spec_files
from tests.asgiscope.client.wrong_clients import WRONG_CLIENTS
from tests.runtime.test_outside_text import in_node


def fields(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


VALUE = re.compile("⟦.⟧")
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Two words and more that are no list of names: what English is like and code is not.
ENGLISH = re.compile(r"\b[A-Za-z]{2,} (is|are|was|the|a|to|of|in|no|not|has|this|that)\b")


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spec")
    for name, data in spec_files().items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def said(spec: Path) -> Any:
    return in_node(spec, "words_of.mjs")


def test_the_page_speaks_the_languages_of_the_engine(said: Any) -> None:
    assert set(said["words"]) == set(languages())


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_words_and_names_the_same_values(
    said: Any, language: str
) -> None:
    own, english = said["words"][language], said["words"]["en"]
    assert set(own) == set(english)
    assert len(english) > 200
    for key, sentence in english.items():
        named = set(VALUE.findall(own[key]))
        assert named == set(VALUE.findall(sentence)), key
        assert "undefined" not in own[key], key


@pytest.mark.parametrize("language", languages())
def test_what_python_lacks_is_told_alike_in_every_language(language: str) -> None:
    own, english = (WORDS[each].LACKS for each in (language, "en"))
    assert set(own) == set(english)
    for lack, parts in english.items():
        assert [fields(part) for part in own[lack]] == [fields(part) for part in parts], lack


def test_no_language_has_words_of_another(said: Any) -> None:
    names = {"keys", "figure.ts.language"}
    english = said["words"]["en"]
    assert {key for key, text in english.items() if CHINESE.search(text)} == set()
    chinese = said["words"]["zh"]
    same = {
        key for key, text in chinese.items() if VALUE.sub("", text) == VALUE.sub("", english[key])
    }
    assert {key for key in same - names if ENGLISH.search(chinese[key])} == set()


def test_the_scripts_themselves_speak_no_language(said: Any) -> None:
    told = said["scripts"]
    assert len(told) > 500
    assert [text for text in told if CHINESE.search(text)] == []
    assert [text for text in told if ENGLISH.search(text)] == []


@pytest.mark.parametrize("language", languages())
def test_the_page_tells_mistakes_as_the_engine_does(spec: Path, language: str) -> None:
    mistakes = []
    for client in WRONG_CLIENTS:
        with pytest.raises(ClientError) as caught:
            read_clients(client)
        mistakes.append(caught.value)
    data = [{"code": error.code, "values": dict(error.values)} for error in mistakes]
    told = in_node(spec, "tell_mistakes.mjs", [language, data])
    for error, text in zip(mistakes, told, strict=True):
        assert text.rstrip(".?") == error.told(language).rstrip(".?")
        assert re.search(r"[.?。？]$", text)
