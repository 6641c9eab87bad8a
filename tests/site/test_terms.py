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
