"""Links to a step, the way to the next finding, and what is said aloud."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Hand

pytestmark = pytest.mark.xdist_group("browser seeing_links")  # one tab for all

CURRENT = ".demo-row.demo-is-current"
DEMO = "demo-stream-numbers"


def at(hand: Hand, text: str) -> None:
    expect(hand.find(".demo-place")).to_have_text(text)


def test_a_link_opens_the_demo_at_its_step(hand: Hand) -> None:
    hand.page.goto(f"{hand.url}/two-en-default.html#{DEMO}/7")
    numbers = hand.other(1)
    at(numbers, "7 / 16")
    expect(numbers.find(CURRENT)).to_be_in_viewport()
    expect(numbers.find(f"{CURRENT} button")).to_be_focused()
    expect(hand.find(CURRENT)).to_have_count(0)


def test_another_link_on_the_page_goes_to_another_step_and_the_same_one_again(
    hand: Hand,
) -> None:
    hand.open("two")
    numbers = hand.other(1)
    hand.page.evaluate(
        f"""for (const step of [3, 9]) {{
            const link = document.createElement("a");
            link.href = `#{DEMO}/${{step}}`;
            link.textContent = `step ${{step}}`;
            document.querySelector("h1").append(" ", link);
        }}"""
    )
    for step in (3, 9):
        hand.page.get_by_text(f"step {step}", exact=True).click()
        at(numbers, f"{step} / 16")
    numbers.find(".demo-slider").fill("2")
    hand.page.get_by_text("step 9", exact=True).click()
    at(numbers, "9 / 16")
    hand.page.go_back()
    at(numbers, "3 / 16")


@pytest.mark.parametrize("place", [f"{DEMO}/x", f"{DEMO}/", f"{DEMO}/1/2", DEMO, "demo-other/3"])
def test_what_is_no_link_to_a_step_opens_nothing(hand: Hand, place: str) -> None:
    hand.page.goto(f"{hand.url}/two-en-default.html#{place}")
    at(hand.other(1), "16 steps")


def test_a_step_beyond_the_last_is_the_last(hand: Hand) -> None:
    hand.page.goto(f"{hand.url}/two-en-default.html#{DEMO}/99")
    at(hand.other(1), "16 / 16")


def test_a_demo_that_comes_with_the_next_page_follows_the_link_too(hand: Hand) -> None:
    hand.open("two")
    hand.page.evaluate(
        f"""() => {{
            const figure = document.querySelectorAll("figure")[1];
            figure.remove();
            history.pushState(null, "", "#{DEMO}/5");
            document.querySelector("main").append(figure);
        }}"""
    )
    at(hand.other(1), "5 / 16")


def test_a_demo_that_has_left_listens_no_more(fresh_hand: Hand) -> None:
    fresh_hand.open("two")
    fresh_hand.page.evaluate(
        "window.gone = document.querySelectorAll('asgi-demo')[1]; gone.remove()"
    )
    fresh_hand.page.evaluate(f"location.hash = '{DEMO}/5'")
    fresh_hand.settle()
    assert fresh_hand.page.evaluate("gone.querySelectorAll('.demo-is-current').length") == 0


def test_stepping_leaves_the_address_and_the_history_alone(hand: Hand) -> None:
    hand.open("numbers")
    before = hand.page.evaluate("[history.length, location.href]")
    for _ in range(5):
        hand.click("next")
    assert hand.page.evaluate("[history.length, location.href]") == before


def test_the_link_to_a_step_can_be_copied(hand: Hand) -> None:
    hand.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hand.open("numbers", "zh")
    hand.find(".demo-slider").fill("4")
    hand.find(".demo-copy").click()
    expect(hand.find(".demo-copied")).to_have_text("已复制")
    copied = hand.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{hand.url}/numbers-zh-default.html#{DEMO}/4"
    hand.page.goto("about:blank")
    hand.page.goto(copied)
    at(hand, "4 / 16")


def test_where_copying_is_forbidden_the_link_can_be_taken_by_hand(fresh_hand: Hand) -> None:
    fresh_hand.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
    )
    fresh_hand.open("numbers")
    fresh_hand.click("next")
    fresh_hand.find(".demo-copy").click()
    field = fresh_hand.page.get_by_label("Link to this step")
    expect(field).to_have_value(f"{fresh_hand.url}/numbers-en-default.html#{DEMO}/1")
    assert fresh_hand.page.evaluate(
        "getSelection().toString() || document.activeElement.selectionEnd"
    )


def test_a_button_goes_to_the_next_finding_and_round_again(hand: Hand) -> None:
    hand.open("long")
    button = hand.page.get_by_role("button", name="Next finding")
    button.click()
    expect(hand.find(CURRENT)).to_have_class(
        "demo-row demo-kind-send demo-found-warning demo-is-current"
    )
    where = hand.find(".demo-place").inner_text()
    button.click()
    at(hand, where)


def test_the_key_f_goes_there_from_the_figure(hand: Hand) -> None:
    hand.open("wrong")
    hand.find(".demo-row-button").first.focus()
    hand.page.keyboard.press("f")
    expect(hand.find(".demo-found-error.demo-is-current button")).to_be_focused()


def test_where_nothing_was_found_there_is_no_such_button(hand: Hand) -> None:
    hand.open("numbers")
    expect(hand.find(".demo-finding.demo-button")).to_be_hidden()


def test_a_step_is_said_once_to_those_who_listen(hand: Hand) -> None:
    hand.open("numbers")
    said = hand.find(".demo-controls [role=status]")
    expect(said).to_have_count(1)
    hand.click("next")
    sentence = "The client sends a request."
    expect(said).to_have_text(f"Step 1 of 16 {sentence} GET /?name=Ada")
    row = hand.find(".demo-row-button").first
    row.focus()
    hand.page.keyboard.press("ArrowDown")
    at(hand, "2 / 16")
    expect(said).to_have_text(f"Step 1 of 16 {sentence} GET /?name=Ada")
    second = hand.find(".demo-row-button").nth(1)
    expect(second).to_have_accessible_description(
        "The server calls the app and hands it the scope of this connection."
    )
    expect(hand.find("[aria-describedby]")).to_have_count(1)


def test_playing_scrolls_smoothly_unless_motion_is_unwelcome(browser: Browser, hand: Hand) -> None:
    for reduced, behaviour in ((True, "instant"), (False, "smooth")):
        context = browser.new_context(reduced_motion="reduce" if reduced else "no-preference")
        page = context.new_page()
        page.goto(f"{hand.url}/numbers-en-default.html")
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
