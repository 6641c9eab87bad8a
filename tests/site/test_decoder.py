"""The page of the error decoder answers a pasted text, folds its entries, and filters them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from site_plugin.kinds.decoder import LAYERS, layers
from tests.asgiscope.decoder.test_matching import CASES, text_of

ADDRESS = {"zh": "/look-up/errors/", "en": "/en/look-up/errors/"}
FIELD, ANSWER, ENTRY = ".decoder textarea", ".decoder-answer", "article > .said"
# What the page says of each text: its heading if it is known, and where its links lead.
ANSWERS = """texts => {
  const field = document.querySelector(".decoder textarea");
  const answer = document.querySelector(".decoder-answer");
  const idOf = (code) => [...document.querySelectorAll("article > .said")].find(
    (said) => said.querySelector("code").innerHTML === code.innerHTML).id;
  return texts.map((text) => {
    field.value = text;
    field.dispatchEvent(new Event("input"));
    const known = [...answer.querySelectorAll(":scope > .said code")].map(idOf);
    const links = [...answer.querySelectorAll("li a")].map((link) => link.hash.slice(1));
    return [known.length === 1, [...known, ...links]];
  });
}"""


def test_a_text_is_answered_in_the_page_as_in_the_engine(site_url: str, page: Page) -> None:
    page.goto(site_url + ADDRESS["en"])
    # \x1b and the like do not survive a form's field in every engine; they are given as they are.
    given = page.evaluate(ANSWERS, [text_of(case) for case in CASES])
    for case, (known, found) in zip(CASES, given, strict=True):
        assert known is ("known" in case), case["say"]
        assert found == case.get("known", case.get("near", [])), case["say"]


@pytest.mark.parametrize("language", ADDRESS)
def test_typing_gives_the_card_in_the_language_of_the_page(
    site_url: str, page: Page, language: str
) -> None:
    page.goto(site_url + ADDRESS[language])
    page.locator(FIELD).fill("RuntimeError: No response returned.")
    expect(page.locator(ANSWER)).to_contain_text({"zh": "原因", "en": "Why"}[language])
    expect(page.locator(f"{ANSWER} dl")).to_be_visible()
    page.locator(FIELD).fill("")
    expect(page.locator(ANSWER)).to_be_empty()


def test_the_nearest_are_links_with_the_words_in_common(site_url: str, page: Page) -> None:
    page.goto(site_url + ADDRESS["en"])
    page.locator(FIELD).fill("unhandled errors in a TaskGroup")
    expect(page.locator(ANSWER)).to_contain_text("in common: unhandled errors in taskgroup")
    page.locator(f"{ANSWER} a").click()
    expect(page.locator("#errors-in-a-task-group + dl")).to_be_visible()


def test_what_is_not_known_is_said_and_pasted_markup_stays_text(site_url: str, page: Page) -> None:
    page.goto(site_url + ADDRESS["en"])
    page.locator(FIELD).fill("<img src=x onerror=document.title='taken'>")
    expect(page.locator(ANSWER)).to_contain_text("No message that is known")
    assert page.locator(f"{ANSWER} img").count() == 0


def test_entries_are_folded_and_open_by_a_click_a_key_and_their_address(
    site_url: str, page: Page
) -> None:
    page.goto(site_url + ADDRESS["en"])
    first = page.locator(ENTRY).first
    button, answer = first.locator("button"), page.locator(f"{ENTRY} + dl").first
    expect(button).to_have_attribute("aria-expanded", "false")
    assert answer.bounding_box()["height"] < 30  # type: ignore[index]
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    assert answer.bounding_box()["height"] > 60  # type: ignore[index]
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "false")
    page.goto(site_url + ADDRESS["en"] + "#stream-consumed")
    expect(page.locator("#stream-consumed button")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#stream-consumed")).to_be_in_viewport()


def test_a_choice_leaves_those_of_a_server_or_a_layer(site_url: str, page: Page) -> None:
    page.goto(site_url + ADDRESS["en"])
    choice = page.locator(".decoder select")
    choice.select_option(label="servers")
    shown = page.locator(f"{ENTRY}:visible")
    said = shown.evaluate_all("all => [...new Set(all.map(one => one.dataset.by))].sort()")
    assert said == layers()["server"]
    choice.select_option(label="\u2003FastAPI")
    said = shown.evaluate_all("all => [...new Set(all.map(one => one.dataset.by))]")
    assert said == ["fastapi"]
    page.goto(site_url + ADDRESS["en"] + "#stream-consumed")
    expect(page.locator("#stream-consumed")).to_be_visible()


@pytest.mark.parametrize("language", ADDRESS)
def test_without_javascript_all_entries_stand_open(
    site_url: str, browser: Browser, language: str
) -> None:
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto(site_url + ADDRESS[language])
        expect(page.locator(FIELD)).to_be_hidden()
        assert page.locator(f"{ENTRY} + dl").last.bounding_box()["height"] > 60  # type: ignore[index]


def test_every_layer_names_those_that_say_an_entry() -> None:
    found = layers()
    assert all(found.values())
    assert all(set(members) <= set(found[layer]) for layer, members in LAYERS.items())


def test_the_script_is_on_its_page_only(built_site: Path) -> None:
    pages = [path for path in built_site.rglob("*.html") if "/decoder." in path.read_text("utf-8")]
    assert {path.parent.name for path in pages} == {"errors"}
