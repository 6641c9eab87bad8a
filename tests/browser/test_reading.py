"""The demo for everybody: without JavaScript, with a screen reader, on a phone, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.axe import violations
from tests.browser.conftest import Hand

pytestmark = pytest.mark.xdist_group("browser reading")  # one tab for all

WIDTH = "document.documentElement.scrollWidth"


def test_without_javascript_the_steps_are_a_list_that_can_be_read(
    browser: Browser, hand: Hand
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{hand.url}/wrong-zh-default.html")
    steps = page.locator(".demo-steps li")
    expect(steps.first).to_be_visible()
    assert "客户端" in steps.first.inner_text()
    expect(page.locator(".demo-findings li")).to_be_visible()
    expect(page.locator(".demo-line").first).to_be_visible()
    expect(page.locator("asgi-demo button")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize(("name", "language"), [("numbers", "zh"), ("wrong", "en")])
def test_axe_finds_nothing_to_complain_about(
    hand: Hand, name: str, language: str, scheme: str
) -> None:
    hand.open(name, language, scheme)
    assert violations(hand.page) == []
    hand.find(".demo-row-button").nth(2).click()
    expect(hand.find(".demo-facts")).to_contain_text("start")
    hand.page.mouse.move(0, 0)
    assert violations(hand.page) == []
    hand.click("edit")
    expect(hand.find(".cm-content")).to_be_visible()
    assert violations(hand.page) == []


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("name", ["blocking", "pressure", "many"])
def test_axe_finds_nothing_in_the_view_of_time_and_in_what_is_explained(
    hand: Hand, name: str, scheme: str
) -> None:
    hand.open(name, "zh", scheme)
    hand.find(".demo-choice input[value=time]").check()
    expect(hand.find(".demo-scaled")).to_be_visible()
    assert violations(hand.page) == []
    hand.find(".demo-slider").fill("2")
    expect(hand.find(".demo-facts")).to_contain_text("等待")
    expect(hand.find(".demo-keys")).to_be_visible()
    assert violations(hand.page) == []


def test_every_control_is_large_enough_for_a_finger(hand: Hand) -> None:
    hand.page.set_viewport_size({"width": 320, "height": 740})
    hand.open("blocking")
    hand.click("next")
    for control in hand.find(".demo-button, .demo-choice label, .demo-slider").all():
        if control.is_visible():
            assert control.bounding_box()["height"] >= 40
    expect(hand.find(".demo-copy")).to_be_visible()
    small = hand.find(".demo-copy, .demo-moment-button, .demo-key dt").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 24).length"
    )
    assert small == 0


def test_with_the_readers_own_colours_the_lines_stay_visible(fresh_hand: Hand) -> None:
    fresh_hand.page.emulate_media(forced_colors="active")
    fresh_hand.open("blocking")
    image = "getComputedStyle(document.querySelector(selector)).backgroundImage"
    looks = [".demo-span.demo-is-held", ".demo-span.demo-is-blocks"]
    held = fresh_hand.page.evaluate(f"selector => {image}", looks[0])
    assert "repeating-linear-gradient" in held
    colour = "getComputedStyle(document.querySelector(selector)).backgroundColor"
    assert fresh_hand.page.evaluate(f"selector => {colour}", looks[1]) == "rgb(0, 0, 0)"


def test_on_paper_a_long_exchange_is_whole(fresh_hand: Hand) -> None:
    fresh_hand.open("many")
    fresh_hand.page.emulate_media(media="print")
    fresh_hand.settle()
    box = fresh_hand.find(".demo-lanes")
    assert box.evaluate("lanes => lanes.scrollHeight - lanes.clientHeight") <= 1
    expect(fresh_hand.find(".demo-choice")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 1024, 1920])
def test_no_page_is_wider_than_its_window(hand: Hand, width: int) -> None:
    hand.page.set_viewport_size({"width": width, "height": 800})
    hand.open("numbers", "zh")
    hand.click("next")
    assert hand.page.evaluate(WIDTH) <= width


def test_on_a_wide_screen_the_code_stands_beside_the_lanes(hand: Hand) -> None:
    hand.page.set_viewport_size({"width": 1600, "height": 900})
    hand.open("numbers")
    code, lanes = hand.find(".demo-code").bounding_box(), hand.find(".demo-lanes").bounding_box()
    assert code["x"] + code["width"] <= lanes["x"]


def test_on_paper_the_lanes_stay_and_the_buttons_go(fresh_hand: Hand) -> None:
    fresh_hand.open("numbers")
    fresh_hand.page.emulate_media(media="print")
    expect(fresh_hand.find(".demo-rows")).to_be_visible()
    expect(fresh_hand.find(".demo-controls")).to_be_hidden()
    expect(fresh_hand.find(".demo-tools")).to_be_hidden()


def test_touch_selects_a_step(browser: Browser, hand: Hand) -> None:
    viewport: ViewportSize = {"width": 390, "height": 800}
    context = browser.new_context(has_touch=True, is_mobile=True, viewport=viewport)
    page = context.new_page()
    page.goto(f"{hand.url}/numbers-zh-default.html")
    page.locator(".demo-row-button").nth(3).tap()
    expect(page.locator(".demo-place")).to_have_text("4 / 16")
    context.close()
