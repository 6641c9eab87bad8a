"""`make serve`: a saved page is there soon, and the pages around it are still right."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
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
        try:
            with urllib.request.urlopen(f"{self.url}/{path}", timeout=5) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return str(error.read().decode())

    @property
    def said(self) -> str:
        """All that it has printed."""
        return (self.tree / "said.txt").read_text("utf-8")

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


def page(title: str, name: str, *, more: str = "", front: str = "") -> str:
    about = f"description: A page of a small site.\n{front}"
    return f"---\n{about}---\n\n# {title} {{ #{name} }}\n\n{more}\n"


@pytest.fixture
def served(tree: Path, free_port: int) -> Iterator[Served]:
    for language, title in (("zh", "后一页"), ("en", "The page after")):
        (tree / "docs" / language / "after.md").write_text(page(title, "after"), "utf-8")
    config = (tree / "mkdocs.yml").read_text("utf-8")
    config = config.replace("- index.md\n", "- index.md\n  - after.md\n")
    (tree / "mkdocs.yml").write_text(config, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dirty"]
    with (tree / "said.txt").open("w") as said:
        process = subprocess.Popen(
            [*command, "-a", f"127.0.0.1:{free_port}", "-f", str(tree / "mkdocs.yml")],
            cwd=ROOT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    served = Served(tree, f"http://127.0.0.1:{free_port}")
    try:
        served.shows("", "Text.")
        yield served
    finally:
        process.terminate()
        process.wait(timeout=10)
    assert "Traceback" not in served.said


def turn_to(page: str, rel: str) -> str:
    found = BeautifulSoup(page, "html.parser").select_one(f'.foot-turn a[rel="{rel}"]')
    return found.get_text(" ") if found else ""


def test_a_saved_page_comes_with_its_neighbours_and_without_a_policy(served: Served) -> None:
    first = served.page("en/")
    assert "Content-Security-Policy" not in first  # the reload is a script of the page
    english = served.tree / "docs" / "en" / "index.md"
    english.write_text(page("Title", "title", more="Other words."), "utf-8")
    again = served.shows("en/", "Other words.")
    assert "Content-Security-Policy" not in again
    assert "The page after" in turn_to(first, "next")
    assert turn_to(again, "next") == turn_to(first, "next")
    chinese = served.tree / "docs" / "zh" / "after.md"
    chinese.write_text(page("后一页", "after", more="新的一段。"), "utf-8")
    assert "首页" in turn_to(served.shows("after/", "新的一段。"), "prev")


def test_a_page_that_falls_behind_says_so_when_the_other_is_saved(served: Served) -> None:
    english = served.tree / "docs" / "en" / "after.md"
    text = page("The page after", "after", front="source: 0123456789\n")
    english.write_text(text, "utf-8")
    served.shows("en/after/", "behind the Chinese one")


MISTAKES = {
    "docs/en/index.md:7: no style sheet has a class": page("Title", "title", more="{ .laed }"),
    "docs/en/index.md:5: this heading has no id": page("Title", "title").replace(" { #title }", ""),
    "docs/en/index.md:1: this page does not say what it is for": "# Title { #title }\n",
    "docs/en/index.md:7: there is no fence": page("Title", "title", more="```agsi\n```"),
}


def test_a_mistake_is_shown_in_place_of_the_page_and_told_at_every_save(served: Served) -> None:
    english = served.tree / "docs" / "en" / "index.md"
    for round_, (told, text) in enumerate([*MISTAKES.items(), next(iter(MISTAKES.items()))], 1):
        place, _, what = told.partition(": ")
        english.write_text(text, "utf-8")
        shown = served.shows("en/", what)
        assert place in shown
        assert "Mend it and save" in shown
        assert "/livereload/" in shown  # it comes back by itself
        english.write_text(page("Title", "title", more=f"Right again, {round_}."), "utf-8")
        served.shows("en/", f"Right again, {round_}.")
    first = next(iter(MISTAKES))
    assert served.said.count(first) == 2


def test_what_cannot_be_read_is_shown_too(served: Served) -> None:
    chinese = served.tree / "docs" / "zh" / "index.md"
    right = chinese.read_bytes()
    chinese.write_bytes(right + "\ncaf\xe9\n".encode("latin-1"))
    assert "这次没有构建成功" in served.shows("", "this is not UTF-8")
    chinese.write_bytes(right)
    served.shows("", "Text.")
