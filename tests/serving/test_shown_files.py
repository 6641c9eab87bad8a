"""The page shows the server whole: every file, in both languages, fit for the page's width."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_plugin.one_language import keep_language

MOST_LINES = 40
LONGEST_LINE = 68


def files(project: Path) -> list[Path]:
    folder = project / "snippets" / "serving"
    return [path for path in sorted(folder.glob("*.*")) if path.name != "ruff.toml"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_file_of_the_server_is_shown_and_fits(project: Path, language: str) -> None:
    page = (project / "docs" / language / "do" / "serving.md").read_text("utf-8")
    for path in files(project):
        assert f'--8<-- "serving/{path.name}"' in page, path.name
        lines = keep_language(path.read_text("utf-8"), language).splitlines()
        assert len(lines) <= MOST_LINES, path.name
        assert max(map(len, lines)) <= LONGEST_LINE, path.name
