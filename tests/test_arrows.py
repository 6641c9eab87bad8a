"""Which folder of code may import which: one way, so that each is read without those above it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

# What each folder may import, of those that stand before it in this table.
ARROWS: dict[str, set[str]] = {
    "asgiscope": set(),  # a library of its own
    "common": set(),
    "snippets": {"asgiscope"},  # one page shows how to test with it
    "drawing": set(),  # arithmetic on what it is given
    "runtime": {"asgiscope", "common"},
    "site_plugin": {"asgiscope", "common", "drawing", "runtime"},
    "book": {"common"},  # reads the built site
    "offline": {"common", "runtime", "site_plugin"},  # the same policy in other words
    "scripts": {
        *("asgiscope", "common", "snippets", "drawing", "runtime"),
        *("site_plugin", "book", "offline"),
    },
}
COMMANDS = {"bench", "tests"}  # above all: they measure and test it, each with the other's cases


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file's imports, with the first part of what is imported."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name.partition(".")[0]) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.partition(".")[0]


def wrong_arrows(root: Path, folder: str) -> list[str]:
    """Every import that the table does not allow: file, line, arrow."""
    others = {*ARROWS, *COMMANDS} - {folder}
    return [
        f"{file.relative_to(root).as_posix()}:{line}: {folder} -> {name}"
        for file in sorted((root / folder).rglob("*.py"))
        for line, name in imports(file)
        if name in others - ARROWS[folder]
    ]


@pytest.mark.parametrize("folder", ARROWS)
def test_a_folder_imports_only_what_it_may(project: Path, folder: str) -> None:
    assert wrong_arrows(project, folder) == []


def test_the_arrows_of_the_table_make_no_circle_and_each_is_used(project: Path) -> None:
    known: set[str] = set()
    for folder, allowed in ARROWS.items():
        assert allowed <= known, folder
        known.add(folder)
        files = (project / folder).rglob("*.py")
        used = {name for file in files for _, name in imports(file)}
        assert allowed <= used, folder


def test_every_folder_of_code_is_in_the_table(project: Path) -> None:
    found = {path.parent.name for path in project.glob("*/*.py")}
    assert found - {*ARROWS, *COMMANDS} == set()


def test_a_wrong_arrow_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    text = "import os\nfrom common.places import ROOT\nfrom scripts import pdf\n"
    (tmp_path / "book" / "press.py").write_text(text, "utf-8")
    assert wrong_arrows(tmp_path, "book") == ["book/press.py:3: book -> scripts"]
