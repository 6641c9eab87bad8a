"""The demo for everybody: without JavaScript, with a screen reader, on a phone, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.conftest import Hand
from tests.browser.small_site import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
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
@pytest.mark.parametrize("name", ["numbers", "wrong"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_to_complain_about(
    hand: Hand, name: str, language: str, scheme: str
) -> None:
    hand.open(name, language, scheme)
    hand.page.add_script_tag(path=AXE)
    assert violations(hand) == []
    hand.find(".demo-row-button").nth(2).click()
    hand.page.mouse.move(0, 0)
    assert violations(hand) == []
    hand.click("edit")
    expect(hand.find(".cm-content")).to_be_visible()
    assert violations(hand) == []


def violations(hand: Hand) -> list[str]:
    return list(
        hand.page.evaluate(
            """async () => {
                const { violations } = await axe.run();
                return violations.flatMap((rule) =>
                    rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
            }"""
        )
    )


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


def test_on_paper_the_lanes_stay_and_the_buttons_go(hand: Hand) -> None:
    hand.open("numbers")
    hand.page.emulate_media(media="print")
    expect(hand.find(".demo-rows")).to_be_visible()
    expect(hand.find(".demo-controls")).to_be_hidden()
    expect(hand.find(".demo-tools")).to_be_hidden()


def test_touch_selects_a_step(browser: Browser, hand: Hand) -> None:
    viewport: ViewportSize = {"width": 390, "height": 800}
    context = browser.new_context(has_touch=True, is_mobile=True, viewport=viewport)
    page = context.new_page()
    page.goto(f"{hand.url}/numbers-zh-default.html")
    page.locator(".demo-row-button").nth(3).tap()
    expect(page.locator(".demo-place")).to_have_text("4 / 16")
    context.close()
