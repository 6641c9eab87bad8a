"""The snippets, how the tests ask them, and where the pages use them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from hooks.fences import scan

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets"
SERVING = "serving"  # our own server: tests/setup has its tests
CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yml").read_text("utf-8")
)


def all_snippets() -> list[str]:
    paths = (path.relative_to(SNIPPETS) for path in SNIPPETS.rglob("*.py"))
    return sorted(path.as_posix() for path in paths if path.parts[0] != SERVING)


def fences_of(language: str) -> list[dict[str, Any]]:
    """Every demo fence of the pages of a language, as data."""
    found = []
    for path in sorted((ROOT / "docs" / language).rglob("*.md")):
        for fence in scan(path.read_text("utf-8")):
            if fence.language == "asgi":
                found.append(yaml.safe_load(fence.text))
    return found
