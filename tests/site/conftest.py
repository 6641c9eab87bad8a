"""The pages of the site, as the tests name them."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
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


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest) -> str:
    """Every page in every language, one after the other."""
    return str(request.param)
