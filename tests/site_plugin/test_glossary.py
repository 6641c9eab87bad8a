"""The glossary has one source for both languages; a wrong entry fails the build, and says where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from common.places import ROOT
from site_plugin.fences import FenceError, Place, scan
from site_plugin.kinds.glossary import Glossary, read
from site_plugin.registry import Context
from tests.site.conftest import LANGUAGES

GROUPS: dict[str, dict[str, Any]] = yaml.safe_load(
    (ROOT / "data" / "glossary.yml").read_text("utf-8")
)
TERMS = yaml.safe_load((ROOT / "terms.yml").read_text("utf-8"))
KEYS = [key for group in GROUPS.values() for key in group]


def glossary(language: str = "en") -> Glossary:
    return Glossary(language, ROOT / "docs" / language, "look-up")


def render(group: str, language: str = "en", made: Glossary | None = None) -> list[str]:
    (fence,) = scan(f"```glossary\n{group}\n```\n")
    at = Context(fence, Place("docs/en/look-up/glossary.md", 9), language)
    return (made or glossary(language)).render(read(fence, at.place), at)


def test_every_entry_has_a_meaning_in_both_languages_and_a_chapter() -> None:
    for group in GROUPS.values():
        for key, entry in group.items():
            assert {"zh", "en", "see"} <= entry.keys() <= {"zh", "en", "see", "code"}, key
            assert entry["zh"].endswith("。"), key
            assert entry["en"].endswith("."), key
    assert len(KEYS) == len(set(KEYS))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_meaning_uses_a_word_that_the_terms_rule_out(language: str) -> None:
    text = "\n".join(entry[language] for group in GROUPS.values() for entry in group.values())
    for term in TERMS.values():
        for word in term.get(f"not_{language}", []):
            pattern = re.escape(word) if language == "zh" else rf"\b{re.escape(word)}\b"
            assert not re.search(pattern, text, re.I), word


def test_a_row_has_both_names_the_meaning_and_the_chapter() -> None:
    (row,) = (row for row in render("flow") if "term-back-pressure" in row)
    chinese = '<span lang="zh-Hans" data-search-exclude>背压</span>'
    assert row.startswith(f"| **back pressure**{{ #term-back-pressure }} | {chinese} | The slow ")
    assert row.endswith("See [Back pressure](../understand/back-pressure.md#chain). |")
    (row,) = (row for row in render("concurrency", "zh") if "term-await" in row)
    assert row.startswith('| **等待**{ #term-await } | <span lang="en">`await`</span> | ')


def test_the_index_is_by_the_english_letter_in_both_languages() -> None:
    chinese, english = render("index", "zh"), render("index", "en")
    assert [line[:5] for line in chinese] == [line[:5] for line in english]
    assert [line[4] for line in english] == sorted(line[4] for line in english)
    assert '[<span lang="en">back pressure</span> 背压](#term-back-pressure)' in chinese[1]
    assert "[ASGI](#term-asgi)" in chinese[0]


def test_an_unknown_group_is_named_with_its_line() -> None:
    with pytest.raises(FenceError) as caught:
        render("htpp")
    assert str(caught.value).startswith("docs/en/look-up/glossary.md:10: ")
    assert "no group 'htpp'; known: index, boundary" in str(caught.value)


@pytest.mark.parametrize(
    ("key", "see", "words"),
    [("nonsense", "learn/scope.md#path", "terms.yml"), ("path", "learn/x.md", "no such page")],
)
def test_a_wrong_entry_is_named(key: str, see: str, words: str) -> None:
    made = glossary()
    made.groups = {"one": {key: {"zh": "。", "en": ".", "see": see}}}
    with pytest.raises(FenceError, match=words) as caught:
        render("one", made=made)
    assert repr(key) in str(caught.value)


def test_every_term_stands_on_the_built_page_with_its_anchor(built_site: Path) -> None:
    for root in LANGUAGES.values():
        path = built_site / root.strip("/") / "look-up" / "glossary" / "index.html"
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        anchors = [str(tag["id"]) for tag in page.select("td strong[id]")]
        assert sorted(anchors) == sorted(f"term-{key.replace('_', '-')}" for key in KEYS)
