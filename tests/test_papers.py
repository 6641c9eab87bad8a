"""README, CONTRIBUTING, ARCHITECTURE, SECURITY: what they link to and name is there, twice."""

from __future__ import annotations

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.test_arrows import ARROWS

MAPS = ["ARCHITECTURE.md", "ARCHITECTURE.zh.md"]
PROMISES = ["SECURITY.md", "SECURITY.zh.md"]
GUIDES = ["README.md", "CONTRIBUTING.md", "CONTRIBUTING.zh.md"]
PAPERS = [*GUIDES, *MAPS, *PROMISES]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PATH = re.compile(r"`([\w.*-]*/[\w./*-]*|[\w*-]+\.(?:py|ts|yml))`")
ROW = re.compile(r"^\| `(\w+)/` \|.*\| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`((?:tests|snippets|deploy|decisions)/[\w./-]*)`")


@pytest.mark.parametrize("name", PAPERS)
def test_every_file_that_a_paper_links_to_is_there(project: Path, name: str) -> None:
    text = (project / name).read_text("utf-8")
    assert [path for path in LINK.findall(text) if not (project / path).exists()] == []


@pytest.mark.parametrize("name", PROMISES)
def test_what_is_said_to_try_the_promises_is_there(project: Path, name: str) -> None:
    named = NAMED.findall((project / name).read_text("utf-8"))
    assert len(named) >= 6
    assert [path for path in named if not (project / path).exists()] == []


@pytest.mark.parametrize("name", GUIDES)
def test_who_looks_for_how_to_report_a_hole_finds_it(project: Path, name: str) -> None:
    linked = LINK.findall((project / name).read_text("utf-8"))
    assert {path for path in linked if path.startswith("SECURITY")}


@pytest.mark.parametrize("names", [PROMISES, MAPS], ids=["promises", "maps"])
def test_both_languages_say_the_same(project: Path, names: list[str]) -> None:
    texts = [(project / name).read_text("utf-8") for name in names]
    for part in ("\n## ", "\n| ", "\n- ", "`"):
        assert len({text.count(part) for text in texts}) == 1, part


@pytest.mark.parametrize("name", MAPS)
def test_every_file_and_folder_on_the_map_is_there(project: Path, name: str) -> None:
    files = subprocess.check_output(["git", "ls-files"], cwd=project, text=True).splitlines()
    named = set(PATH.findall((project / name).read_text("utf-8")))
    assert len(named) > 40
    assert [path for path in named if not any(fnmatch(f"/{f}", f"*/{path}*") for f in files)] == []


@pytest.mark.parametrize("name", MAPS)
def test_the_map_has_the_arrows_that_are_held(project: Path, name: str) -> None:
    rows = ROW.findall((project / name).read_text("utf-8"))
    arrows = {folder: set(re.findall(r"`(\w+)`", allowed)) for folder, allowed in rows}
    arrows["scripts"] |= ARROWS["scripts"]  # all of the above
    assert arrows == ARROWS
