"""``make spec-check``: what has changed in a checkout of django/asgiref since it was read."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from asgiscope.spec.source import COMMIT, DAY, LATER
from common.problem import Problem
from scripts import spec_check

TEXT = """
=======
A title
=======

**Version**: 1.0

Hints
-----

Hints are sent late. There
may be several.

* ``links`` (*Iterable*): The values. Optional.
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose state has been read."""
    folder = tmp_path / "asgiref"
    for file in spec_check.FILES:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(TEXT, "utf-8")
    monkeypatch.setattr(spec_check, "KNOWN", tmp_path / "known.json")
    monkeypatch.setattr(spec_check, "ROOT", tmp_path)
    spec_check.main([str(folder), "--note"])
    return folder


def commit(folder: Path) -> str:
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", "-C", str(folder), *arguments], check=True)
    found = spec_check.git(folder, "rev-parse", "HEAD")
    assert found
    return found.strip()


def change(folder: Path) -> None:
    file = folder / "docs/extensions.rst"
    file.write_text(TEXT.replace("Hints are sent late.", "Hints are sent early."), "utf-8")


def test_a_text_falls_into_sentences_under_their_headings() -> None:
    assert [tuple(sentence) for sentence in spec_check.sentences(TEXT)] == [
        ("A title", "**Version**: 1.0"),
        ("Hints", "Hints are sent late."),
        ("Hints", "There may be several."),
        ("Hints", "``links`` (*Iterable*):"),
        ("Hints", "The values."),
        ("Hints", "Optional."),
    ]


def test_other_line_breaks_and_indents_change_nothing() -> None:
    known = [sentence.hash for sentence in spec_check.sentences(TEXT)]
    moved = TEXT.replace("There\nmay be", "There may\nbe").replace("* ``links``", "*  ``links``")
    assert spec_check.changes(known, moved) == ([], [], 0)


def test_nothing_is_said_of_a_checkout_that_has_been_read(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert spec_check.main([str(checkout)]) == 0
    assert capsys.readouterr().out.startswith("Nothing has changed")


def test_a_changed_sentence_is_printed_with_its_file_and_section(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(checkout)
    capsys.readouterr()
    assert spec_check.main([str(checkout)]) == 1
    printed = capsys.readouterr().out
    assert "docs/extensions.rst, Hints\n  + Hints are sent early.\n" in printed
    assert "docs/extensions.rst: 1 sentences are gone" in printed
    assert "specs/www.rst" not in printed
    assert all(f"#{change.number}" in printed for change in LATER)


def test_what_it_said_before_is_printed_where_the_history_has_it(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(spec_check, "COMMIT", commit(checkout))
    change(checkout)
    assert spec_check.main([str(checkout)]) == 1
    assert "  - Hints are sent late.\n" in capsys.readouterr().out


def test_a_folder_that_is_no_checkout_is_one_message_with_the_remedy(tmp_path: Path) -> None:
    for arguments in ([str(tmp_path)], []):
        with pytest.raises(Problem, match="asgiref"):
            spec_check.main(arguments)


def test_the_hashes_are_of_the_commit_that_is_named() -> None:
    known = json.loads(spec_check.KNOWN.read_text("utf-8"))
    assert tuple(known) == spec_check.FILES
    assert all(len(hashes) > 10 for hashes in known.values())
    assert len(COMMIT) == 40
    assert all(change.day > DAY for change in LATER)
