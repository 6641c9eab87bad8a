"""Every diagram in its page, as a reader sees it: legible, nothing over anything, nothing cut off.

The same is checked of drawings as data when they are made (drawing/faults.py); here the browser
tells where everything is, with fonts that are really there, at four widths and in both schemes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from common.places import ROOT
from tests.site.conftest import LANGUAGES, PAGES

WIDTHS = (360, 768, 1280, 1920)
SCHEMES = ("light", "dark")
SCRIPT = (Path(__file__).parent / "pictures.js").read_text("utf-8")


def has_diagram(language: str, path: str) -> bool:
    name = path.rstrip("/") or "index"
    files = (ROOT / "docs" / language / end for end in (f"{name}.md", f"{name}/index.md"))
    text = next(file for file in files if file.exists()).read_text("utf-8")
    return any(f"```{kind}" in text for kind in ("mermaid", "specification", "picture"))


ADDRESSES = [
    prefix + path
    for language, prefix in LANGUAGES.items()
    for path in PAGES
    if has_diagram(language, path)
]


@pytest.fixture(scope="module")
def still(browser: Browser) -> Iterator[Page]:
    """A tab without scripts: diagrams need none, and so it is ready at once."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_diagrams_can_be_read_at_every_width_and_in_both_schemes(
    site_url: str, still: Page, address: str
) -> None:
    still.goto(site_url + address)
    still.evaluate(SCRIPT)
    found = []
    for width in WIDTHS:
        still.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {fault}" for fault in still.evaluate("pictures.layout()")]
    for scheme in SCHEMES:
        still.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {fault}" for fault in still.evaluate("pictures.contrast()")]
    assert found == [], "\n".join([address, *found])
