"""What a step shows: lanes for everyone who takes part, who waits for what, the keys explained."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from asgiscope.server.write_buffer import HIGH_WATER, LOW_WATER
from asgiscope.spec import MESSAGES, SCOPES, SPECIFICATION
from asgiscope.texts.en import meanings as meanings_en
from asgiscope.texts.zh import meanings as meanings_zh
from runtime.meanings import meanings
from tests.browser.conftest import Hand
from tests.conftest import PageLog

pytestmark = pytest.mark.xdist_group("browser seeing")  # one tab for all

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


def test_every_client_and_every_task_of_the_app_has_a_lane(hand: Hand) -> None:
    hand.open("blocking")
    hand.find(".demo-choice input").first.check()
    heads = [text.split() for text in hand.find(".demo-head").all_inner_texts()]
    names = ["one", "two", "three"]
    assert heads == [
        *(["client", name] for name in names),
        ["server"],
        *(["app", name] for name in names),
    ]
    hand.open("tasks")
    heads = [text.split() for text in hand.find(".demo-head").all_inner_texts()]
    assert heads == [["client"], ["server"], ["app"], ["app", "#2"], ["app", "#3"]]


def test_the_lifespan_is_a_lane_before_that_of_the_request(hand: Hand) -> None:
    hand.open("lifespan", "zh")
    heads = [text.split() for text in hand.find(".demo-head").all_inner_texts()]
    assert heads == [["客户端"], ["服务器"], ["应用", "lifespan"], ["应用", "client"]]


def test_a_blocking_call_holds_every_lane_of_the_loop(hand: Hand) -> None:
    hand.open("blocking")
    step(hand, 5)
    assert waits(hand) == {
        "client one": "waits for the response",
        "client two": "waits for the response",
        "server": "cannot go on: the event loop is held",
        "app one": "cannot go on: the event loop is held",
        "app two": "holds the whole event loop",
    }
    step(hand, 6)
    assert waits(hand)["app two"] == "running"


def test_only_one_task_runs_at_a_time(hand: Hand) -> None:
    hand.open("blocking")
    step(hand, 4)
    does = waits(hand)
    assert does["app two"] == "running"
    assert does["app one"] == "waits for time to pass, or for another task"


def test_a_websocket_is_told_with_its_own_words(hand: Hand) -> None:
    hand.open("websocket")
    said = {1: "asks for a WebSocket", 6: "completes the handshake", 8: "sends a text message"}
    said |= {11: "passes the text message on", 18: "The client closes the connection"}
    for number, words in said.items():
        step(hand, number)
        expect(hand.find(".demo-caption")).to_contain_text(words)
    labels = hand.find(".demo-words").all_inner_texts()
    assert {"WebSocket /chat", "101 v1", '"hello"', 'b"\\x00\\xff"', "closes 1000"} <= set(labels)


def test_the_keys_of_a_message_are_explained_from_the_specification(hand: Hand) -> None:
    hand.open("numbers")
    step(hand, 6)
    keys = hand.find(".demo-key")
    expect(keys).to_have_count(3)
    status, headers, trailers = (key.inner_text() for key in keys.all())
    assert status.split("\n") == ["status", "int · required", "The status code."]
    assert "iterable of [bytes, bytes] · default []" in headers
    assert "bool · default False · not given here" in trailers
    links = hand.find(".demo-key a").evaluate_all("links => links.map(link => link.href)")
    assert set(links) == {SPECIFICATION + "specs/www.html#response-start-send-event"}


def test_the_keys_of_the_scope_are_explained_in_the_language_of_the_page(hand: Hand) -> None:
    hand.open("numbers", "zh")
    step(hand, 2)
    expect(hand.find(".demo-key")).to_have_count(len(SCOPES["http"].keys))
    server = hand.find(
        ".demo-key",
    ).filter(has_text=re.compile("^server"))
    assert "服务器监听的地址和端口" in server.inner_text()
    assert meanings_zh.SCOPES["http"]["server"] in server.inner_text()


def test_a_key_that_the_specification_lacks_is_named(hand: Hand) -> None:
    hand.open("long")
    number = hand.find(".demo-row").evaluate_all(
        "rows => rows.findIndex(row => row.textContent.includes('http.response.body')) + 1"
    )
    step(hand, number)
    expect(hand.find(".demo-key-unknown")).to_contain_text("no such key")


def test_a_page_with_a_reference_links_to_its_anchors_and_no_two_are_alike(hand: Hand) -> None:
    hand.open("numbers")
    hand.page.evaluate(
        "document.querySelector('asgi-demo').dataset.reference = '../reference/specification/'"
    )
    step(hand, 6)
    first = hand.find(".demo-key a").first
    anchor = "../reference/specification/#http-response-start-status"
    expect(first).to_have_attribute("href", anchor)
    tables = (SCOPES, MESSAGES)
    names = [
        (kind, key.name) for table in tables for kind, one in table.items() for key in one.keys
    ]
    anchors = {re.sub("[^a-z0-9]+", "-", f"{kind}-{key}") for kind, key in names}
    assert len(anchors) == len(names)


def test_nothing_of_the_specification_is_asked_for_before_the_first_step(
    fresh_hand: Hand, page_log: PageLog
) -> None:
    fresh_hand.open("numbers")
    fresh_hand.page.wait_for_load_state("networkidle")
    first = len(page_log.requests)
    assert not re.search("keys|meanings|draw", " ".join(page_log.requests))
    fresh_hand.click("next")
    fresh_hand.page.wait_for_load_state("networkidle")
    names = [url.rpartition("/")[2].split(".")[0] for url in page_log.requests[first:]]
    assert sorted(names) == ["keys", "meanings_en"]


def test_without_the_words_of_the_specification_the_rest_works(
    fresh_hand: Hand, page_log: PageLog
) -> None:
    fresh_hand.page.route("**/meanings_*", lambda route: route.abort())
    fresh_hand.open("numbers")
    step(fresh_hand, 6)
    fresh_hand.page.wait_for_load_state("networkidle")
    assert '"type": "http.response.start"' in fresh_hand.find(".demo-message").inner_text()
    expect(fresh_hand.find(".demo-facts")).to_contain_text("body")
    expect(fresh_hand.find(".demo-keys")).to_have_count(0)


def test_words_that_come_late_do_not_land_in_another_step(fresh_hand: Hand) -> None:
    held: list[Route] = []
    fresh_hand.page.route("**/meanings_*", lambda route: held.append(route))
    fresh_hand.open("numbers")
    step(fresh_hand, 6)
    step(fresh_hand, 7)
    fresh_hand.settle()
    assert held
    for route in held:
        route.continue_()
    expect(fresh_hand.find(".demo-facts")).to_contain_text("a body is due")
    expect(fresh_hand.find(".demo-keys")).to_have_count(0)


def test_the_state_of_the_connection_stays_known_where_an_event_does_not_tell_it(
    hand: Hand,
) -> None:
    hand.open("websocket")
    step(hand, 20)
    expect(hand.find(".demo-caption")).to_contain_text("prints")
    expect(hand.find(".demo-facts")).to_contain_text("gone: the client has left")


@pytest.mark.parametrize(
    ("number", "level"), [(7, "90,000"), (9, "70,000"), (32, "10,000"), (35, "70,000"), (46, "0")]
)
def test_the_bytes_in_the_buffer_are_told_at_every_step(
    hand: Hand, number: int, level: str
) -> None:
    hand.open("pressure")
    step(hand, number)
    facts = hand.find(".demo-facts")
    expect(facts).to_contain_text(f"{level} bytes (above {HIGH_WATER:,} send() waits")
    expect(facts).to_contain_text(f"until {LOW_WATER:,} are left")


def test_a_buffer_that_holds_nothing_is_not_talked_about(hand: Hand) -> None:
    hand.open("pressure")
    step(hand, 20)
    expect(hand.find(".demo-step-head")).to_contain_text("Step 20 of 46 · 1 s")
    expect(hand.find(".demo-bar")).to_have_count(0)


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
    fresh_hand: Hand, view: str
) -> None:
    fresh_hand.open("thousand")
    fresh_hand.find(f".demo-choice input[value={view}]").check()
    expect(fresh_hand.find(".demo-lanes" if view == "order" else ".demo-scaled")).to_be_visible()
    drawn = processor_time(fresh_hand, DRAW_AGAIN, 9)
    stepped = processor_time(fresh_hand, STEP, 30)
    assert drawn[4] < DRAWN
    assert stepped[15] < STEPPED


def test_in_a_long_exchange_the_names_and_the_step_stay_in_sight(hand: Hand) -> None:
    hand.page.set_viewport_size({"width": 390, "height": 740})
    hand.open("many", "zh")
    step(hand, 120)
    hand.settle()
    window = hand.find(".demo-lanes").bounding_box()
    row = hand.find(".demo-is-current").bounding_box()
    head = hand.find(".demo-heads").bounding_box()
    controls = hand.find(".demo-controls").bounding_box()
    assert abs(head["y"] - window["y"]) < 2
    assert row["y"] >= head["y"] + head["height"] - 1
    assert row["y"] + row["height"] <= min(window["y"] + window["height"], controls["y"]) + 1


def test_a_very_long_message_scrolls_in_itself(hand: Hand) -> None:
    hand.page.set_viewport_size({"width": 320, "height": 700})
    hand.open("long")
    step(hand, 3)
    assert hand.find(".demo-card").bounding_box()["height"] < 300
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_stepping_does_not_move_what_follows(hand: Hand) -> None:
    hand.page.set_viewport_size({"width": 390, "height": 740})
    hand.open("numbers")
    tallest = 2  # the scope
    step(hand, tallest)
    expect(hand.find(".demo-keys")).to_be_visible()
    end = "document.querySelector('figcaption').getBoundingClientRect().top + scrollY"
    hand.settle()
    before = hand.page.evaluate(end)
    step(hand, 8)
    assert abs(hand.page.evaluate(end) - before) <= 1
