"""The map on the home page shows what its reader has read to the end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

PROGRESS = ".map-progress"


def read_to_the_end(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(".foot").scroll_into_view_if_needed()
    page.evaluate(KEPT)


KEPT = """() => new Promise((resolve) => {
    const look = () => localStorage.getItem("read") ? resolve() : setTimeout(look, 20);
    look();
})"""


def test_a_chapter_read_to_its_end_is_marked_in_both_languages(site_url: str, page: Page) -> None:
    page.goto(site_url + "/")
    expect(page.locator(PROGRESS)).to_be_hidden()
    read_to_the_end(page, site_url + "/learn/before-you-start/")
    for home, told in (("/", "读完了 1 / "), ("/en/", "1 of ")):
        page.goto(site_url + home)
        expect(page.locator(PROGRESS)).to_contain_text(told)
        expect(page.locator(".map-read:visible")).to_have_count(1)
        first = page.locator(".map-chapter").first
        expect(first.locator(".map-read")).to_be_visible()
    page.locator(".map-on a").click()
    expect(page).to_have_url(site_url + "/en/learn/async-await/")


def test_a_chapter_that_was_only_opened_is_not(site_url: str, page: Page) -> None:
    page.goto(site_url + "/learn/first-app/")
    page.goto(site_url + "/")
    expect(page.locator(PROGRESS)).to_be_hidden()


def test_it_can_be_forgotten(site_url: str, page: Page) -> None:
    read_to_the_end(page, site_url + "/en/learn/first-app/")
    page.goto(site_url + "/en/")
    page.locator(f"{PROGRESS} button").click()
    expect(page.locator(PROGRESS)).to_be_hidden()
    assert page.evaluate("localStorage.getItem('read')") is None


@pytest.mark.parametrize("kept", ["{", "7", '{"a": 1}', "[7]"])
def test_what_somebody_else_has_stored_does_no_harm(site_url: str, page: Page, kept: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(site_url + "/")
    page.evaluate("kept => localStorage.setItem('read', kept)", kept)
    page.reload()
    expect(page.locator(PROGRESS)).to_be_hidden()
    assert errors == []


def test_without_storage_nothing_breaks(site_url: str, browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(site_url + "/learn/first-app/")
    page.locator(".foot").scroll_into_view_if_needed()
    page.goto(site_url + "/")
    expect(page.locator(".map-chapter").first).to_be_visible()
    context.close()
    assert errors == []
