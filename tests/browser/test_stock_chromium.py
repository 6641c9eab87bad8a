"""Chromium as readers have it: the test driver's own flags keep it from acting ahead of a click.

A button pressed over a link, or the pointer alone, has Chromium look up a name and connect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Playwright, expect

from asgiscope.spec import RULES
from common.browser import find_browser, is_root
from tests.browser.canary import Canary, canary_server
from tests.browser.conftest import BOOT, Hand
from tests.browser.hostile.escapes import NETWORK, PAGE
from tests.browser.hostile.target import source_of
from tests.browser.small_site import serve_site
from tests.browser.test_running import TEAPOT

ELSEWHERE = "elsewhere.example"
LINK = f'<!doctype html><meta charset="utf-8"><a href="https://{ELSEWHERE}/?x">strange</a>'
FORGED = f"""import asgiscope.spec
rule = type(asgiscope.spec.RULES["app-raised"])
rule.url = property(lambda self: "https://{ELSEWHERE}/?code")
async def app(scope, receive, send):
    await send({{"type": "http.response.body"}})
    raise OSError("no paper")
"""
ALL_AT_ONCE = """for program in {programs!r}:
    try:
        exec("import js, pyodide_js\\n" + program)
    except BaseException as error:
        pass
"""


@pytest.fixture
def canary(loopback: None) -> Iterator[Canary]:
    with canary_server() as listening:
        yield listening


@pytest.fixture
def stock(playwright: Playwright, canary: Canary, tmp_path: Path) -> Iterator[Page]:
    """A page of a Chromium without the driver's flags; it finds one strange name, the canary's.

    It is one of a profile, too: private windows do not connect ahead.
    """
    port = canary.address.rsplit(":", 1)[1]
    rules = f"MAP {ELSEWHERE} 127.0.0.1:{port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    flags = [
        *("--headless=new", "--no-first-run", "--remote-debugging-pipe"),
        *(f"--user-data-dir={tmp_path}", f"--host-resolver-rules={rules}"),
        *(["--no-sandbox"] if is_root() else []),
    ]
    started = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=str(find_browser()), ignore_default_args=True, args=flags
    )
    page = started.pages[0]
    page.set_default_timeout(BOOT)
    yield page
    started.close()


@pytest.fixture
def hand(stock: Page, small_site: Path, serve: Callable[[Any], str]) -> Hand:
    (small_site / "strange.html").write_text(LINK, encoding="utf-8")
    return Hand(stock, serve(serve_site(small_site)))


def hover(page: Page, selector: str) -> None:
    """Move the pointer over each link, and press its button without letting go there."""
    for link in page.locator(selector).all():
        link.hover()
        page.wait_for_timeout(300)
        page.mouse.down()
        page.mouse.move(0, 0)
        page.mouse.up()
    page.wait_for_timeout(700)


def test_a_button_pressed_over_a_strange_link_is_heard_elsewhere(
    hand: Hand, canary: Canary
) -> None:
    hand.page.goto(f"{hand.url}/strange.html")
    hover(hand.page, "a")
    assert canary.noted != []


def test_the_links_of_findings_are_the_pages_own_whatever_a_run_says(
    hand: Hand, canary: Canary
) -> None:
    hand.open("two")
    hand.write(FORGED)
    assert ELSEWHERE in hand.run()
    links = hand.find(".demo-findings a")
    expect(links.first).to_be_visible()
    hover(hand.page, "asgi-demo a")
    assert canary.noted == []
    own = {rule.url for rule in RULES.values()}
    assert {link.get_attribute("href") for link in links.all()} <= own
    assert not any(urlsplit(url).hostname == ELSEWHERE for url in own)


@pytest.mark.parametrize("address", ["", ELSEWHERE])
def test_what_tries_to_get_out_does_not(hand: Hand, canary: Canary, address: str) -> None:
    hand.open("two")
    programs = [*NETWORK.values(), *PAGE.values()]
    all_at_once = ALL_AT_ONCE.format(programs=programs)
    hand.write(source_of(all_at_once, address or canary.address, hand.url))
    hand.click("run")
    expect(hand.find(".demo-tool-stop")).to_be_hidden(timeout=BOOT)
    hand.page.wait_for_timeout(1_000)
    assert canary.noted == []
    hand.write(TEAPOT)
    assert '"status":418' in hand.run()
