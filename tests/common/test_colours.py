"""common/colours.py: beside style sheets, colours are written nowhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from common.colours import LANES, colours
from site_plugin.assets import icon

HEX = re.compile(r"#[0-9a-f]{6}\b")


def test_the_lanes_and_the_ground_have_colours() -> None:
    assert {*LANES, "paper", "ink", "accent"} <= set(colours())
    assert all(HEX.fullmatch(colour) for colour in colours().values())


def test_the_icon_has_the_lanes_of_the_style_sheet() -> None:
    assert [f"%23{colours()[lane][1:]}" in icon() for lane in LANES] == [True] * 3
    assert "#" not in icon()


def test_no_other_source_has_a_colour_of_its_own(project: Path) -> None:
    kinds = ("*.py", "*.ts", "*.yml", "*.html")
    listed = subprocess.check_output(["git", "ls-files", *kinds], cwd=project, text=True)
    ours = [name for name in listed.splitlines() if not name.startswith(("tests/", "snippets/"))]
    found = [
        f"{name}: {colour}"
        for name in ours
        if (project / name).is_file()
        for colour in HEX.findall((project / name).read_text("utf-8"))
    ]
    assert found == []
