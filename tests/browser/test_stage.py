"""The stage: the message under the figure, the statement lit, ways to step by key and by finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Hand

pytestmark = pytest.mark.xdist_group("browser stepping")

SWIPE = """([from, to]) => {
    const area = document.querySelector(".demo-figure");
    const touch = (x) => new Touch({ identifier: 1, target: area, clientX: x, clientY: 300 });
    const fire = (type, x, held) => area.dispatchEvent(new TouchEvent(type, {
        bubbles: true, touches: held ? [touch(x)] : [], changedTouches: [touch(x)],
    }));
    fire("touchstart", from, true);
    fire("touchend", to, false);
}"""


def lit(hand: Hand) -> list[int]:
    lines = hand.find(".demo-line-current").all()
    return [int(line.get_attribute("data-line") or 0) for line in lines]


def test_the_message_is_under_the_figure_and_always_as_high(hand: Hand) -> None:
    hand.open("numbers")
    card = hand.find(".demo-card")
    expect(card).to_contain_text("The message of the step is shown here.")
    heights = [card.bounding_box()["height"]]
    for number in range(6):
        hand.find(".demo-row-button").nth(number).click()
        heights.append(card.bounding_box()["height"])
    assert set(heights) == {heights[0]}
    expect(card).to_contain_text('"type": "http.response.start"')


def test_the_whole_statement_is_lit(hand: Hand) -> None:
    hand.open("numbers")
    source = hand.find(".demo-code .demo-line").all_inner_texts()
    hand.find(".demo-row-button").nth(5).click()
    lines = lit(hand)
    text = "\n".join(source[line - 1] for line in lines)
    assert text.strip().startswith("await send(")
    assert text.count("(") == text.count(")")
    assert text.count("{") == text.count("}")


def test_the_arrow_keys_step_the_demo_that_is_nearest_the_middle(hand: Hand) -> None:
    hand.open("two")
    hand.page.evaluate("document.activeElement.blur()")
    places = hand.page.locator(".demo-place")
    second = hand.page.locator("asgi-demo").nth(1)
    second.locator(".demo-figure").scroll_into_view_if_needed()
    hand.page.evaluate(
        "document.querySelectorAll('asgi-demo .demo-main')[1].scrollIntoView({ block: 'center' })"
    )
    hand.page.keyboard.press("ArrowRight")
    hand.page.keyboard.press("ArrowRight")
    expect(places.nth(1)).to_have_text("2 / 16")
    hand.page.keyboard.press("ArrowLeft")
    expect(places.nth(1)).to_have_text("1 / 16")
    assert "/" not in places.nth(0).inner_text()


def test_the_arrow_keys_step_the_demo_that_has_the_focus(hand: Hand) -> None:
    hand.open("numbers")
    hand.find(".demo-tool-run").focus()
    hand.page.keyboard.press("ArrowRight")
    expect(hand.find(".demo-place")).to_have_text("1 / 16")


def test_what_uses_the_arrow_keys_itself_keeps_them(hand: Hand) -> None:
    hand.open("numbers")
    hand.find(".demo-slider").focus()
    hand.page.keyboard.press("ArrowRight")
    expect(hand.find(".demo-place")).to_have_text("2 / 16")  # the slider's own step, once


def test_a_finger_steps_by_swiping(browser: Browser, small_url: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    hand = Hand(context.new_page(), small_url)
    hand.open("numbers")
    hand.page.evaluate(SWIPE, [300, 200])
    hand.page.evaluate(SWIPE, [300, 200])
    expect(hand.find(".demo-place")).to_have_text("2 / 16")
    hand.page.evaluate(SWIPE, [200, 300])
    expect(hand.find(".demo-place")).to_have_text("1 / 16")
    hand.page.evaluate(SWIPE, [200, 210])
    expect(hand.find(".demo-place")).to_have_text("1 / 16")
    context.close()


def test_nothing_glides_where_motion_is_not_wanted(hand: Hand) -> None:
    hand.open("numbers")
    shaft = "document.querySelector('.demo-is-current .demo-shaft')"
    moving = f"getComputedStyle({shaft}, '::after').content"
    hand.find(".demo-row-button").first.click()
    assert hand.page.evaluate(moving) == '""'
    hand.page.emulate_media(reduced_motion="reduce")
    assert hand.page.evaluate(moving) == "none"
    hand.page.emulate_media(reduced_motion="no-preference")
