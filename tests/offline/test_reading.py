"""The copy from a disk, without a network: reading, changing language, searching, stepping."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_site_demos import LANGUAGES
from tests.engines.test_site import DRAWN, STEP_THROUGH
from tests.offline.conftest import Disk
from tests.site.test_search import CHINESE, search

STYLED = "getComputedStyle(document.body).getPropertyValue('--paper') !== ''"


def pages(folder: Path, language: str) -> list[str]:
    """The pages of one language, as paths in the copy."""
    found = [path.relative_to(folder).as_posix() for path in folder.rglob("index.html")]
    return sorted(path for path in found if path.startswith("en/") == (language == "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_and_every_demo_is_stepped_through(
    disk: Disk, unpacked: Path, language: str
) -> None:
    paths = pages(unpacked, language)
    assert len(paths) > 20
    demos = 0
    for path in paths:
        page = disk.open(path)
        assert page.evaluate(STYLED), path
        assert page.evaluate("document.documentElement.lang") == language
        page.wait_for_function(f"() => {{ {DRAWN} }}")
        assert page.evaluate(f"(async () => {{ {STEP_THROUGH} }})()") == [], path
        demos += page.locator("asgi-demo").count()
    assert demos > 50


def test_a_reader_goes_through_the_book_and_changes_language_on_the_way(disk: Disk) -> None:
    page = disk.open("index.html")
    page.locator(".map-chapter a").first.click()
    assert disk.here() == "learn/before-you-start/index.html"
    page.get_by_role("link", name="English").click()
    assert disk.here() == "en/learn/before-you-start/index.html"
    page.locator(".foot-turn a[rel=next]").click()
    assert disk.here() == "en/learn/async-await/index.html"
    page.get_by_role("link", name="中文").click()
    page.locator(".book-name").click()
    assert disk.here() == "index.html"


def test_the_error_decoder_answers_without_a_server(disk: Disk) -> None:
    page = disk.open("en/look-up/errors/index.html")
    page.locator(".decoder textarea").fill("RuntimeError: No response returned.")
    expect(page.locator(".decoder-answer")).to_contain_text("Why")


def test_what_was_read_and_the_colours_are_remembered_from_page_to_page(disk: Disk) -> None:
    page = disk.open("learn/first-app/index.html")
    page.locator(".scheme").click()
    scheme = page.evaluate("document.body.dataset.mdColorScheme")
    page.locator(".foot").scroll_into_view_if_needed()
    page.wait_for_function("() => localStorage.getItem('read') !== null")
    disk.open("en/index.html")
    assert page.evaluate("document.body.dataset.mdColorScheme") == scheme
    expect(page.locator(".map-count")).to_contain_text("1")


@pytest.mark.parametrize("words", ["背压", "协程", "response.start"])
def test_a_chinese_search_leads_to_chinese_pages(disk: Disk, words: str) -> None:
    results = search(disk.page, disk.address("learn/scope/index.html"), words)
    assert words in " ".join(results).replace("\u200b", "").lower()
    disk.page.locator(".md-search-result__item a").first.click()
    disk.page.wait_for_url(lambda url: "learn/scope" not in url)
    assert disk.page.evaluate("document.documentElement.lang") == "zh"
    assert disk.page.evaluate(STYLED)


@pytest.mark.parametrize("words", ["back pressure", "coroutine"])
def test_an_english_search_leads_to_english_pages(disk: Disk, words: str) -> None:
    results = search(disk.page, disk.address("en/index.html"), words)
    assert results
    assert not CHINESE.search(" ".join(results))
    disk.page.locator(".md-search-result__item a").first.click()
    disk.page.wait_for_url(lambda url: not url.endswith("en/index.html"))
    assert disk.here().startswith("en/")
    assert disk.page.evaluate(STYLED)


def test_a_preset_of_the_playground_opens(disk: Disk) -> None:
    page = disk.open("playground/index.html")
    expect(page.locator(".demo-rows").first).to_be_visible()
    page.locator("a[data-preset=fastapi]").click()
    expect(page.locator(".demo-file")).to_contain_text("fastapi")
    assert page.evaluate("location.hash") == "#preset=fastapi"


def test_the_copy_reads_the_same_without_scripts(disk: Disk, unpacked: Path) -> None:
    page = disk.open("en/learn/first-app/index.html")
    steps = page.locator(".demo-steps li").count()
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain = context.new_page()
    plain.goto((unpacked / "en/learn/first-app/index.html").as_uri())
    assert plain.locator(".demo-steps li").count() == steps > 0
    context.close()


def test_an_entry_of_the_contents_that_leads_nowhere_is_not_shown(disk: Disk) -> None:
    page = disk.open("learn/scope/index.html")
    entry = page.locator(".contents li a").nth(2)
    expect(entry).to_be_visible()
    entry.evaluate("(link) => link.removeAttribute('href')")
    expect(entry).to_be_hidden()
