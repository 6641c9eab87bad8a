"""What a reader does with a demo: edits code and client, sees which line is wrong, prints."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.axe import violations
from tests.browser.conftest import Hand
from tests.browser.test_reading import WIDTH
from tests.conftest import PageLog

pytestmark = pytest.mark.xdist_group("browser doing")  # one tab for all

BROKEN = "async def app(scope, receive, send)\n    pass\n"
SPEAKS = """async def app(scope, receive, send):
    for number in range(3):
        print("number", number)
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body"})
"""
FAILS = "import json\n\nsettings = json.loads('{')\n"


def steps_of(hand: Hand) -> Any:
    """What the client did in the newest run, by the requests of the trace."""
    events = json.loads(hand.page.evaluate("played.at(-1)"))["trace"]["events"]
    return [event["message"]["target"] for event in events if event["kind"] == "request"]


def open_form(hand: Hand) -> None:
    hand.click("tool-client")
    expect(hand.find(".demo-form")).to_be_visible()


def open_text(hand: Hand) -> Any:
    open_form(hand)
    hand.find(".demo-mode").nth(1).click()
    return hand.find(".demo-client textarea")


def see(hand: Hand, text: str) -> None:
    """Press the button of a finding that says this."""
    hand.find("li.demo-finding .demo-see").filter(has_text=text).click()


# ---- lines ----


def test_a_finding_marks_its_line_and_each_leads_to_the_other(hand: Hand) -> None:
    hand.open("wrong")
    mark = hand.find(".demo-line-found[data-line='2'] .demo-line-mark")
    expect(mark).to_have_accessible_name("Line 2, breaks a rule: The response has not been started")
    assert mark.evaluate("mark => getComputedStyle(mark, '::before').content") == '"✕"'
    mark.click()
    expect(hand.find("li.demo-finding")).to_be_focused()
    see(hand, "line 2")
    expect(mark).to_be_focused()


def test_in_the_editor_the_mark_moves_with_its_line(hand: Hand) -> None:
    hand.open("wrong")
    hand.click("edit")
    line = hand.find(".cm-line.demo-line-found")
    expect(line).to_contain_text("too early")
    expect(hand.find(".demo-gutter .demo-line-mark").last).to_be_visible()
    content = hand.find(".cm-content")
    name = hand.find("li.demo-finding").get_attribute("id")
    expect(content).to_have_attribute("aria-describedby", str(name))
    hand.page.keyboard.press("ControlOrMeta+Home")
    hand.page.keyboard.insert_text("# one line more\n")
    expect(line).to_contain_text("too early")
    see(hand, "line 2")
    expect(content).to_be_focused()
    hand.page.keyboard.insert_text("# here ")
    assert "# here     await" in content.inner_text()
    hand.find(".demo-gutter .demo-level-error").last.click()
    expect(hand.find("li.demo-finding")).to_be_focused()


@pytest.mark.parametrize(("source", "line"), [(BROKEN, 1), (FAILS, 3)])
def test_a_mistake_while_loading_marks_its_line(hand: Hand, source: str, line: int) -> None:
    hand.open("two", "zh")
    hand.write(source)
    hand.click("run")
    hand.says("刚刚")
    expect(hand.find(".cm-line.demo-line-found")).to_have_text(source.split("\n")[line - 1])
    see(hand, f"第 {line} 行")
    expect(hand.find(".cm-content")).to_be_focused()


# ---- the client's steps ----


def test_steps_are_added_changed_moved_and_removed_by_keyboard(hand: Hand) -> None:
    hand.open("two")
    press, focused = hand.page.keyboard.press, hand.page.locator(":focus")
    hand.find(".demo-tool-client").focus()
    press("Enter")
    expect(focused).to_have_class("demo-kind")
    hand.find(".demo-add-step").focus()
    press("Enter")
    expect(focused).to_have_class("demo-kind")
    press("Tab")
    press("Tab")
    hand.page.keyboard.type("/second")
    hand.find(".demo-step-row").nth(1).locator(".demo-step-up").focus()
    press("Enter")
    expect(focused).to_have_accessible_name("Move step 1 down")
    expect(hand.find(".demo-client-editor [role=status]")).to_have_text("Step 2 is now step 1.")
    hand.says("press Run")
    press("ControlOrMeta+Enter")
    hand.says("Run just now")
    assert steps_of(hand) == ["/second", "/?name=Ada"]
    hand.find(".demo-step-row").nth(1).locator(".demo-step-remove").focus()
    press("Enter")
    expect(focused).to_have_accessible_name("Remove step 1")
    hand.run()
    assert steps_of(hand) == ["/second"]


def test_the_form_sends_headers_and_a_body(hand: Hand) -> None:
    hand.open("two")
    open_form(hand)
    hand.find("summary").click()
    hand.find(".demo-field input").first.fill("POST")
    areas = hand.find(".demo-more textarea")
    areas.nth(0).fill("x-a: 1\nx-a: 2")
    areas.nth(1).fill("hello")
    trace = json.loads(hand.run())["trace"]
    asked = next(event["message"] for event in trace["events"] if event["kind"] == "request")
    assert asked["method"] == "POST"
    headers = asked["headers"]
    assert [pair for pair in headers if pair[0] == "x-a"] == [["x-a", "1"], ["x-a", "2"]]
    assert ["content-length", "5"] in headers


def test_a_second_client_runs_beside_the_first(hand: Hand) -> None:
    hand.open("two")
    open_form(hand)
    hand.find(".demo-add-client").click()
    expect(hand.page.locator(":focus")).to_have_value("client-2")
    trace = json.loads(hand.run())["trace"]
    assert list(trace["outcomes"]) == ["client", "client-2"]
    hand.find(".demo-script-name button").nth(1).click()
    assert list(json.loads(hand.run())["trace"]["outcomes"]) == ["client"]


def test_form_and_text_are_the_same_steps(hand: Hand) -> None:
    hand.open("two")
    text = open_text(hand)
    expect(text).to_have_value("- request: GET /?name=Ada\n")
    text.fill("- request: {method: POST, path: /, body: {repeat: x, times: 9}}\n- wait: 2.5\n")
    hand.find(".demo-mode").nth(0).click()
    rows = hand.find(".demo-step-row")
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator("input")).to_have_value(
        "{request: {method: POST, path: /, body: {repeat: x, times: 9}}}"
    )
    expect(rows.nth(1).locator("input")).to_have_value("2.5")
    hand.find(".demo-mode").nth(1).click()
    expect(text).to_have_value("- request: {method: POST, path: /, body: {repeat: x, times: 9}}\n"
                               "- wait: 2.5\n")  # fmt: skip


def test_text_that_cannot_be_read_stays_and_says_its_line(hand: Hand) -> None:
    hand.open("two")
    text = open_text(hand)
    text.fill("- request: GET /\n- wait: [1\n")
    hand.page.keyboard.press("ControlOrMeta+Enter")
    hand.says("A step of the client is wrong")
    expect(hand.find(".demo-problem")).to_contain_text("a bracket is never closed")
    hand.find(".demo-mode").nth(0).click()
    expect(text).to_have_value("- request: GET /\n- wait: [1\n")
    hand.find(".demo-problem .demo-see").click()
    expect(text).to_be_focused()
    assert text.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)") == (
        "- wait: [1"
    )
    text.fill("- request: GET /mended\n")
    hand.run()
    assert steps_of(hand) == ["/mended"]


def test_a_wrong_step_is_told_at_the_step_and_python_stays(
    fresh_hand: Hand, page_log: PageLog
) -> None:
    fresh_hand.open("two", "zh")
    open_form(fresh_hand)
    fresh_hand.find(".demo-step-row select").select_option("wait")
    fresh_hand.find(".demo-step-row input").fill("soon")
    fresh_hand.click("run")
    fresh_hand.says("客户端的步骤有一处不对")
    problem = fresh_hand.find(".demo-step-row .demo-problem")
    expect(problem).to_have_text("第 1 步不对：等待的秒数是不小于 0 的数，写的却是 str 'soon'。")
    field = fresh_hand.find(".demo-step-row input")
    expect(field).to_have_attribute("aria-describedby", str(problem.get_attribute("id")))
    expect(fresh_hand.find(".demo-tool-retry")).to_be_hidden()
    expect(fresh_hand.page.locator("iframe")).to_have_count(1)
    asked = len(page_log.requests)
    field.fill("1")
    expect(problem).to_have_count(0)
    fresh_hand.find(".demo-add-step").click()
    fresh_hand.click("run")
    fresh_hand.says("刚刚")
    assert page_log.requests[asked:] == []


def test_what_the_engine_says_about_a_named_client_is_told_at_its_step(hand: Hand) -> None:
    hand.open("two")
    text = open_text(hand)
    text.fill("first:\n  - request: GET /\nsecond:\n  - request: GET /\n  - text: hi\n")
    hand.click("run")
    hand.says("A step of the client is wrong")
    expect(hand.find(".demo-problem")).to_have_text(
        "Line 5 a WebSocket message comes after connect."
    )


def test_reset_brings_code_and_client_back(hand: Hand) -> None:
    hand.open("two")
    before = hand.find(".demo-client pre").inner_text()
    open_text(hand).fill("- request: GET /other\n")
    hand.write(SPEAKS)
    hand.click("reset")
    hand.says("Recorded when this site was built")
    expect(hand.find(".demo-tool-edit")).to_be_focused()
    expect(hand.find(".demo-client pre")).to_have_text(before)
    hand.run()
    assert steps_of(hand) == ["/?name=Ada"]
    expect(hand.find(".demo-rows")).to_contain_text("HTTP 200")


# ---- output, copy, keys ----


def test_printed_text_is_shown_until_a_run_prints_nothing(hand: Hand) -> None:
    hand.open("two")
    expect(hand.find(".demo-output")).to_be_hidden()
    hand.write(SPEAKS)
    hand.run()
    expect(hand.find(".demo-output pre")).to_have_text("number 0\nnumber 1\nnumber 2")
    expect(hand.find(".demo-output [role=status]")).to_have_text("Printed: 3 lines")
    hand.write(SPEAKS.replace('print("number", number)', "pass"))
    hand.run()
    expect(hand.find(".demo-output")).to_be_hidden()


def test_what_goes_to_stderr_and_to_the_log_is_shown_too(hand: Hand) -> None:
    hand.open("two")
    says = 'sys.stderr.write("no stock\\n"); logging.error("sold out")'
    code = SPEAKS.replace('print("number", number)', says).replace("range(3)", "range(1)")
    hand.write(f"import logging, sys\n{code}")
    hand.run()
    expect(hand.find(".demo-output pre")).to_have_text("no stock\nERROR:root: sold out")


def test_a_flood_of_output_is_cut_and_says_so(hand: Hand) -> None:
    hand.open("two")
    hand.write(SPEAKS.replace("range(3)", "range(900)").replace('"number"', '"<b>" * 60'))
    hand.run()
    assert len(hand.find(".demo-output pre").inner_text()) <= 20_000
    expect(hand.find(".demo-output .demo-hint")).to_contain_text("more characters are not shown")
    expect(hand.find(".demo-output .demo-hint")).to_contain_text("65,536")
    expect(hand.find(".demo-output b")).to_have_count(0)


def test_copy_takes_the_code_as_it_is_now(hand: Hand) -> None:
    hand.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hand.open("two")
    hand.write(SPEAKS)
    hand.click("copy")
    hand.says("Code copied")
    assert hand.page.evaluate("navigator.clipboard.readText()") == SPEAKS


def test_without_a_clipboard_the_code_is_selected(fresh_hand: Hand) -> None:
    fresh_hand.open("wrong")
    fresh_hand.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    fresh_hand.click("copy")
    fresh_hand.says("The code is selected")
    assert "too early" in fresh_hand.page.evaluate("String(getSelection())")


def test_the_key_runs_from_anywhere_in_the_demo(hand: Hand) -> None:
    hand.open("two")
    hand.find(".demo-row-button").first.focus()
    hand.page.keyboard.press("ControlOrMeta+Enter")
    hand.says("Run just now")


def test_pointing_at_run_fetches_what_runs_python_and_says_nothing(
    fresh_hand: Hand, page_log: PageLog
) -> None:
    fresh_hand.open("two")
    fresh_hand.page.route("**/runner.*", lambda route: route.abort())
    with fresh_hand.page.expect_request("**/runner.*"):
        fresh_hand.find(".demo-tool-run").hover()
    fresh_hand.says("Recorded when this site was built")
    expect(fresh_hand.find(".demo-has-failed")).to_have_count(0)


# ---- everybody, and for long ----


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_with_everything_open(hand: Hand, language: str, scheme: str) -> None:
    hand.open("wrong", language, scheme)
    open_form(hand)
    hand.find("summary").click()
    hand.find(".demo-add-client").click()
    hand.find(".demo-step-row select").first.select_option("text")
    hand.write(SPEAKS)
    hand.click("run")
    expect(hand.find(".demo-problem")).to_be_visible(timeout=30_000)
    assert violations(hand.page) == []
    hand.find(".demo-mode").nth(1).click()
    assert violations(hand.page) == []


def test_nothing_is_wider_than_a_small_phone_and_targets_fit_a_finger(
    browser: Browser, hand: Hand
) -> None:
    viewport: ViewportSize = {"width": 320, "height": 640}
    context = browser.new_context(has_touch=True, is_mobile=True, viewport=viewport)
    page = context.new_page()
    phone = Hand(page, hand.url).open("wrong", "zh")
    phone.find(".demo-tool-client").tap()
    phone.find(".demo-add-client").tap()
    phone.find(".demo-tool-edit").tap()
    expect(phone.find(".cm-content")).to_be_visible()
    assert page.evaluate(WIDTH) <= 320
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll(".demo-side button, .demo-side select"))
            .filter((each) => each.offsetParent && !each.closest(".demo-code"))
            .filter((each) => Math.min(each.offsetHeight, each.offsetWidth) < 40)
            .map((each) => `${each.className} ${each.offsetWidth} ${each.offsetHeight}`)"""
    )
    assert small == []
    context.close()


