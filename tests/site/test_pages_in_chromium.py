"""Every page, opened in a real browser: light, quiet, and open to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from scripts.compress import kept
from tests.conftest import PageLog
from tests.site.conftest import ADDRESSES

HEAVIEST = 60_000  # bytes, brotli: everything that is asked for before Run
MOST_REQUESTS = 8
WIDTHS = (1920, 1024, 768, 390, 320)
LAID_OUT = 100  # milliseconds
FADED = 500  # milliseconds: colours change slowly
ONLY_COLOURS = ["color-contrast", "link-in-text-block"]  # all that a scheme can change
LOOK = """async (options) => (await axe.run(options)).violations.map(
    v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 160)).slice(0, 3).join(' | ')}`)"""
HIDDEN = """() => {
    const isSeen = (element) => {
        const { width, height } = element.getBoundingClientRect();
        return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
    };
    const parts = [".demo-code pre", ".demo-steps li"];
    const figures = [...document.querySelectorAll(".figure-demo")];
    const isHidden = (part) => !part || !isSeen(part);
    return figures
        .filter((figure) => parts.some((part) => isHidden(figure.querySelector(part))))
        .map((figure) => figure.id);
}"""
# English pages have the same parts in the same colours as the Chinese ones.
DARK = [
    pytest.param(address, marks=[pytest.mark.long] if address.startswith("/en/") else [])
    for address in ADDRESSES
]
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@dataclass
class Visit:
    """One page as it was opened for the first time; the tests below look at it in their order."""

    page: Page
    log: PageLog = field(default_factory=PageLog)
    responses: list[Response] = field(default_factory=list)


@pytest.fixture(scope="module", params=ADDRESSES)
def visit(request: pytest.FixtureRequest, site_url: str, browser: Browser) -> Iterator[Visit]:
    """Every page in every language, opened once for all that is looked at in it."""
    size = {"width": 1280, "height": 900}
    context = browser.new_context(locale="zh-CN", color_scheme="light", viewport=size)
    context.set_default_timeout(15_000)
    visit = Visit(context.new_page())
    visit.log.watch(visit.page)
    visit.page.on("response", lambda response: visit.responses.append(response))
    visit.page.goto(site_url + request.param)
    visit.page.wait_for_load_state("networkidle")
    yield visit
    context.close()


def test_a_page_is_light_and_asks_no_other_host(visit: Visit) -> None:
    responses = list(visit.responses)
    assert visit.log.hosts == {"127.0.0.1"}
    assert visit.log.errors == []
    assert all(response.status == 200 for response in responses), [r.url for r in responses]
    sizes = {each.url: kept(each.body(), ".br").stat().st_size for each in responses}
    assert sum(sizes.values()) <= HEAVIEST, sizes
    assert len(sizes) <= MOST_REQUESTS, sizes


def faults(page: Page, options: dict[str, object]) -> object:
    page.evaluate(AXE.read_text("utf-8"))  # the page's policy forbids a script element
    return page.evaluate(LOOK, options)


def test_axe_finds_nothing(visit: Visit) -> None:
    assert faults(visit.page, {}) == []


@pytest.mark.parametrize("visit", DARK, indirect=True)
def test_axe_finds_no_fault_in_dark_colours(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    expect(visit.page.locator("body[data-md-color-scheme=slate]")).to_be_attached()
    visit.page.wait_for_timeout(FADED)
    assert faults(visit.page, {"runOnly": ONLY_COLOURS}) == []


def test_nothing_sticks_out_to_the_side(visit: Visit) -> None:
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.page.wait_for_timeout(LAID_OUT)
        wide = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, width


def test_a_page_is_whole_without_javascript(site_url: str, browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + address)
    assert page.evaluate(HIDDEN) == []
    assert page.locator(".languages a").is_visible()
    context.close()
