"""A page that is wrong fails a real build, with its file, its line and the remedy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from common.places import ROOT

DEMO = """
```asgi
id: hello
title: 一次请求
app: basics/say_hello.py
client:
  - request: GET /
```
"""
DIAGRAM = """
```mermaid
sequenceDiagram
    accTitle: 标题
    accDescr: 描述
    client->>server: 从未画过的图
```
"""


def build(tree: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(
        [*command, "-f", str(tree / "mkdocs.yml"), "-d", str(tree / "site")],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def add(tree: Path, text: str, page: str = "zh/index.md") -> None:
    with (tree / "docs" / page).open("a", encoding="utf-8") as file:
        file.write(text)


def test_the_small_site_is_right_to_begin_with(tree: Path) -> None:
    for language in ("zh", "en"):
        add(tree, DEMO, f"{language}/index.md")
    code, output = build(tree)
    assert code == 0, output


def test_what_one_language_lacks_fails_the_build(tree: Path) -> None:
    add(tree, DEMO)
    code, output = build(tree)
    assert code == 1
    assert "docs/zh/index.md:9: docs/en/index.md lacks this demo, 'hello'" in output


@pytest.mark.parametrize(
    ("text", "page", "message"),
    [
        (DEMO.replace("title:", "titel:"), "zh/index.md", "docs/zh/index.md:11: a demo has"),
        (DEMO.replace("say_hello", "say_hallo"), "en/index.md", "docs/en/index.md:12: there is no"),
        (DEMO.replace("request:", "reqest:"), "zh/index.md", "docs/zh/index.md:14: client, step 1"),
        (
            DEMO.replace("client:", "expect: [http-start-once]\nclient:"),
            "zh/index.md",
            "docs/zh/index.md:9: basics/say_hello.py does not break http-start-once",
        ),
        (DIAGRAM, "zh/index.md", "docs/zh/index.md:9: this diagram is not drawn yet; run `make"),
        (DEMO + DIAGRAM, "en/index.md", "docs/en/index.md:17: this diagram is not drawn yet"),
        ("\n```mermiad\n```\n", "en/index.md", "docs/en/index.md:9: there is no fence 'mermiad'"),
        (
            DIAGRAM.replace("accTitle: 标题\n", ""),
            "zh/index.md",
            "docs/zh/index.md:9: this diagram needs a line 'accTitle",
        ),
        ("\n[away](nowhere.md)\n", "en/index.md", "docs/en/index.md:9: Doc file"),
        ("\n[away](#nowhere)\n", "zh/index.md", "docs/zh/index.md:9: Doc file"),
    ],
)
def test_a_mistake_fails_the_build_with_its_place(
    tree: Path, text: str, page: str, message: str
) -> None:
    add(tree, text, page)
    code, output = build(tree)
    assert code != 0
    assert message in output
    assert "Traceback" not in output


def test_a_page_without_its_counterpart_says_so_to_the_reader(tree: Path) -> None:
    add(
        tree,
        "---\ndescription: 一个新的页面，它还没有英文版。\n---\n# 新的一页 { #new }\n",
        "zh/new.md",
    )
    config = (tree / "mkdocs.yml").read_text("utf-8")
    (tree / "mkdocs.yml").write_text(config.replace("- index.md\n", "- index.md\n  - new.md\n"))
    code, output = build(tree)
    assert code == 0, output
    assert "no English version yet" in (tree / "site" / "en" / "new" / "index.html").read_text()
    assert "新的一页" not in (tree / "site" / "en" / "search" / "search_index.json").read_text()


def test_a_page_that_is_behind_its_counterpart_says_so_to_the_reader(tree: Path) -> None:
    page = tree / "docs" / "en" / "index.md"
    page.write_text(page.read_text().replace("---\n", "---\nsource: 0123456789\n", 1))
    code, output = build(tree)
    assert code == 0, output
    assert "behind the Chinese one" in (tree / "site" / "en" / "index.html").read_text()