def test_leaving_and_coming_back_fifty_times_leaves_nothing_behind(fresh_hand: Hand) -> None:
    fresh_hand.open("two")
    fresh_hand.write(SPEAKS)
    open_form(fresh_hand)
    session = fresh_hand.page.context.new_cdp_session(fresh_hand.page)
    session.send("HeapProfiler.enable")

    def count() -> tuple[int, int]:
        session.send("HeapProfiler.collectGarbage")
        counters = session.send("Memory.getDOMCounters")
        return counters["nodes"], counters["jsEventListeners"]

    again = """async (times) => {
        const demo = document.querySelector("asgi-demo"), parent = demo.parentElement;
        for (let time = 0; time < times; time += 1) {
            const next = demo.nextSibling;
            demo.remove();
            await new Promise((go) => setTimeout(go, 20));
            parent.insertBefore(demo, next);
            await new Promise((go) => setTimeout(go, 20));
        }
        await new Promise((go) => setTimeout(go, 500));
    }"""
    fresh_hand.page.evaluate(again, 3)
    nodes, listeners = count()
    fresh_hand.page.evaluate(again, 50)
    more_nodes, more_listeners = count()
    assert more_listeners <= listeners + 5
    assert more_nodes <= nodes + 50
    expect(fresh_hand.find(".cm-content")).to_contain_text("number")
    expect(fresh_hand.find(".demo-client")).to_have_count(1)
