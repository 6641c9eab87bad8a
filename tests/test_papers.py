"""README, CONTRIBUTING and SECURITY: what they link to and name is there, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAPERS = ["README.md", "CONTRIBUTING.md", "CONTRIBUTING.zh.md", "SECURITY.md", "SECURITY.zh.md"]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
NAMED = re.compile(r"`((?:tests|snippets|deploy|decisions)/[\w./-]*)`")


@pytest.mark.parametrize("name", PAPERS)
def test_every_file_that_a_paper_links_to_is_there(project: Path, name: str) -> None:
    text = (project / name).read_text("utf-8")
    assert [path for path in LINK.findall(text) if not (project / path).exists()] == []


@pytest.mark.parametrize("name", ["SECURITY.md", "SECURITY.zh.md"])
def test_what_is_said_to_try_the_promises_is_there(project: Path, name: str) -> None:
    named = NAMED.findall((project / name).read_text("utf-8"))
    assert len(named) >= 6
    assert [path for path in named if not (project / path).exists()] == []


@pytest.mark.parametrize("name", PAPERS[:3])
def test_who_looks_for_how_to_report_a_hole_finds_it(project: Path, name: str) -> None:
    linked = LINK.findall((project / name).read_text("utf-8"))
    assert {path for path in linked if path.startswith("SECURITY")}


def test_both_languages_promise_the_same(project: Path) -> None:
    texts = [(project / name).read_text("utf-8") for name in ("SECURITY.md", "SECURITY.zh.md")]
    for part in ("\n## ", "\n| ", "\n- ", "`"):
        assert len({text.count(part) for text in texts}) == 1, part
