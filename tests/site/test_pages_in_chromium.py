"""Every page, opened in a real browser: light, quiet, and open to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from scripts.compress import kept
from tests.axe import COLOURS, violations
from tests.conftest import PageLog
from tests.site.conftest import ADDRESSES

HEAVIEST = 62_000  # bytes, brotli: everything that is asked for before Run
MOST_REQUESTS = 8
WIDTHS = (1920, 1024, 768, 390, 320)
SETTLED = """async () => {
    const until = Date.now() + 30_000;
    const isDrawn = (demo) => demo.querySelector(".demo-figure")?.firstElementChild;
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    while (![...document.querySelectorAll("asgi-demo")].every(isDrawn)) {
        if (Date.now() > until) throw new Error("a demo is not drawn");
        await frame();
    }
    await document.fonts.ready;
    await frame();
    await frame();
}"""
FADED = """() => Promise.all(
    document.getAnimations().map((one) => one.finished.catch(() => "replaced by another")))"""
TOO_WIDE = """async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame(); // what follows the window's size by script does so in the next frame
    await frame();
    return document.documentElement.scrollWidth - innerWidth;
}"""
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


def on_page(address: str, *marks: pytest.MarkDecorator) -> object:
    """A parameter; what is looked at in a page stays in one process, which has it open."""
    return pytest.param(address, marks=[pytest.mark.xdist_group(f"page {address}"), *marks])


def without_repeats(*also: str) -> list[object]:
    """Every page; what another language repeats, but for some of its pages, takes `make test-all`.

    English pages have the same parts in the same colours as the Chinese ones (test_built_pages).
    """
    repeated = [
        address
        for address in ADDRESSES
        if address.startswith("/en/") and address.removeprefix("/en/") not in also
    ]
    return [on_page(each, *[pytest.mark.long] * (each in repeated)) for each in ADDRESSES]


EVERY = [on_page(address) for address in ADDRESSES]
OF_EACH_KIND = ("", "learn/first-app/", "look-up/specification/", "look-up/errors/", "playground/")


@dataclass
class Visit:
    """The tab in which one page after the other is opened, and what the newest has asked for."""

    page: Page
    log: PageLog = field(default_factory=PageLog)
    responses: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.log.watch(self.page)
        self.page.on("response", lambda response: self.responses.append(response))
        self.session = self.page.context.new_cdp_session(self.page)
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def begin(self, url: str) -> None:
        """Open a page as someone does who has never been here."""
        self.page.goto("about:blank")
        self.session.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": "all"})
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(color_scheme="light")
        for seen in (self.log.requests, self.log.errors, self.responses):
            seen.clear()
        self.page.goto(url)
        self.page.evaluate(SETTLED)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(30_000)
    yield Visit(context.new_page())
    context.close()


@pytest.fixture(scope="module", params=EVERY)
def visit(request: pytest.FixtureRequest, site_url: str, tab: Visit) -> Visit:
    """Every page in every language, opened once for all that is looked at in it."""
    tab.begin(site_url + request.param)
    return tab


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """A tab without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("visit", without_repeats(*OF_EACH_KIND), indirect=True)
def test_axe_finds_nothing(visit: Visit) -> None:
    assert violations(visit.page) == []


@pytest.mark.parametrize("visit", without_repeats(), indirect=True)
def test_axe_finds_no_fault_in_dark_colours(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    expect(visit.page.locator("body[data-md-color-scheme=slate]")).to_be_attached()
    visit.page.evaluate(FADED)
    assert violations(visit.page, COLOURS) == []


def test_nothing_sticks_out_to_the_side(visit: Visit) -> None:
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 800})
        assert visit.page.evaluate(TOO_WIDE) <= 0, width


def test_a_page_is_light_and_asks_no_other_host(visit: Visit) -> None:
    """The last look at a page: what it asks for late is counted, and its network rests by now."""
    visit.page.wait_for_load_state("networkidle")
    responses = list(visit.responses)
    assert visit.log.hosts == {"127.0.0.1"}
    assert visit.log.errors == []
    assert all(response.status == 200 for response in responses), [r.url for r in responses]
    sizes = {each.url: kept(each.body(), ".br").stat().st_size for each in responses}
    assert sum(sizes.values()) <= HEAVIEST, sizes
    assert len(sizes) <= MOST_REQUESTS, sizes


@pytest.mark.parametrize("address", EVERY)
def test_a_page_is_whole_without_javascript(site_url: str, plain: Page, address: str) -> None:
    plain.goto(site_url + address)
    assert plain.evaluate(HIDDEN) == []
    assert plain.locator(".languages a").is_visible()
