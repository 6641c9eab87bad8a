"""Chromium, by Playwright."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.conftest import PageLog
from tests.engines.engine import PATIENCE, Engine


class Chromium(Engine):
    """A page of the Chromium that the whole session shares."""

    name = "chromium"

    def __init__(self, browser: Browser, canary: str) -> None:
        self.context = browser.new_context(proxy={"server": canary, "bypass": "127.0.0.1"})
        self.context.set_default_timeout(PATIENCE * 1000)
        self.page = self.context.new_page()
        log = PageLog()
        log.watch(self.page)
        self.logged = log.errors

    def open(self, url: str) -> None:
        self.page.goto(url)

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def click_at(self, x: float, y: float) -> None:
        self.page.mouse.click(x, y)

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def screenshot(self, file: Path) -> None:
        self.page.screenshot(path=file)

    def close(self) -> None:
        self.context.close()
