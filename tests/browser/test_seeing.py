"""What a step shows: lanes for everyone who takes part, who waits for what, the keys explained."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from asgiscope.spec import MESSAGES, SCOPES, SPECIFICATION, meanings_en, meanings_zh
from asgiscope.wire import HIGH_WATER, LOW_WATER
from runtime.meanings import meanings
from tests.browser.conftest import Hand
from tests.conftest import PageLog

DRAWN = 100  # milliseconds for a thousand events
STEPPED = 16


def step(hand: Hand, number: int) -> None:
    hand.find(".demo-slider").fill(str(number))
    expect(hand.find(".demo-place")).to_contain_text(f"{number} /")


def waits(hand: Hand) -> dict[str, str]:
    """What each lane does at the step that is shown."""
    lanes = hand.find(".demo-fact-lane")
    names, does = (lanes.locator(tag).all_inner_texts() for tag in ("dt", "dd"))
    return dict(zip(names, does, strict=True))


def test_every_client_and_every_task_of_the_app_has_a_lane(seeing: Hand) -> None:
    seeing.open("blocking")
    seeing.find(".demo-choice input").first.check()
    heads = [text.split() for text in seeing.find(".demo-head").all_inner_texts()]
    names = ["one", "two", "three"]
    assert heads == [
        *(["client", name] for name in names),
        ["server"],
        *(["app", name] for name in names),
    ]
    seeing.open("tasks")
    heads = [text.split() for text in seeing.find(".demo-head").all_inner_texts()]
    assert heads == [["client"], ["server"], ["app"], ["app", "#2"], ["app", "#3"]]


def test_the_lifespan_is_a_lane_before_that_of_the_request(seeing: Hand) -> None:
    seeing.open("lifespan", "zh")
    heads = [text.split() for text in seeing.find(".demo-head").all_inner_texts()]
    assert heads == [["客户端"], ["服务器"], ["应用", "lifespan"], ["应用", "client"]]


def test_a_blocking_call_holds_every_lane_of_the_loop(seeing: Hand) -> None:
    seeing.open("blocking")
    step(seeing, 5)
    assert waits(seeing) == {
        "client one": "waits for the response",
        "client two": "waits for the response",
        "server": "cannot go on: the event loop is held",
        "app one": "cannot go on: the event loop is held",
        "app two": "holds the whole event loop",
    }
    step(seeing, 6)
    assert waits(seeing)["app two"] == "running"


def test_only_one_task_runs_at_a_time(seeing: Hand) -> None:
    seeing.open("blocking")
    step(seeing, 4)
    does = waits(seeing)
    assert does["app two"] == "running"
    assert does["app one"] == "waits for time to pass, or for another task"


def test_a_websocket_is_told_with_its_own_words(seeing: Hand) -> None:
    seeing.open("websocket")
    said = {1: "asks for a WebSocket", 6: "completes the handshake", 8: "sends a text message"}
    said |= {11: "passes the text message on", 18: "The client closes the connection"}
    for number, words in said.items():
        step(seeing, number)
        expect(seeing.find(".demo-caption")).to_contain_text(words)
    labels = seeing.find(".demo-words").all_inner_texts()
    assert {"WebSocket /chat", "101 v1", '"hello"', 'b"\\x00\\xff"', "closes 1000"} <= set(labels)


def test_the_keys_of_a_message_are_explained_from_the_specification(seeing: Hand) -> None:
    seeing.open("numbers")
    step(seeing, 6)
    keys = seeing.find(".demo-key")
    expect(keys).to_have_count(3)
    status, headers, trailers = (key.inner_text() for key in keys.all())
    assert status.split("\n") == ["status", "int · required", "The status code."]
    assert "iterable of [bytes, bytes] · default []" in headers
    assert "bool · default False · not given here" in trailers
    links = seeing.find(".demo-key a").evaluate_all("links => links.map(link => link.href)")
    assert set(links) == {SPECIFICATION + "specs/www.html#response-start-send-event"}


def test_the_keys_of_the_scope_are_explained_in_the_language_of_the_page(seeing: Hand) -> None:
    seeing.open("numbers", "zh")
    step(seeing, 2)
    expect(seeing.find(".demo-key")).to_have_count(len(SCOPES["http"].keys))
    server = seeing.find(
        ".demo-key",
    ).filter(has_text=re.compile("^server"))
    assert "自 2.2 版起" in server.inner_text()
    assert meanings_zh.SCOPES["http"]["server"] in server.inner_text()


def test_a_key_that_the_specification_lacks_is_named(seeing: Hand) -> None:
    seeing.open("long")
    number = seeing.find(".demo-row").evaluate_all(
        "rows => rows.findIndex(row => row.textContent.includes('http.response.body')) + 1"
    )
    step(seeing, number)
    expect(seeing.find(".demo-key-unknown")).to_contain_text("no such key")


def test_a_page_with_a_reference_links_to_its_anchors_and_no_two_are_alike(seeing: Hand) -> None:
    seeing.open("numbers")
    seeing.page.evaluate(
        "document.querySelector('asgi-demo').dataset.reference = '../reference/specification/'"
    )
    step(seeing, 6)
    first = seeing.find(".demo-key a").first
    anchor = "../reference/specification/#http-response-start-status"
    expect(first).to_have_attribute("href", anchor)
    tables = (SCOPES, MESSAGES)
    names = [
        (kind, key.name) for table in tables for kind, one in table.items() for key in one.keys
    ]
    anchors = {re.sub("[^a-z0-9]+", "-", f"{kind}-{key}") for kind, key in names}
    assert len(anchors) == len(names)


def test_nothing_of_the_specification_is_asked_for_before_the_first_step(
    seeing: Hand, page_log: PageLog
) -> None:
    seeing.open("numbers")
    seeing.page.wait_for_load_state("networkidle")
    first = len(page_log.requests)
    assert not re.search("keys|meanings|draw", " ".join(page_log.requests))
    seeing.click("next")
    seeing.page.wait_for_load_state("networkidle")
    names = [url.rpartition("/")[2].split(".")[0] for url in page_log.requests[first:]]
    assert sorted(names) == ["keys", "meanings_en"]


def test_without_the_words_of_the_specification_the_rest_works(
    seeing: Hand, page_log: PageLog
) -> None:
    seeing.page.route("**/meanings_*", lambda route: route.abort())
    seeing.open("numbers")
    step(seeing, 6)
    seeing.page.wait_for_load_state("networkidle")
    assert '"type": "http.response.start"' in seeing.find(".demo-message").inner_text()
    expect(seeing.find(".demo-facts")).to_contain_text("body")
    expect(seeing.find(".demo-keys")).to_have_count(0)


def test_words_that_come_late_do_not_land_in_another_step(seeing: Hand) -> None:
    held: list[Route] = []
    seeing.page.route("**/meanings_*", lambda route: held.append(route))
    seeing.open("numbers")
    step(seeing, 6)
    step(seeing, 7)
    seeing.page.wait_for_timeout(200)
    assert held
    for route in held:
        route.continue_()
    expect(seeing.find(".demo-facts")).to_contain_text("a body is due")
    expect(seeing.find(".demo-keys")).to_have_count(0)


def test_the_state_of_the_connection_stays_known_where_an_event_does_not_tell_it(
    seeing: Hand,
) -> None:
    seeing.open("websocket")
    step(seeing, 20)
    expect(seeing.find(".demo-caption")).to_contain_text("prints")
    expect(seeing.find(".demo-facts")).to_contain_text("gone: the client has left")


@pytest.mark.parametrize(
    ("number", "level"), [(7, "90,000"), (9, "70,000"), (32, "10,000"), (35, "70,000"), (46, "0")]
)
def test_the_bytes_in_the_buffer_are_told_at_every_step(
    seeing: Hand, number: int, level: str
) -> None:
    seeing.open("pressure")
    step(seeing, number)
    facts = seeing.find(".demo-facts")
    expect(facts).to_contain_text(f"{level} bytes (above {HIGH_WATER:,} send() waits")
    expect(facts).to_contain_text(f"until {LOW_WATER:,} are left")


def test_a_buffer_that_holds_nothing_is_not_talked_about(seeing: Hand) -> None:
    seeing.open("pressure")
    step(seeing, 20)
    expect(seeing.find(".demo-step-head")).to_contain_text("Step 20 of 46 · 1 s")
    expect(seeing.find(".demo-bar")).to_have_count(0)


def test_the_words_for_the_browser_are_those_of_the_engine() -> None:
    words = meanings("en")
    assert set(words["messages"]) == set(MESSAGES)
    keys = {key["name"]: key for key in words["messages"]["http.response.body"]["keys"]}
    assert keys["body"]["default"] == 'b""'
    assert keys["body"]["meaning"] == meanings_en.KEYS["http.response.body.body"]
    assert "default" not in words["scopes"]["http"]["keys"][0]


DRAW_AGAIN = """() => {
    const demo = document.querySelector("asgi-demo");
    const figure = demo.parentElement;
    demo.remove();
    figure.prepend(demo);
    return new Promise((resolve) => setTimeout(() => {
        demo.querySelector(".demo-figure").getBoundingClientRect();
        resolve();
    }));
}"""
STEP = """() => {
    document.querySelector(".demo-next").click();
    document.body.getBoundingClientRect();
}"""


def processor_time(hand: Hand, script: str, times: int) -> list[float]:
    """Milliseconds of script, style and layout: other programs on the machine do not count."""
    session = hand.page.context.new_cdp_session(hand.page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    parts = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * sum(float(one["value"]) for one in metrics if one["name"] in parts)

    found = []
    for _ in range(times):
        before = spent()
        hand.page.evaluate(script)
        found.append(spent() - before)
    session.detach()
    return sorted(found)


@pytest.mark.parametrize("view", ["order", "time"])
def test_a_thousand_events_are_drawn_and_stepped_through_in_no_time(
    seeing: Hand, view: str
) -> None:
    seeing.open("thousand")
    seeing.find(f".demo-choice input[value={view}]").check()
    expect(seeing.find(".demo-lanes" if view == "order" else ".demo-scaled")).to_be_visible()
    drawn = processor_time(seeing, DRAW_AGAIN, 9)
    stepped = processor_time(seeing, STEP, 30)
    assert drawn[4] < DRAWN
    assert stepped[15] < STEPPED


def test_in_a_long_exchange_the_names_and_the_step_stay_in_sight(seeing: Hand) -> None:
    seeing.page.set_viewport_size({"width": 390, "height": 740})
    seeing.open("many", "zh")
    step(seeing, 120)
    seeing.page.wait_for_timeout(300)
    window = seeing.find(".demo-lanes").bounding_box()
    row = seeing.find(".demo-is-current").bounding_box()
    head = seeing.find(".demo-heads").bounding_box()
    controls = seeing.find(".demo-controls").bounding_box()
    assert abs(head["y"] - window["y"]) < 2
    assert row["y"] >= head["y"] + head["height"] - 1
    assert row["y"] + row["height"] <= min(window["y"] + window["height"], controls["y"]) + 1


def test_a_very_long_message_scrolls_in_itself(seeing: Hand) -> None:
    seeing.page.set_viewport_size({"width": 320, "height": 700})
    seeing.open("long")
    step(seeing, 3)
    assert seeing.find(".demo-message").bounding_box()["height"] < 300
    assert seeing.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_stepping_does_not_move_what_follows(seeing: Hand) -> None:
    seeing.page.set_viewport_size({"width": 390, "height": 740})
    seeing.open("numbers")
    tallest = 2  # the scope
    step(seeing, tallest)
    expect(seeing.find(".demo-keys")).to_be_visible()
    end = "document.querySelector('figcaption').getBoundingClientRect().top + scrollY"
    seeing.page.wait_for_timeout(200)
    before = seeing.page.evaluate(end)
    step(seeing, 8)
    assert abs(seeing.page.evaluate(end) - before) <= 1
