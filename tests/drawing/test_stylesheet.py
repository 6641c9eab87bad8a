"""docs/assets/styles/diagrams.css and drawing/ agree: sizes of letters, widths of columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drawing.letters import CODE, HEAD, NOTE, PROSE, Face
from drawing.picture import WIDTHS, shown


@pytest.fixture(scope="module")
def style(project: Path) -> str:
    return (project / "docs" / "assets" / "styles" / "diagrams.css").read_text("utf-8")


@pytest.mark.parametrize("face", [PROSE, CODE, HEAD, NOTE], ids=lambda face: face.name)
def test_letters_are_as_large_as_was_reckoned_with(style: str, face: Face) -> None:
    rule = re.search(rf"\.drawn \.{face.name} {{[^}}]*font-size: ([\d.]+)px", style)
    assert rule is not None
    assert float(rule[1]) == face.size


def test_a_wide_drawing_is_shown_from_each_width_on_and_below_it_the_narrow_one(style: str) -> None:
    pattern = (
        r"max-width: (\d+)px\) {\s*\.diagram > \.from-(\d+) {\s*display: none;\s*}"
        r"\s*\.diagram > \.from-(\d+) \+ \.narrow {\s*display: block;"
    )
    found = [tuple(map(int, rule)) for rule in re.findall(pattern, style)]
    assert found == [(width - 1, width, width) for width in map(int, WIDTHS)]
    assert [shown(width, narrow=False) for width in (300, 600, 600.5)] == [
        *("from-360", "from-600", "from-720")
    ]
    assert shown(300, narrow=True) == "narrow"
