"""scripts/new_page.py: a page that builds, in both languages, or a plain refusal."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from common.problem import Problem
from scripts import new_page, translated
from site_plugin.languages import content_hash

TITLES = {"zh": "读 cookie", "en": "Reading cookies"}


@pytest.fixture
def root(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the project's configuration and pages, to write into."""
    shutil.copy(project / "mkdocs.yml", tmp_path)
    shutil.copytree(project / "docs", tmp_path / "docs")
    for module in (new_page, translated):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    return tmp_path


def test_both_files_and_the_entry_are_written(root: Path) -> None:
    before = (root / "mkdocs.yml").read_text("utf-8").split("\n")
    files = new_page.new_page("learn/cookies", TITLES)
    translated.main()
    chinese, english = (file.read_text("utf-8") for file in files)
    assert "# 读 cookie { #cookies }" in chinese
    assert "# Reading cookies { #cookies }" in english
    assert f"source: {content_hash(chinese)}" in english
    after = (root / "mkdocs.yml").read_text("utf-8").split("\n")
    added = [line for line in after if line not in before]
    assert added == ["      - learn/cookies.md"]
    place = after.index(added[0])
    assert "learn/" in after[place - 1]
    assert "learn/" not in after[place + 1]


@pytest.mark.parametrize(
    ("path", "titles", "told"),
    [
        ("Learn/Cookies", TITLES, "not the path of a page"),
        ("../secrets", TITLES, "not the path of a page"),
        ("cookies", TITLES, "not the path of a page"),
        ("cook/cookies", TITLES, "no part with pages in cook/; it has learn, understand"),
        ("learn/first-app", TITLES, "docs/zh/learn/first-app.md exists already"),
        ("learn/cookies", {"zh": "读", "en": " "}, "title in 'en' is empty"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    root: Path, path: str, titles: dict[str, str], told: str
) -> None:
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    with pytest.raises(Problem, match=told):
        new_page.new_page(path, titles)
    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before


def test_it_asks_for_what_is_not_given(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["new_page"])
    monkeypatch.setattr("sys.stdin", io.StringIO("learn/cookies\n读 cookie\nReading cookies\n"))
    new_page.main()
    assert (root / "docs" / "en" / "learn" / "cookies.md").exists()
    assert "/en/learn/cookies/" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(Problem, match="make new-page PAGE="):
        new_page.main()
