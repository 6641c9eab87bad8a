"""The pages of the site, as the tests name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from common.places import ROOT

LANGUAGES = {"zh": "/", "en": "/en/"}


def page_paths() -> list[str]:
    """The address of every page below its language's root: "" for home, "learn/first-app/"."""
    paths = []
    for file in sorted((ROOT / "docs" / "zh").rglob("*.md")):
        name = file.relative_to(ROOT / "docs" / "zh").with_suffix("").as_posix()
        paths.append(name.removesuffix("index").rstrip("/") + "/" if name != "index" else "")
    return paths


PAGES = page_paths()
ADDRESSES = [prefix + path for prefix in LANGUAGES.values() for path in PAGES]


PAGE = """\
---
description: A page of a small site.
---

# Title { #title }

Text.
"""


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest) -> str:
    """Every page in every language, one after the other."""
    return str(request.param)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small site beside the real one: one page a language, the real plugin and snippets."""
    docs = tmp_path / "docs"
    for language in ("zh", "en"):
        (docs / language).mkdir(parents=True)
        (docs / language / "index.md").write_text(PAGE, "utf-8")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    start, rest = config.split("\nnav:\n")
    theme = rest[rest.index("\ntheme:\n") :]
    config = f"{start}\nnav:\n  - index.md\n{theme}"
    config = config.replace("custom_dir: overrides", f"custom_dir: {ROOT / 'overrides'}")
    config = config.replace("[snippets]", f"[{ROOT / 'snippets'}]")
    config = config.replace("docs_dir: docs/zh", f"docs_dir: {docs / 'zh'}")
    config = config.replace("watch: [", "watch: [] # [")
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    return tmp_path
