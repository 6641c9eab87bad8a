"""scripts/build_site.py: a warning is an error, and a build that fails changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from common.problem import Problem
from scripts import build_site


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one page."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Small\ntheme: mkdocs\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# First\n")
    monkeypatch.setattr(build_site, "ROOT", tmp_path)
    monkeypatch.setattr(build_site, "SITE", tmp_path / "site")
    monkeypatch.setattr(build_site, "UNFINISHED", tmp_path / "build" / "site-unfinished")
    monkeypatch.setattr(build_site, "OUTPUT", tmp_path / "build" / "runtime")
    return tmp_path


def test_the_site_is_written_and_replaces_the_old_one(root: Path) -> None:
    (root / "site").mkdir()
    (root / "site" / "old.html").touch()
    build_site.build_site()
    assert "First" in (root / "site" / "index.html").read_text(encoding="utf-8")
    assert not (root / "site" / "old.html").exists()


def test_a_broken_link_fails_the_build_and_leaves_the_old_site(
    root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    build_site.build_site()
    (root / "docs" / "index.md").write_text("# Second\n\n[away](nowhere.md)\n")
    with pytest.raises(Problem, match="not built"):
        build_site.build_site()
    assert "nowhere.md" in capfd.readouterr().err
    assert "First" in (root / "site" / "index.html").read_text(encoding="utf-8")
