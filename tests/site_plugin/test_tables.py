"""kinds/table.py: one file of facts, a table in each language, and plain words about mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from common.places import ROOT
from site_plugin.kinds.table import TABLES, TableError, as_markdown, read_table

SHOWN = r"^```(?:table|servers)\n(.+)\n```$"
GOOD = "columns: [WSGI, {zh: 注意, en: Note}]\nrows:\n  - ['`a | b`', {zh: 甲, en: one}]\n"


def test_a_cell_is_in_the_pages_language_or_the_same_in_both() -> None:
    assert read_table(GOOD, "x.yml", "zh") == [["WSGI", "注意"], ["`a \\| b`", "甲"]]
    rows = read_table(GOOD, "x.yml", "en")
    assert as_markdown(rows)[1:4] == ["| WSGI | Note |", "| --- | --- |", "| `a \\| b` | one |"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("columns: [", r":\d: this is not YAML"),
        ("- a", "write 'columns: "),
        ("columns: [A]\nrows: []\nnote: b", "nothing else"),
        ("columns: [A, B]\nrows:\n  - [a, b]\n  - [a]", "row 2 needs 2 cells"),
        ("columns: [A]\nrows:\n  - a", "row 1 needs 1 cells"),
        (
            "columns: [A]\nrows:\n  - [{zh: 甲}]",
            "row 1: a cell in several languages has 'zh' and 'en'",
        ),
        ("columns: [A]\nrows:\n  - [1000]", "row 1: a cell is one line of text"),
        ('columns: [A]\nrows:\n  - ["a\\nb"]', "row 1: a cell is one line of text"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_row(text: str, told: str) -> None:
    with pytest.raises(TableError, match=rf"^data/tables/x\.yml.*{told}"):
        read_table(text, "x.yml", "en")


def test_every_table_is_shown_in_both_languages() -> None:
    shown = {
        language: {
            name
            for page in (ROOT / "docs" / language).rglob("*.md")
            for name in re.findall(
                r"^```(?:table|servers)\n(.+)\n```$", page.read_text("utf-8"), re.M
            )
        }
        for language in ("zh", "en")
    }
    assert shown["zh"] == shown["en"] == {path.stem for path in Path(TABLES).glob("*.yml")}
