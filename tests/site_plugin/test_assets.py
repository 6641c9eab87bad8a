"""site_plugin/assets.py and site_plugin/snippets.py: what a page is made of beside its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from site_plugin import assets, snippets


def test_every_stylesheet_and_every_script_of_the_folder_is_joined() -> None:
    assert {path.stem for path in assets.STYLES.glob("*.css")} == set(assets.ORDER)
    assert {path.stem for path in assets.SCRIPTS.glob("*.js")} == {
        *assets.SCRIPTED,
        *assets.DECODER,
    }


def test_what_is_joined_keeps_its_order_and_a_missing_part_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "STYLES", tmp_path)
    monkeypatch.setattr(assets, "ORDER", ("second", "first"))
    (tmp_path / "first.css").write_text("b {}\n\n")
    (tmp_path / "second.css").write_text("\na {}\n")
    assert assets.joined_styles() == "a {}\nb {}\n"
    (tmp_path / "first.css").unlink()
    with pytest.raises(PluginError, match=r"^first\.css is missing"):
        assets.joined_styles()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose only snippet has comments in both languages."""
    monkeypatch.setattr(snippets, "ROOT", tmp_path)
    monkeypatch.setattr(snippets, "SNIPPETS", tmp_path / "snippets")
    monkeypatch.setattr(snippets, "COPIES", tmp_path / "copies")
    (tmp_path / "snippets" / "some").mkdir(parents=True)
    text = "# zh: 一\n# en: One\nx = 1\n"
    (tmp_path / "snippets" / "some" / "count.py").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("language", "comment"), [("zh", "# 一"), ("en", "# One")])
def test_shown_code_has_the_comments_of_one_language(
    folder: Path, language: str, comment: str
) -> None:
    copy = snippets.copy_in(language) / "some" / "count.py"
    text = copy.read_text("utf-8")
    assert text.splitlines()[-1] == "x = 1"
    assert [line.strip() for line in text.splitlines() if line.startswith("#")] == [comment]


def test_a_copy_is_written_anew_only_when_the_snippet_has_changed(folder: Path) -> None:
    copy = snippets.copy_in("en") / "some" / "count.py"
    before = copy.stat().st_mtime_ns
    snippets.copy_in("en")
    assert copy.stat().st_mtime_ns == before
    (folder / "snippets" / "some" / "count.py").write_text("y = 2\n", "utf-8")
    snippets.copy_in("en")
    assert copy.read_text("utf-8") == "y = 2\n"


def test_a_comment_without_its_pair_is_named_with_its_line(folder: Path) -> None:
    (folder / "snippets" / "some" / "count.py").write_text("x = 1\n# zh: 一\ny = 2\n", "utf-8")
    with pytest.raises(PluginError, match=r"^snippets/some/count\.py:2: "):
        snippets.copy_in("en")
