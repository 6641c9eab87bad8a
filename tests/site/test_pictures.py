"""Every figure in its page, as a reader sees it: legible, nothing over anything, nothing cut off.

The same is checked of drawings as data when they are made (drawing/faults.py); here the browser
tells where everything is, with fonts that are really there, at four widths and in both schemes.
Figures of demos are those of the recorded exchange, before anything is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from common.places import ROOT
from tests.site.conftest import LANGUAGES, PAGES

WIDTHS = (360, 768, 1280, 1920)
SCHEMES = ("light", "dark")
SCRIPT = (Path(__file__).parent / "pictures.js").read_text("utf-8")


def has_fence(path: str, *kinds: str) -> bool:
    """Whether a page has a fence of one of these kinds; both languages have the same."""
    name = path.rstrip("/") or "index"
    files = (ROOT / "docs" / "zh" / end for end in (f"{name}.md", f"{name}/index.md"))
    text = next(file for file in files if file.exists()).read_text("utf-8")
    return any(f"```{kind}\n" in text for kind in kinds)


ADDRESSES = [
    prefix + path
    for prefix in LANGUAGES.values()
    for path in PAGES
    if has_fence(path, "mermaid", "specification", "picture")
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


# What is known of the figures of demos: how such faults are told, and the pages that have them.
BROKEN = "is broken inside"
KNOWN = {BROKEN: {"learn/lifespan/"}}  # ConnectionRefusedError, on a telephone
# What follows the width by script or by containers does so in the next frames.
SETTLED = """async () => {
    for (let left = 3; left; left -= 1) await new Promise((done) => requestAnimationFrame(done));
}"""
DEMO_SCRIPT = (Path(__file__).parent / "demo_figures.js").read_text("utf-8")
DEMOS = [path for path in PAGES if has_fence(path, "asgi", "asgi-playground")]


@pytest.fixture(scope="module")
def moving(browser: Browser) -> Iterator[Page]:
    """A tab with scripts, without which a demo has no figure; motion is at its end at once."""
    context = browser.new_context(reduced_motion="reduce", bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("language", "scheme"),
    [
        ("zh", "light"),
        *(
            pytest.param(language, scheme, marks=pytest.mark.long)
            for language, scheme in (("zh", "dark"), ("en", "light"), ("en", "dark"))
        ),
    ],
)
@pytest.mark.parametrize("path", DEMOS)
def test_figures_of_demos_can_be_read_at_every_width(
    site_url: str, moving: Page, path: str, language: str, scheme: Literal["light", "dark"]
) -> None:
    moving.emulate_media(color_scheme=scheme)
    moving.goto(site_url + LANGUAGES[language] + path)
    for demo in moving.locator("asgi-demo").all():
        expect(demo.locator(".demo-figure .demo-rows").first).to_be_attached()
    moving.evaluate(SCRIPT)
    moving.evaluate(DEMO_SCRIPT)
    found = []
    for width in WIDTHS:
        moving.set_viewport_size({"width": width, "height": 900})
        moving.evaluate(SETTLED)
        found += [f"{width} px: {fault}" for fault in moving.evaluate("demoFigures.layout()")]
    found += moving.evaluate("demoFigures.contrast()")
    known = [kind for kind, pages in KNOWN.items() if path in pages]
    new = [fault for fault in found if not any(kind in fault for kind in known)]
    assert new == [], "\n".join([path, *new])
    gone = [kind for kind in known if not any(kind in fault for fault in found)]
    assert gone == [], f"take {path!r} out of what is known to have: {gone}"


LIFE = '<i class="demo-life" style="position:absolute;left:20px;top:0;width:7px;height:60px"></i>'
FAULTS = {
    "“small” has letters of 10.0 px": '<p style="font-size:10px">small</p>',
    "overlap": '<p>one</p><p style="margin-top:-14px">other</p>',
    "“extraordinary” is broken inside": '<p style="width:40px;overflow-wrap:anywhere">'
    "extraordinary</p>",
    "lies on a demo-shaft": '<p>words</p><hr class="demo-shaft" style="margin-top:-8px">',
    "“over a lane” [": f"{LIFE}<p>over a lane</p>",
    "px of a wide [": '<div class="wide" style="overflow:auto;width:90px">'
    '<div style="width:200px">words</div></div>',
    "has a contrast of 2.": '<p style="color:#aaa">pale</p>',
}


@pytest.mark.parametrize("told", FAULTS)
def test_each_fault_of_a_demos_figure_is_found(moving: Page, told: str) -> None:
    figure = f'<div class="demo-figure" style="position:relative">{FAULTS[told]}</div>'
    style = "*{margin:0;font:14px sans-serif;line-height:20px}"
    moving.set_content(
        f'<style>{style}</style><figure class="figure-demo" id="demo-x">{figure}</figure>'
    )
    moving.evaluate(SCRIPT)
    moving.evaluate(DEMO_SCRIPT)
    found = [*moving.evaluate("demoFigures.layout()"), *moving.evaluate("demoFigures.contrast()")]
    assert len(found) == 1
    assert told in found[0]
    assert found[0].startswith("demo-x: ")
