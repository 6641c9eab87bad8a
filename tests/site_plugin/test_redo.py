"""`make serve`: a saved page is there soon, and the pages around it are still right."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from common.places import ROOT

PATIENCE = 30.0  # seconds


@dataclass
class Served:
    """A served tree."""

    tree: Path
    url: str

    def page(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.url}/{path}", timeout=5) as answer:
            return str(answer.read().decode())

    def shows(self, path: str, text: str) -> str:
        """Wait for a text on a page; the page."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                page = self.page(path)
            except OSError:
                page = ""
            if text in page:
                return page
            time.sleep(0.05)
        raise AssertionError(f"{text!r} did not come to /{path} within {PATIENCE} s")


@pytest.fixture
def served(tree: Path, free_port: int) -> Iterator[Served]:
    for language, title in (("zh", "后一页"), ("en", "The page after")):
        (tree / "docs" / language / "after.md").write_text(f"# {title} {{ #after }}\n", "utf-8")
    config = (tree / "mkdocs.yml").read_text("utf-8")
    config = config.replace("- index.md\n", "- index.md\n  - after.md\n")
    (tree / "mkdocs.yml").write_text(config, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dirty"]
    process = subprocess.Popen(
        [*command, "-a", f"127.0.0.1:{free_port}", "-f", str(tree / "mkdocs.yml")],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    served = Served(tree, f"http://127.0.0.1:{free_port}")
    try:
        served.shows("", "Text.")
        yield served
    finally:
        process.terminate()
        told, _ = process.communicate(timeout=10)
    assert b"Traceback" not in told


def turn_to(page: str, rel: str) -> str:
    found = BeautifulSoup(page, "html.parser").select_one(f'.foot-turn a[rel="{rel}"]')
    return found.get_text(" ") if found else ""


def test_a_saved_page_comes_with_its_neighbours_and_without_a_policy(served: Served) -> None:
    first = served.page("en/")
    assert "Content-Security-Policy" not in first  # the reload is a script of the page
    page = served.tree / "docs" / "en" / "index.md"
    page.write_text("# Title { #title }\n\nOther words.\n", "utf-8")
    again = served.shows("en/", "Other words.")
    assert "Content-Security-Policy" not in again
    assert "The page after" in turn_to(first, "next")
    assert turn_to(again, "next") == turn_to(first, "next")
    chinese = served.tree / "docs" / "zh" / "after.md"
    chinese.write_text("# 后一页 { #after }\n\n新的一段。\n", "utf-8")
    assert "首页" in turn_to(served.shows("after/", "新的一段。"), "prev")


def test_a_page_that_falls_behind_says_so_when_the_other_is_saved(served: Served) -> None:
    english = served.tree / "docs" / "en" / "after.md"
    english.write_text("---\nsource: 0123456789\n---\n# The page after { #after }\n", "utf-8")
    served.shows("en/after/", "behind the Chinese one")
