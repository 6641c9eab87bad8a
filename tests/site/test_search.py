"""Search, as a reader types it: each language finds its own pages and no others."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SETTLED

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def search(page: Page, url: str, words: str) -> list[str]:
    """The texts of the results."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(url)
    field = page.locator(".md-search__input")
    field.click()
    field.press_sequentially(words, delay=20)
    field.press("End")  # Chinese comes in without a key going up, which the theme waits for
    meta = page.locator(".md-search-result__meta")
    expect(meta).to_have_text(re.compile(r"\d|没有|No matching"))
    results = page.locator(".md-search-result__item")
    page.evaluate(SETTLED)  # what is found comes into the page bit by bit
    return results.all_inner_texts()


@pytest.mark.parametrize("words", ["背压", "协程", "事件循环", "response.start"])
def test_a_chinese_page_finds_chinese_words(site_url: str, page: Page, words: str) -> None:
    results = search(page, site_url + "/", words)
    assert results
    assert words.lower() in " ".join(results).replace("\u200b", "").lower()


@pytest.mark.parametrize("words", ["back pressure", "coroutine", "response.start"])
def test_an_english_page_finds_english_words_only(site_url: str, page: Page, words: str) -> None:
    results = search(page, site_url + "/en/", words)
    assert results
    assert not CHINESE.search(" ".join(results))


def test_an_english_page_lists_no_chinese_results(site_url: str, page: Page) -> None:
    assert search(page, site_url + "/en/", "协程") == []
