"""Links to a step, the way to the next finding, and what is said aloud."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Hand

CURRENT = ".demo-row.demo-is-current"
DEMO = "demo-stream-numbers"


def at(hand: Hand, text: str) -> None:
    expect(hand.find(".demo-place")).to_have_text(text)


def test_a_link_opens_the_demo_at_its_step(seeing: Hand) -> None:
    seeing.page.goto(f"{seeing.url}/two-en-default.html#{DEMO}/7")
    numbers = seeing.other(1)
    at(numbers, "7 / 16")
    expect(numbers.find(CURRENT)).to_be_in_viewport()
    expect(numbers.find(f"{CURRENT} button")).to_be_focused()
    expect(seeing.find(CURRENT)).to_have_count(0)


def test_another_link_on_the_page_goes_to_another_step_and_the_same_one_again(
    seeing: Hand,
) -> None:
    seeing.open("two")
    numbers = seeing.other(1)
    seeing.page.evaluate(
        f"""for (const step of [3, 9]) {{
            const link = document.createElement("a");
            link.href = `#{DEMO}/${{step}}`;
            link.textContent = `step ${{step}}`;
            document.querySelector("h1").append(" ", link);
        }}"""
    )
    for step in (3, 9):
        seeing.page.get_by_text(f"step {step}", exact=True).click()
        at(numbers, f"{step} / 16")
    numbers.find(".demo-slider").fill("2")
    seeing.page.get_by_text("step 9", exact=True).click()
    at(numbers, "9 / 16")
    seeing.page.go_back()
    at(numbers, "3 / 16")


@pytest.mark.parametrize("place", [f"{DEMO}/x", f"{DEMO}/", f"{DEMO}/1/2", DEMO, "demo-other/3"])
def test_what_is_no_link_to_a_step_opens_nothing(seeing: Hand, place: str) -> None:
    seeing.page.goto(f"{seeing.url}/two-en-default.html#{place}")
    at(seeing.other(1), "16 steps")


def test_a_step_beyond_the_last_is_the_last(seeing: Hand) -> None:
    seeing.page.goto(f"{seeing.url}/two-en-default.html#{DEMO}/99")
    at(seeing.other(1), "16 / 16")


def test_a_demo_that_comes_with_the_next_page_follows_the_link_too(seeing: Hand) -> None:
    seeing.open("two")
    seeing.page.evaluate(
        f"""() => {{
            const figure = document.querySelectorAll("figure")[1];
            figure.remove();
            history.pushState(null, "", "#{DEMO}/5");
            document.querySelector("main").append(figure);
        }}"""
    )
    at(seeing.other(1), "5 / 16")


def test_a_demo_that_has_left_listens_no_more(seeing: Hand) -> None:
    seeing.open("two")
    seeing.page.evaluate("window.gone = document.querySelectorAll('asgi-demo')[1]; gone.remove()")
    seeing.page.evaluate(f"location.hash = '{DEMO}/5'")
    seeing.page.wait_for_timeout(100)
    assert seeing.page.evaluate("gone.querySelectorAll('.demo-is-current').length") == 0


def test_stepping_leaves_the_address_and_the_history_alone(seeing: Hand) -> None:
    seeing.open("numbers")
    before = seeing.page.evaluate("[history.length, location.href]")
    for _ in range(5):
        seeing.click("next")
    assert seeing.page.evaluate("[history.length, location.href]") == before


def test_the_link_to_a_step_can_be_copied(seeing: Hand) -> None:
    seeing.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seeing.open("numbers", "zh")
    seeing.find(".demo-slider").fill("4")
    seeing.find(".demo-copy").click()
    expect(seeing.find(".demo-copied")).to_have_text("已复制")
    copied = seeing.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{seeing.url}/numbers-zh-default.html#{DEMO}/4"
    seeing.page.goto("about:blank")
    seeing.page.goto(copied)
    at(seeing, "4 / 16")


def test_where_copying_is_forbidden_the_link_can_be_taken_by_hand(seeing: Hand) -> None:
    seeing.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
    )
    seeing.open("numbers")
    seeing.click("next")
    seeing.find(".demo-copy").click()
    field = seeing.page.get_by_label("Link to this step")
    expect(field).to_have_value(f"{seeing.url}/numbers-en-default.html#{DEMO}/1")
    assert seeing.page.evaluate("getSelection().toString() || document.activeElement.selectionEnd")


def test_a_button_goes_to_the_next_finding_and_round_again(seeing: Hand) -> None:
    seeing.open("long")
    button = seeing.page.get_by_role("button", name="Next finding")
    button.click()
    expect(seeing.find(CURRENT)).to_have_class(
        "demo-row demo-kind-send demo-found-warning demo-is-current"
    )
    where = seeing.find(".demo-place").inner_text()
    button.click()
    at(seeing, where)


def test_the_key_f_goes_there_from_the_figure(seeing: Hand) -> None:
    seeing.open("wrong")
    seeing.find(".demo-row-button").first.focus()
    seeing.page.keyboard.press("f")
    expect(seeing.find(".demo-found-error.demo-is-current button")).to_be_focused()


def test_where_nothing_was_found_there_is_no_such_button(seeing: Hand) -> None:
    seeing.open("numbers")
    expect(seeing.find(".demo-finding.demo-button")).to_be_hidden()


def test_a_step_is_said_once_to_those_who_listen(seeing: Hand) -> None:
    seeing.open("numbers")
    said = seeing.find(".demo-controls [role=status]")
    expect(said).to_have_count(1)
    seeing.click("next")
    sentence = "The client sends a request."
    expect(said).to_have_text(f"Step 1 of 16 {sentence} GET /?name=Ada")
    row = seeing.find(".demo-row-button").first
    row.focus()
    seeing.page.keyboard.press("ArrowDown")
    at(seeing, "2 / 16")
    expect(said).to_have_text(f"Step 1 of 16 {sentence} GET /?name=Ada")
    second = seeing.find(".demo-row-button").nth(1)
    expect(second).to_have_accessible_description(
        "The server calls the app and hands it the scope of this connection."
    )
    expect(seeing.find("[aria-describedby]")).to_have_count(1)


def test_playing_scrolls_smoothly_unless_motion_is_unwelcome(
    browser: Browser, seeing: Hand
) -> None:
    for reduced, behaviour in ((True, "instant"), (False, "smooth")):
        context = browser.new_context(reduced_motion="reduce" if reduced else "no-preference")
        page = context.new_page()
        page.goto(f"{seeing.url}/numbers-en-default.html")
        page.evaluate(
            """() => {
                window.scrolls = [];
                Element.prototype.scrollIntoView = (how) => scrolls.push(how.behavior);
            }"""
        )
        page.locator(".demo-play").click()
        assert page.evaluate("scrolls") == [behaviour]
        page.locator(".demo-play").click()
        page.locator(".demo-next").click()
        assert page.evaluate("scrolls.at(-1)") == "instant"
        context.close()
