"""Every demo of the real site, in both languages: the reader's run gives what was recorded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOOT, LISTEN
from tests.browser.versions import comparable
from tests.conftest import PageLog

# Not wait_for_function: that evaluates text in the page, which the page's policy forbids.
PLAYED = """([before, limit]) => new Promise((done, fail) => {
    const look = () => (played.length > before ? done() : setTimeout(look, 20));
    look();
    setTimeout(fail, limit, "no result");
})"""


def pages_with_demos(site: Path) -> list[str]:
    return [
        file.relative_to(site).as_posix()
        for file in sorted(site.rglob("*.html"))
        if "<asgi-demo" in file.read_text(encoding="utf-8")
    ]


def pages_in(language: str, site: Path) -> list[str]:
    """English pages have the demos of the Chinese ones."""
    pages = pages_with_demos(site)
    return [path for path in pages if path.startswith("en/") == (language == "en")]


LANGUAGES = ["zh", pytest.param("en", marks=pytest.mark.long)]
PARTS = 4  # so that several processes can share the work


@pytest.mark.timeout(900)  # some hundred and fifty of them
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_demo_of_the_site_runs_to_its_recorded_trace(
    page: Page, page_log: PageLog, built_site: Path, site_url: str, language: str, part: int
) -> None:
    pages = pages_in(language, built_site)
    assert len(pages) > 20
    for path in pages[part::PARTS]:
        page.goto(f"{site_url}/{path.removesuffix('index.html')}")
        page.evaluate(LISTEN)
        demos = page.locator("asgi-demo")
        for number in range(demos.count()):
            demo = demos.nth(number)
            demo.locator(".demo-tool-run").click()
            page.evaluate(PLAYED, [number, BOOT])
            recorded = json.loads(demo.locator("script.demo-data").text_content() or "")
            fresh = json.loads(page.evaluate(f"played[{number}]"))
            told = (
                json.dumps(comparable(data["trace"], recorded["app"])) for data in (fresh, recorded)
            )
            assert len(set(told)) == 1, (path, recorded["app"])
            expect(demo.locator(".demo-rows")).to_be_visible()
    assert page_log.hosts == {"127.0.0.1"}
    assert page_log.errors == []


def test_a_page_with_a_demo_asks_for_one_script_of_ours_and_no_python(
    page: Page, page_log: PageLog, built_site: Path, site_url: str
) -> None:
    path = "learn/first-app/index.html"
    page.goto(f"{site_url}/{path.removesuffix('index.html')}", wait_until="networkidle")
    ours = [url for url in page_log.requests if "/runtime/" in url]
    assert len(ours) == 1, ours
