"""The exchange to the scale of virtual time: blocking, back pressure, several clients at once."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Hand
from tests.conftest import PageLog

pytestmark = pytest.mark.xdist_group("browser seeing_time")  # one tab for all

SCALED = ".demo-scaled"


def choose(hand: Hand, view: str) -> None:
    hand.find(f".demo-choice input[value={view}]").check()
    expect(hand.find(SCALED if view == "time" else ".demo-lanes")).to_be_visible()


def spans(hand: Hand, lane: str) -> list[tuple[str, float, float]]:
    """What a lane does, as (activity, start, end) in parts of the run, rounded."""
    track = hand.find(f'.demo-track[aria-label^="{lane}: "]')
    found = track.locator(".demo-span").evaluate_all(
        """spans => spans.map(span => [span.className.match(/demo-is-(\\w+)/)[1],
            +span.style.getPropertyValue("--start"), +span.style.getPropertyValue("--stop")])"""
    )
    return [(activity, round(start, 3), round(end, 3)) for activity, start, end in found]


def place(hand: Hand) -> str:
    return str(hand.find(".demo-place").inner_text())


def test_the_view_of_time_is_offered_only_where_time_passes(hand: Hand) -> None:
    hand.open("lifespan")
    expect(hand.find(".demo-choice")).to_be_hidden()
    hand.open("numbers")
    expect(hand.find(".demo-choice")).to_be_visible()
    expect(hand.find(".demo-lanes")).to_be_visible()


def test_a_page_may_ask_for_it_and_nothing_is_fetched_for_it_otherwise(
    fresh_hand: Hand, page_log: PageLog
) -> None:
    fresh_hand.open("numbers")
    fresh_hand.page.wait_for_load_state("networkidle")
    assert not any("/draw." in url for url in page_log.requests)
    fresh_hand.open("blocking")
    expect(fresh_hand.find(SCALED)).to_be_visible()
    expect(fresh_hand.page.get_by_label("to scale of time")).to_be_checked()


def test_the_choice_is_kept_for_the_demo_when_the_page_is_loaded_again(fresh_hand: Hand) -> None:
    fresh_hand.open("blocking")
    choose(fresh_hand, "order")
    fresh_hand.page.reload()
    expect(fresh_hand.find(".demo-lanes")).to_be_visible()
    choose(fresh_hand, "time")
    fresh_hand.page.reload()
    expect(fresh_hand.find(SCALED)).to_be_visible()
    fresh_hand.open("numbers")
    expect(fresh_hand.find(".demo-lanes")).to_be_visible()


def test_a_choice_that_cannot_be_stored_still_works(fresh_hand: Hand) -> None:
    fresh_hand.page.add_init_script(
        """Object.defineProperty(window, "sessionStorage",
            { get() { throw new DOMException("forbidden", "SecurityError"); } });"""
    )
    fresh_hand.open("numbers")
    choose(fresh_hand, "time")
    choose(fresh_hand, "order")


def test_a_view_that_cannot_be_downloaded_gives_way_to_the_other(fresh_hand: Hand) -> None:
    fresh_hand.page.route("**/draw.*", lambda route: route.abort())
    fresh_hand.open("blocking")
    expect(fresh_hand.find(".demo-lanes")).to_be_visible()
    expect(fresh_hand.find(".demo-caption")).to_contain_text("could not be downloaded")
    expect(fresh_hand.page.get_by_label("in order", exact=True)).to_be_checked()


def test_a_blocking_call_holds_the_server_and_the_other_requests(hand: Hand) -> None:
    hand.open("blocking")
    expect(hand.find(SCALED)).to_be_visible()
    assert spans(hand, "app two") == [("blocks", 0, 0.75)]
    assert spans(hand, "app one") == [("held", 0, 0.75)]
    assert spans(hand, "server") == [("held", 0, 0.75), ("app", 0.75, 1)]
    assert spans(hand, "client one") == [("response", 0, 0.75)]
    assert spans(hand, "app three") == [("timer", 0.75, 1)]


def test_what_lanes_do_differs_by_more_than_colour(hand: Hand) -> None:
    hand.open("blocking")
    names = hand.find(".demo-legend li").all_inner_texts()
    assert names[:3] == ["holds the event loop", "is held up by it", "waits for time or a task"]
    looks = hand.find(".demo-legend .demo-span").evaluate_all(
        """spans => spans.map(span => { const style = getComputedStyle(span);
            return [style.height, style.borderTopStyle, style.backgroundImage].join(" "); })"""
    )
    assert len(set(looks)) == len(names)


def test_a_full_buffer_is_drawn_against_its_marks(hand: Hand) -> None:
    hand.open("pressure", "zh")
    choose(hand, "time")
    slow = spans(hand, "应用 slow")
    assert slow[0] == ("send", 0, round(7.5 / 9, 3))
    levels = hand.find(".demo-levels")
    expect(levels).to_have_count(1)
    assert levels.locator(".demo-water").all_inner_texts() == ["65,536", "16,384"]
    path = levels.locator(".demo-level-line path").get_attribute("d") or ""
    assert path.startswith("M0 100H0.0")
    assert path.endswith("V100.0H1000")


def test_keys_step_through_it_as_through_the_other(hand: Hand) -> None:
    hand.open("blocking")
    hand.find(".demo-moment-button").first.focus()
    for key, at in {"ArrowRight": "1", "ArrowDown": "2", "End": "25", "ArrowLeft": "24"}.items():
        hand.page.keyboard.press(key)
        expect(hand.find(".demo-place")).to_have_text(f"{at} / 25")
    expect(hand.find(".demo-moment.demo-is-current button")).to_be_focused()
    hand.page.keyboard.press("Enter")
    expect(hand.find(".demo-place")).to_have_text("24 / 25")
    expect(hand.find(".demo-facts")).to_contain_text("complete")


def test_a_click_takes_the_step_that_is_there_and_the_next_click_the_one_after(
    hand: Hand,
) -> None:
    hand.open("blocking")
    chart = hand.find(".demo-moments").bounding_box()
    lane = chart["height"] / 7

    def click(part: float, row: float) -> int:
        at = (chart["x"] + part * chart["width"], chart["y"] + row * lane)
        hand.page.mouse.click(*at)
        return int(place(hand).split()[0])

    app_two = 5.5
    assert [click(0, app_two), click(0, app_two)] == [4, 5]
    assert click(0.75, app_two) == 6
    assert click(0.999, 6.5) == 20
    assert click(0.999, 2.5) == 21


def test_a_finger_takes_a_step(browser: Browser, hand: Hand) -> None:
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{hand.url}/blocking-zh-default.html")
    page.locator(".demo-moment-button").first.wait_for()
    page.locator(".demo-moments").evaluate("(chart) => chart.scrollIntoView({ block: 'center' })")
    chart: Any = page.locator(".demo-moments").bounding_box()
    page.touchscreen.tap(chart["x"] + 0.75 * chart["width"], chart["y"] + chart["height"] * 0.78)
    expect(page.locator(".demo-place")).to_have_text("6 / 25")
    context.close()


def test_a_change_of_view_keeps_the_step(hand: Hand) -> None:
    hand.open("blocking")
    hand.find(".demo-slider").fill("7")
    choose(hand, "order")
    expect(hand.find(".demo-row.demo-is-current")).to_have_class(
        "demo-row demo-kind-response demo-is-current"
    )
    expect(hand.find(".demo-is-ahead")).to_have_count(18)
    choose(hand, "time")
    expect(hand.find(".demo-moment.demo-is-current")).to_have_count(1)
    assert place(hand) == "7 / 25"


def test_steps_say_when_between_whom_and_what(hand: Hand) -> None:
    hand.open("blocking")
    name = "5. 0 s app two → app two: time.sleep holds the loop for 3 s against advice"
    expect(hand.page.get_by_role("button", name=name, exact=True)).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390, 768, 1920])
@pytest.mark.parametrize("name", ["blocking", "pressure", "many"])
def test_it_fits_its_window(hand: Hand, name: str, width: int) -> None:
    hand.page.set_viewport_size({"width": width, "height": 800})
    hand.open(name, "zh")
    choose(hand, "time")
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= width
