"""The recorded exchange: drawn at once, stepped through by mouse, keys, slider; no Python."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Hand
from tests.conftest import PageLog

pytestmark = pytest.mark.xdist_group("browser stepping")  # one tab for all

CURRENT = ".demo-row.demo-is-current"


def test_after_the_first_step_stepping_asks_for_nothing(
    fresh_hand: Hand, page_log: PageLog
) -> None:
    fresh_hand.open("numbers")
    fresh_hand.click("next")
    expect(fresh_hand.find(".demo-facts")).to_contain_text("a start is due")
    before = len(page_log.requests)
    for _ in range(4):
        fresh_hand.click("next")
    fresh_hand.find(".demo-row-button").nth(2).click()
    expect(fresh_hand.find(".demo-place")).to_have_text("3 / 16")
    assert page_log.requests[before:] == []
    assert page_log.errors == []


def test_the_page_itself_asks_for_no_python_and_no_editor(
    fresh_hand: Hand, page_log: PageLog
) -> None:
    fresh_hand.open("numbers")
    assert not re.search("pyodide|editor|runner|manifest", " ".join(page_log.requests))


def test_lanes_stand_in_the_order_client_server_app(hand: Hand) -> None:
    hand.open("numbers", "zh")
    assert hand.find(".demo-head").all_inner_texts() == ["客户端", "服务器", "应用"]


def test_a_step_shows_its_line_its_message_and_who_waits(hand: Hand) -> None:
    hand.open("numbers")
    hand.find(".demo-row-button").nth(5).click()
    expect(hand.find(".demo-line-current")).to_have_attribute("data-line", "7")
    message = hand.find(".demo-message").inner_text()
    assert '"type": "http.response.start"' in message
    assert '[b"x-a", b"1"]' in message
    assert "waits for the app" in hand.find(".demo-facts").inner_text()
    assert "The app calls send()" in hand.find(".demo-caption").inner_text()


def test_the_app_is_shown_waiting_while_time_passes(hand: Hand) -> None:
    hand.open("numbers")
    hand.find(".demo-row-button").nth(6).click()
    assert "waits for time to pass" in hand.find(".demo-facts").inner_text()
    assert "0.5 s pass" in hand.find(".demo-gap").first.inner_text()


def test_first_previous_next_and_last_move_and_stay_within_bounds(hand: Hand) -> None:
    hand.open("numbers")
    hand.click("last")
    hand.click("next")
    expect(hand.find(".demo-place")).to_have_text("16 / 16")
    hand.click("previous")
    expect(hand.find(".demo-place")).to_have_text("15 / 16")
    hand.click("first")
    hand.click("previous")
    expect(hand.find(".demo-place")).to_have_text("1 / 16")


def test_the_keyboard_alone_steps_to_any_place(hand: Hand) -> None:
    hand.open("numbers")
    hand.find(".demo-row-button").first.focus()
    press = hand.page.keyboard.press
    press("ArrowDown")
    expect(hand.find(".demo-place")).to_have_text("1 / 16")
    press("ArrowRight")
    expect(hand.find(".demo-place")).to_have_text("2 / 16")
    press("End")
    expect(hand.find(".demo-place")).to_have_text("16 / 16")
    expect(hand.find(".demo-row-button").last).to_be_focused()
    press("ArrowUp")
    press("ArrowLeft")
    expect(hand.find(".demo-place")).to_have_text("14 / 16")
    press("Home")
    expect(hand.find(".demo-place")).to_have_text("1 / 16")
    press("Escape")
    expect(hand.find(CURRENT)).to_have_count(0)


def test_tab_reaches_the_figure_once_and_then_the_controls(hand: Hand) -> None:
    hand.open("numbers")
    hand.find(".demo-row-button").first.focus()
    hand.page.keyboard.press("Tab")
    expect(hand.find(".demo-first")).to_be_focused()


def test_the_slider_scrubs(hand: Hand) -> None:
    hand.open("numbers")
    hand.find(".demo-slider").fill("9")
    expect(hand.find(".demo-place")).to_have_text("9 / 16")
    expect(hand.find(".demo-slider")).to_have_attribute("aria-valuetext", "Step 9 of 16")


def test_play_goes_on_by_itself_and_pauses(fresh_hand: Hand) -> None:
    fresh_hand.page.clock.install()
    fresh_hand.open("numbers")
    fresh_hand.click("play")
    fresh_hand.page.clock.run_for(2300)
    expect(fresh_hand.find(".demo-place")).to_have_text("3 / 16")
    fresh_hand.click("play")
    fresh_hand.page.clock.run_for(5000)
    expect(fresh_hand.find(".demo-place")).to_have_text("3 / 16")


def test_a_broken_rule_is_marked_explained_and_reached_by_a_button(hand: Hand) -> None:
    hand.open("wrong")
    expect(hand.find(".demo-found-error .demo-mark")).to_contain_text("✕")
    hand.find(".demo-see").first.click()
    expect(hand.find(CURRENT)).to_have_class(re.compile("demo-kind-send"))
    name = re.compile(r"3\. 0 s app → server: .* breaks a rule")
    button = hand.page.get_by_role("button", name=name)
    expect(button).to_have_attribute("aria-current", "step")


def test_a_demo_that_is_moved_or_removed_leaves_nothing_running(hand: Hand) -> None:
    hand.open("numbers")
    hand.page.evaluate(
        """() => {
            const demo = document.querySelector("asgi-demo");
            const figure = demo.parentElement;
            for (let times = 0; times < 5; times++) { demo.remove(); figure.prepend(demo); }
        }"""
    )
    expect(hand.find(".demo-rows")).to_have_count(1)
    expect(hand.find(".demo-tools")).to_have_count(1)
    hand.page.evaluate("document.querySelector('asgi-demo').connectedCallback()")
    expect(hand.find(".demo-rows")).to_have_count(1)
