"""The small site on a real server, and a hand that works a demo in a real browser.

A new tab costs a second, and so does a start of Python. So a module has one tab, `hand`, in which
the content of one page takes the place of another's, as with instant navigation, and Python stays.
Tests about starting, downloading and storing ask for `fresh_hand`, which has a tab of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.seeing_pages import write_seeing_pages
from tests.browser.small_site import serve_site, write_site
from tests.conftest import PageLog, serving

BOOT = 30_000  # milliseconds; a busy machine is slow to start Python
expect.set_options(timeout=BOOT)  # what comes is waited for, also where others use the processor
SIZE: ViewportSize = {"width": 1280, "height": 720}
LISTEN = """
window.played = [];
addEventListener("trace", (event) => window.played.push(event.detail));
"""
SETTLED = """async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const rest = () => new Promise((done) => requestIdleCallback(done, { timeout: 1000 }));
    for (let times = 0; times < 3; times += 1) await frame().then(rest);
}"""
LEAVE = """() => {
    for (const left of document.querySelectorAll("main > *")) left.remove();
    scrollTo(0, 0);
    if (origin === "null") return; // a blank page
    for (const kept of [sessionStorage, localStorage]) kept.clear();
    history.replaceState(null, "", "/left"); // so that the next address is another page's
}"""
TAKE_PLACE = """async (address) => {
    const text = await (await fetch(address)).text();
    const other = new DOMParser().parseFromString(text, "text/html");
    if (other.documentElement.lang !== document.documentElement.lang) return null;
    document.querySelector("main").replaceChildren();
    sessionStorage.clear(); // of drafts of what has left just now
    history.replaceState(null, "", address);
    document.title = other.title;
    document.body.dataset.mdColorScheme = other.body.dataset.mdColorScheme;
    const { children } = document.adoptNode(other.querySelector("main"));
    document.querySelector("main").append(...children);
    if (window.played) window.played = [];
    return window.played !== undefined;
}"""


@dataclass
class Hand:
    """Works one demo of a page, as a reader does."""

    page: Page
    url: str
    number: int = 0
    stays: bool = False  # the tab, and Python in it

    def open(self, name: str, language: str = "en", scheme: str = "default") -> Hand:
        address = f"{self.url}/{name}-{language}-{scheme}.html"
        is_heard = self.page.evaluate(TAKE_PLACE, address) if self.stays else None
        if is_heard is None:  # a page of the other language has another script
            self.page.goto(address)
        if not is_heard:
            self.page.evaluate(LISTEN)
        expect(self.find(".demo-rows")).to_be_visible()
        return self

    def other(self, number: int) -> Hand:
        """The hand on another demo of the same page."""
        return Hand(self.page, self.url, number)

    @property
    def demo(self) -> Any:
        return self.page.locator("asgi-demo").nth(self.number)

    def find(self, selector: str) -> Any:
        return self.demo.locator(selector)

    def click(self, name: str) -> None:
        self.find(f".demo-tool-{name}, .demo-{name}").filter(visible=True).first.click()

    def says(self, text: str, timeout: int = BOOT) -> None:
        """The status line comes to say this."""
        expect(self.find(".demo-status")).to_contain_text(text, timeout=timeout)

    def write(self, source: str) -> None:
        """Replace the code in the editor."""
        if not self.find(".cm-content").count():
            self.click("edit")
        self.find(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)

    def run(self) -> str:
        """Press Run, wait for the result, and return the text that Python wrote."""
        before = int(self.page.evaluate("played.length"))
        self.click("run")
        self.says("Run just now")
        assert self.page.evaluate("played.length") == before + 1
        return str(self.page.evaluate("played.at(-1)"))

    def settle(self) -> None:
        """Wait until the page has done all that it does by itself, for what does not happen."""
        self.page.evaluate(SETTLED)


@dataclass
class Tab:
    """A tab that stays open from test to test."""

    page: Page
    log: PageLog = field(default_factory=PageLog)

    def __post_init__(self) -> None:
        self.log.watch(self.page)

    def reset(self) -> None:
        """Leave nothing of the test before: no demo, nothing stored, no mouse over a button."""
        self.page.evaluate(LEAVE)
        self.page.mouse.move(0, 0)
        if self.page.viewport_size != SIZE:
            self.page.set_viewport_size(SIZE)
        self.log.requests.clear()
        self.log.errors.clear()


def open_tab(browser: Browser) -> Tab:
    context = browser.new_context(locale="zh-CN", viewport=SIZE)
    context.set_default_timeout(BOOT)
    return Tab(context.new_page())


@dataclass
class Tabs:
    """The tab of a module; another one after a test has failed in it."""

    browser: Browser
    open: Tab | None = None

    def take(self) -> Tab:
        if self.open:
            self.open.reset()
        else:
            self.open = open_tab(self.browser)
        return self.open

    def close(self) -> None:
        if self.open:
            self.open.page.context.close()
        self.open = None


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Iterator[Tabs]:
    tabs = Tabs(browser)
    yield tabs
    tabs.close()


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of tests/browser/small_site.py and of tests/browser/seeing_pages.py."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    write_seeing_pages(folder)
    return folder


@pytest.fixture(scope="session")
def small_url(small_site: Path) -> Iterator[str]:
    with serving(serve_site(small_site)) as url:
        yield url


@pytest.fixture
def kept_tab(request: pytest.FixtureRequest, tabs: Tabs, page_log: PageLog) -> Iterator[Tab]:
    """The tab of the module; `page_log` tells of this test alone."""
    failed = request.session.testsfailed
    tab = tabs.take()
    page_log.requests, page_log.errors = tab.log.requests, tab.log.errors
    yield tab
    if request.session.testsfailed > failed:
        tabs.close()


@pytest.fixture
def hand(kept_tab: Tab, small_url: str) -> Hand:
    """A hand in the tab that stays, with its Python."""
    if not kept_tab.page.url.startswith(small_url):
        kept_tab.page.goto(f"{small_url}/two-en-default.html")
    return Hand(kept_tab.page, small_url, stays=True)


@pytest.fixture
def fresh_hand(page: Page, small_url: str) -> Hand:
    """A hand in a tab of its own, where Python has not been started and nothing is kept."""
    return Hand(page, small_url)
