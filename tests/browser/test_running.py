"""Python in the browser: the trace as recorded, edits, Reset, Stop, one Python for all demos."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Route, expect

from asgiscope import play
from runtime.packages import PACKAGES
from tests.browser import small_site
from tests.browser.conftest import Hand
from tests.browser.small_site import Demo
from tests.conftest import PageLog

pytestmark = pytest.mark.xdist_group("browser running")  # one tab for all

# What `exec` compiles is not the source's own code: the engine does not count its jumps.
ENDLESS = "async def app(scope, receive, send):\n    exec('while True: pass')\n"
TEAPOT = """async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 418})
    await send({"type": "http.response.body"})
"""
# Sixty times the page is drawn.
SIXTY_FRAMES = """() => new Promise((done) => {
    let frames = 0;
    const tick = () => (++frames < 60 ? requestAnimationFrame(tick) : done());
    requestAnimationFrame(tick);
})"""
FALCON = "import falcon\n" + TEAPOT


@pytest.mark.parametrize(
    ("name", "demo"),
    [
        ("numbers", small_site.NUMBERS),
        ("wrong", small_site.WRONG),
        ("two", small_site.HELLO),
        ("starlette", small_site.STARLETTE),
    ],
)
def test_unedited_code_gives_the_bytes_that_were_recorded(
    fresh_hand: Hand, page_log: PageLog, name: str, demo: Demo
) -> None:
    fresh_hand.open(name)
    fresh = fresh_hand.run()
    assert fresh == play(demo.source, demo.client, demo.app)
    recorded = json.loads(fresh_hand.find("script.demo-data").text_content())
    assert json.dumps(json.loads(fresh)["trace"]) == json.dumps(recorded["trace"])
    assert page_log.hosts == {"127.0.0.1"}
    assert page_log.errors == []


def name_of(url: str) -> str:
    """What a file of the runtime is the archive of."""
    return url.rpartition("/")[2].split(".")[0]


def test_only_a_demo_that_imports_a_package_downloads_it(
    fresh_hand: Hand, page_log: PageLog
) -> None:
    fresh_hand.open("two").run()
    assert not {name_of(url) for url in page_log.requests} & set(PACKAGES)
    fresh_hand.open("starlette").write(FALCON)
    fresh_hand.run()
    assert {name_of(url) for url in page_log.requests} & set(PACKAGES) == {"falcon"}


def test_an_edit_changes_the_trace_and_reset_brings_the_recorded_one_back(hand: Hand) -> None:
    hand.open("two")
    hand.write(TEAPOT)
    hand.says("press Run")
    trace = json.loads(hand.run())["trace"]
    assert trace["outcomes"]["client"]["status"] == 418
    expect(hand.find(".demo-rows")).to_contain_text("HTTP 418")
    hand.click("reset")
    hand.says("Recorded when this site was built")
    expect(hand.find(".demo-rows")).to_contain_text("HTTP 200")
    expect(hand.find(".cm-editor")).to_have_count(0)
    expect(hand.find(".demo-line").first).to_be_visible()


def test_a_mistake_in_the_code_is_a_finding_and_not_a_failure(hand: Hand) -> None:
    hand.open("two")
    hand.write("async def app(scope, receive, send)\n    pass\n")
    assert json.loads(hand.run())["trace"]["findings"][0]["rule"] == "app-import"
    expect(hand.find(".demo-findings li")).to_be_visible()


def test_everything_works_by_keyboard_and_tab_leaves_the_editor(hand: Hand) -> None:
    hand.open("two")
    press = hand.page.keyboard.press
    hand.find(".demo-tool-edit").focus()
    press("Enter")
    expect(hand.find(".cm-content")).to_be_focused()
    press("ControlOrMeta+End")
    hand.page.keyboard.insert_text("\n# one more line\n")
    press("Tab")
    expect(hand.find(".cm-content")).not_to_be_focused()
    hand.find(".cm-content").focus()
    press("ControlOrMeta+Enter")
    hand.says("Run just now")


def test_an_endless_loop_stops_at_once_and_the_next_run_is_right(hand: Hand) -> None:
    hand.open("two")
    hand.write(ENDLESS)
    least = min(time_of_a_stop(hand) for _ in range(3))  # the machine has other work, too
    assert least < 100
    hand.write(TEAPOT)
    assert json.loads(hand.run())["trace"]["outcomes"]["client"]["status"] == 418


def time_of_a_stop(hand: Hand) -> float:
    """Milliseconds from the press of the button until the page has got rid of its Python."""
    hand.click("run")
    hand.says("Running")
    milliseconds = hand.page.evaluate(
        """async () => {
            const frame = [...document.querySelectorAll("iframe")];
            const begin = performance.now();
            document.querySelector(".demo-tool-stop").click();
            const run = document.querySelector(".demo-tool-run");
            const isThere = (one) => one.isConnected;
            while (frame.every(isThere) || run.hidden) await new Promise((go) => setTimeout(go));
            return performance.now() - begin;
        }"""
    )
    hand.says("Stopped")
    return float(milliseconds)


def test_the_page_stays_alive_while_python_loops(hand: Hand) -> None:
    hand.open("two")
    hand.write(ENDLESS)
    hand.click("run")
    hand.says("Running")
    hand.page.evaluate(SIXTY_FRAMES)  # would time out: not one is drawn where Python has the page
    hand.click("stop")
    hand.says("Stopped")


def test_two_demos_share_one_python(fresh_hand: Hand, page_log: PageLog) -> None:
    fresh_hand.open("two").run()
    before = len(page_log.requests)
    fresh_hand.other(1).run()
    assert page_log.requests[before:] == []
    assert fresh_hand.page.locator("iframe").count() == 1


def test_a_demo_waits_for_the_other_and_can_be_stopped_while_it_waits(hand: Hand) -> None:
    hand.open("two")
    hand.write(ENDLESS)
    hand.click("run")
    hand.says("Running")
    other = hand.other(1)
    other.click("run")
    other.says("Waiting for another demo")
    other.click("stop")
    other.says("Stopped")
    other.click("run")
    hand.click("stop")
    other.says("Run just now")


def test_stop_while_downloading_leaves_a_page_that_still_runs(fresh_hand: Hand) -> None:
    fresh_hand.open("two")
    held: list[Route] = []
    fresh_hand.page.route("**/pyodide.asm.*.wasm", lambda route: held.append(route))
    fresh_hand.click("run")
    fresh_hand.says("Downloading")
    fresh_hand.click("stop")
    fresh_hand.says("Stopped")
    held[0].continue_()
    fresh_hand.run()


def test_a_plain_text_field_stands_in_for_an_editor_that_cannot_be_had(fresh_hand: Hand) -> None:
    fresh_hand.open("two")
    fresh_hand.page.route("**/editor.*", lambda route: route.abort())
    fresh_hand.click("edit")
    fresh_hand.says("plain text field")
    fresh_hand.find("textarea").fill(TEAPOT)
    assert json.loads(fresh_hand.run())["trace"]["outcomes"]["client"]["status"] == 418


def test_a_run_after_an_edit_takes_less_than_a_tenth_of_a_second(hand: Hand) -> None:
    hand.open("two").run()
    hand.write(TEAPOT)
    milliseconds = min(_time_of_a_run(hand) for _ in range(9))
    assert milliseconds < 100


def _time_of_a_run(hand: Hand) -> float:
    return float(
        hand.page.evaluate(
            """() => new Promise((done) => {
                const begin = performance.now();
                const finish = () => requestAnimationFrame(() => done(performance.now() - begin));
                addEventListener("trace", finish, { once: true });
                document.querySelector(".demo-tool-run").click();
            })"""
        )
    )
