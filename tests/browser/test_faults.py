"""Whatever goes wrong with a file that a run fetches: a plain word, and a Retry that works."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from common.places import ROOT
from tests.browser.conftest import Hand
from tests.browser.small_site import serve_site
from tests.browser.test_failed_downloads import FILES, SNAPSHOTS, address, missing, offline

RUNTIME = ROOT / "build" / "runtime"
SLOW = 1_500  # milliseconds before the first byte


def file_of(route: Route) -> Path:
    return RUNTIME / route.request.url.rsplit("/", 1)[1]


def broken(route: Route) -> None:
    route.fulfill(status=503, body="later")


def wrong_bytes(route: Route) -> None:
    """As many bytes as there should be, one of them another."""
    data = bytearray(file_of(route).read_bytes())
    data[len(data) // 2] ^= 1
    route.fulfill(body=bytes(data), content_type=kind_of(route))


def truncated(route: Route) -> None:
    route.fulfill(body=file_of(route).read_bytes()[:-7], content_type=kind_of(route))


def wrong_type(route: Route) -> None:
    route.fulfill(body=file_of(route).read_bytes(), content_type="text/plain")


def slow(route: Route) -> None:
    route.request.frame.page.wait_for_timeout(SLOW)
    route.fallback()


def kind_of(route: Route) -> str:
    kinds = {".mjs": "text/javascript", ".html": "text/html", ".wasm": "application/wasm"}
    return kinds.get(file_of(route).suffix, "application/octet-stream")


FAULTS: dict[str, Callable[[Route], None]] = {
    "missing": missing,
    "broken": broken,
    "offline": offline,
    "wrong bytes": wrong_bytes,
    "truncated": truncated,
    "wrong type": wrong_type,
    "slow": slow,
}


@pytest.mark.long
@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_or_overcome_and_the_next_try_works(
    fresh_hand: Hand, fault: str, file: str
) -> None:
    fresh_hand.page.route(SNAPSHOTS, missing)  # with them, two of the files would not be asked for
    fresh_hand.page.route(address(file), FAULTS[fault])
    fresh_hand.open("two", "en")
    fresh_hand.click("run")
    status = fresh_hand.find(".demo-status")
    expect(fresh_hand.find(".demo-tool-stop")).to_be_hidden(timeout=60_000)
    if "Run just now" in status.inner_text():
        assert fault in ("slow", "wrong type")
        return
    stem = file.rpartition(".")[0]
    assert stem in status.inner_text()
    expect(fresh_hand.find(".demo-rows")).to_be_visible()
    fresh_hand.page.unroute(address(file))
    fresh_hand.click("retry")
    fresh_hand.says("Run just now")


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_or_overcome(fresh_hand: Hand, fault: str) -> None:
    test_a_fault_is_told_or_overcome_and_the_next_try_works(fresh_hand, fault, "asgiscope.zip")


class Careless:
    """A site whose files may be kept for ever; one of them is all zeros as long as it is wrong."""

    def __init__(self, app: Any, file: str) -> None:
        self.app = app
        self.file = re.compile(fnmatch.translate(address(file)))
        self.wrong = True

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def change(message: Any) -> None:
            if message["type"] == "http.response.start":
                forever = (b"cache-control", b"public, max-age=31536000, immutable")
                message["headers"] = [*message["headers"], forever]
            elif wrong:
                message["body"] = bytes(len(message["body"]))
            await send(message)

        wrong = scope["type"] == "http" and self.wrong and self.file.match(scope["path"])
        await self.app(scope, receive, change)


@pytest.mark.parametrize("file", ["runner.mjs", "manifest.json", "sandbox.html", "worker.mjs"])
def test_a_retry_goes_past_what_the_browser_has_kept(
    page: Page, small_site: Path, serve: Callable[[Any], str], file: str
) -> None:
    site = Careless(serve_site(small_site), file)
    fresh_hand = Hand(page, serve(site)).open("two")
    fresh_hand.click("run")
    fresh_hand.says("arrived with the wrong content")
    fresh_hand.says(file.partition(".")[0])
    site.wrong = False
    fresh_hand.click("retry")
    fresh_hand.says("Run just now")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_from_before_a_deployment_says_so(fresh_hand: Hand, language: str) -> None:
    fresh_hand.open("two", language)
    fresh_hand.page.route("**/runtime/**", missing)
    fresh_hand.click("run")
    fresh_hand.says({"zh": "刷新页面", "en": "reload the page"}[language])
