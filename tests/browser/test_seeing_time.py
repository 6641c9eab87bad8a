"""The exchange to the scale of virtual time: blocking, back pressure, several clients at once."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Hand
from tests.conftest import PageLog

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


def test_the_view_of_time_is_offered_only_where_time_passes(seeing: Hand) -> None:
    seeing.open("lifespan")
    expect(seeing.find(".demo-choice")).to_be_hidden()
    seeing.open("numbers")
    expect(seeing.find(".demo-choice")).to_be_visible()
    expect(seeing.find(".demo-lanes")).to_be_visible()


def test_a_page_may_ask_for_it_and_nothing_is_fetched_for_it_otherwise(
    seeing: Hand, page_log: PageLog
) -> None:
    seeing.open("numbers")
    seeing.page.wait_for_load_state("networkidle")
    assert not any("/draw." in url for url in page_log.requests)
    seeing.open("blocking")
    expect(seeing.find(SCALED)).to_be_visible()
    expect(seeing.page.get_by_label("to scale of time")).to_be_checked()


def test_the_choice_is_kept_for_the_demo_when_the_page_is_loaded_again(seeing: Hand) -> None:
    seeing.open("blocking")
    choose(seeing, "order")
    seeing.page.reload()
    expect(seeing.find(".demo-lanes")).to_be_visible()
    choose(seeing, "time")
    seeing.page.reload()
    expect(seeing.find(SCALED)).to_be_visible()
    seeing.open("numbers")
    expect(seeing.find(".demo-lanes")).to_be_visible()


def test_a_choice_that_cannot_be_stored_still_works(seeing: Hand) -> None:
    seeing.page.add_init_script(
        """Object.defineProperty(window, "sessionStorage",
            { get() { throw new DOMException("forbidden", "SecurityError"); } });"""
    )
    seeing.open("numbers")
    choose(seeing, "time")
    choose(seeing, "order")


def test_a_view_that_cannot_be_downloaded_gives_way_to_the_other(seeing: Hand) -> None:
    seeing.page.route("**/draw.*", lambda route: route.abort())
    seeing.open("blocking")
    expect(seeing.find(".demo-lanes")).to_be_visible()
    expect(seeing.find(".demo-caption")).to_contain_text("could not be downloaded")
    expect(seeing.page.get_by_label("in order", exact=True)).to_be_checked()


def test_a_blocking_call_holds_the_server_and_the_other_requests(seeing: Hand) -> None:
    seeing.open("blocking")
    expect(seeing.find(SCALED)).to_be_visible()
    assert spans(seeing, "app two") == [("blocks", 0, 0.75)]
    assert spans(seeing, "app one") == [("held", 0, 0.75)]
    assert spans(seeing, "server") == [("held", 0, 0.75), ("app", 0.75, 1)]
    assert spans(seeing, "client one") == [("response", 0, 0.75)]
    assert spans(seeing, "app three") == [("timer", 0.75, 1)]


def test_what_lanes_do_differs_by_more_than_colour(seeing: Hand) -> None:
    seeing.open("blocking")
    names = seeing.find(".demo-legend li").all_inner_texts()
    assert names[:3] == ["holds the event loop", "is held up by it", "waits for time or a task"]
    looks = seeing.find(".demo-legend .demo-span").evaluate_all(
        """spans => spans.map(span => { const style = getComputedStyle(span);
            return [style.height, style.borderTopStyle, style.backgroundImage].join(" "); })"""
    )
    assert len(set(looks)) == len(names)


def test_a_full_buffer_is_drawn_against_its_marks(seeing: Hand) -> None:
    seeing.open("pressure", "zh")
    choose(seeing, "time")
    slow = spans(seeing, "应用 slow")
    assert slow[0] == ("send", 0, round(7.5 / 9, 3))
    levels = seeing.find(".demo-levels")
    expect(levels).to_have_count(1)
    assert levels.locator(".demo-water").all_inner_texts() == ["65,536", "16,384"]
    path = levels.locator(".demo-level-line path").get_attribute("d") or ""
    assert path.startswith("M0 100H0.0")
    assert path.endswith("V100.0H1000")


def test_keys_step_through_it_as_through_the_other(seeing: Hand) -> None:
    seeing.open("blocking")
    seeing.find(".demo-moment-button").first.focus()
    for key, at in {"ArrowRight": "1", "ArrowDown": "2", "End": "25", "ArrowLeft": "24"}.items():
        seeing.page.keyboard.press(key)
        expect(seeing.find(".demo-place")).to_have_text(f"{at} / 25")
    expect(seeing.find(".demo-moment.demo-is-current button")).to_be_focused()
    seeing.page.keyboard.press("Enter")
    expect(seeing.find(".demo-place")).to_have_text("24 / 25")
    expect(seeing.find(".demo-facts")).to_contain_text("complete")


def test_a_click_takes_the_step_that_is_there_and_the_next_click_the_one_after(
    seeing: Hand,
) -> None:
    seeing.open("blocking")
    chart = seeing.find(".demo-moments").bounding_box()
    lane = chart["height"] / 7

    def click(part: float, row: float) -> int:
        at = (chart["x"] + part * chart["width"], chart["y"] + row * lane)
        seeing.page.mouse.click(*at)
        return int(place(seeing).split()[0])

    app_two = 5.5
    assert [click(0, app_two), click(0, app_two)] == [4, 5]
    assert click(0.75, app_two) == 6
    assert click(0.999, 6.5) == 20
    assert click(0.999, 2.5) == 21


def test_a_finger_takes_a_step(browser: Browser, seeing: Hand) -> None:
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{seeing.url}/blocking-zh-default.html")
    page.locator(".demo-moment-button").first.wait_for()
    page.locator(".demo-legend").scroll_into_view_if_needed()
    chart: Any = page.locator(".demo-moments").bounding_box()
    page.touchscreen.tap(chart["x"] + 0.75 * chart["width"], chart["y"] + chart["height"] * 0.78)
    expect(page.locator(".demo-place")).to_have_text("6 / 25")
    context.close()


def test_a_change_of_view_keeps_the_step(seeing: Hand) -> None:
    seeing.open("blocking")
    seeing.find(".demo-slider").fill("7")
    choose(seeing, "order")
    expect(seeing.find(".demo-row.demo-is-current")).to_have_class(
        "demo-row demo-kind-response demo-is-current"
    )
    expect(seeing.find(".demo-is-ahead")).to_have_count(18)
    choose(seeing, "time")
    expect(seeing.find(".demo-moment.demo-is-current")).to_have_count(1)
    assert place(seeing) == "7 / 25"


def test_steps_say_when_between_whom_and_what(seeing: Hand) -> None:
    seeing.open("blocking")
    name = "5. 0 s app two → app two: time.sleep holds the loop for 3 s against advice"
    expect(seeing.page.get_by_role("button", name=name, exact=True)).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390, 768, 1920])
@pytest.mark.parametrize("name", ["blocking", "pressure", "many"])
def test_it_fits_its_window(seeing: Hand, name: str, width: int) -> None:
    seeing.page.set_viewport_size({"width": width, "height": 800})
    seeing.open(name, "zh")
    choose(seeing, "time")
    assert seeing.page.evaluate("document.documentElement.scrollWidth") <= width
