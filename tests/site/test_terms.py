"""The pages speak one language each: the words of ``terms.yml``, and none that it rules out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from common.places import ROOT

TERMS: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "terms.yml").read_text("utf-8"))
CODE = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|\{[^}\n]*\}|^---\n.*?\n---\n", re.S | re.M)

NOT_RUNNING = ("|", "#", "- ", "<", "接下来")  # tables, headings, lists, the way on


def prose(path: Path) -> str:
    """A page's text without code, addresses and front matter, line for line."""
    return CODE.sub(lambda match: "\n" * match[0].count("\n"), path.read_text("utf-8"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_uses_a_word_that_the_terms_rule_out(language: str) -> None:
    found = []
    for path in sorted((ROOT / "docs" / language).rglob("*.md")):
        for number, line in enumerate(prose(path).split("\n"), 1):
            for name, term in TERMS.items():
                for word in term.get(f"not_{language}", []):
                    pattern = re.escape(word) if language == "zh" else rf"\b{re.escape(word)}\b"
                    if re.search(pattern, line, re.I):
                        where = f"{path.relative_to(ROOT)}:{number}"
                        found.append(f"{where}: write {term[language]!r}, not {word!r} ({name})")
    assert found == []


def test_every_term_has_both_languages_and_rules_out_other_words_only() -> None:
    for name, term in TERMS.items():
        assert {"zh", "en"} <= term.keys() <= {"zh", "en", "not_zh", "not_en", "note"}, name
        for language in ("zh", "en"):
            assert term[language] not in term.get(f"not_{language}", []), name


MOST_COLONS = 10  # of a thousand characters of running text


def test_chinese_sentences_are_joined_by_words_and_not_by_colons() -> None:
    """A colon before a list, a table or a demo is none of these: it ends its line."""
    for path in sorted((ROOT / "docs" / "zh").rglob("*.md")):
        lines = prose(path).split("\n")
        text = "\n".join(line for line in lines if not line.startswith(NOT_RUNNING))
        characters = len(re.findall(r"[\u4e00-\u9fff]", text))
        colons = len(re.findall(r"：(?=\S)", text))
        assert characters < 300 or 1000 * colons < MOST_COLONS * characters, (path.name, colons)
