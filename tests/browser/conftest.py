"""The small site on a real server, and a hand that works a demo in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seeing_pages import write_seeing_pages
from tests.browser.small_site import serve_site, write_site

BOOT = 30_000  # milliseconds; a busy machine is slow to start Python
LISTEN = """
window.played = [];
addEventListener("demo-played", (event) => window.played.push(event.detail));
"""


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    return folder


@dataclass
class Hand:
    """Works one demo of a page, as a reader does."""

    page: Page
    url: str
    number: int = 0

    def open(self, name: str, language: str = "en", scheme: str = "default") -> Hand:
        self.page.goto(f"{self.url}/{name}-{language}-{scheme}.html")
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


@pytest.fixture(scope="session")
def seeing_site(small_site: Path) -> Path:
    """The small site with the pages of tests/browser/seeing_pages.py in it."""
    write_seeing_pages(small_site)
    return small_site


@pytest.fixture
def seeing(page: Page, seeing_site: Path, serve: Callable[[Any], str]) -> Hand:
    """A hand for those pages too."""
    return Hand(page, serve(serve_site(seeing_site)))


@pytest.fixture
def hand(page: Page, small_site: Path, serve: Callable[[Any], str]) -> Hand:
    """A hand for the pages of the small site."""
    return Hand(page, serve(serve_site(small_site)))
