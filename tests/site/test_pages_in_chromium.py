"""Every page, opened in a real browser: light, quiet, and open to everybody."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Page, Response

from tests.conftest import PageLog

HEAVIEST = 60_000  # bytes, brotli: everything that is asked for before Run
MOST_REQUESTS = 8
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def open_quietly(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_load_state("networkidle")


def test_a_page_is_light_and_asks_no_other_host(
    site_url: str, page: Page, page_log: PageLog, address: str
) -> None:
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    open_quietly(page, site_url + address)
    assert page_log.hosts == {"127.0.0.1"}
    assert page_log.errors == []
    assert all(response.status == 200 for response in responses), [r.url for r in responses]
    sizes = {response.url: len(brotli.compress(response.body())) for response in responses}
    assert sum(sizes.values()) <= HEAVIEST, sizes
    assert len(sizes) <= MOST_REQUESTS, sizes


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(site_url: str, browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    open_quietly(page, site_url + address)
    page.evaluate(AXE.read_text("utf-8"))  # a script element would be against the page's policy
    found = page.evaluate(
        """async () => (await axe.run()).violations.map(
            v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 160)).slice(0, 3).join(' | ')}`)"""
    )
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1920])
def test_nothing_sticks_out_to_the_side(site_url: str, page: Page, width: int) -> None:
    from tests.site.conftest import ADDRESSES

    page.set_viewport_size({"width": width, "height": 800})
    for address in ADDRESSES:
        open_quietly(page, site_url + address)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, address


def test_a_page_is_whole_without_javascript(site_url: str, browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + address)
    for figure in page.locator(".figure-demo").all():
        assert figure.locator(".demo-code pre").is_visible()
        assert figure.locator(".demo-steps li").first.is_visible()
    assert page.locator(".languages a").is_visible()
    context.close()
