"""The WebSocket console: the reader speaks for the clients, and the conversation goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from asgiscope import run_source
from site_plugin.demo_fence import Fence
from site_plugin.demo_html import Addresses, Recorded, render
from tests.browser import small_site
from tests.browser.conftest import BOOT, LISTEN, Tab
from tests.browser.test_playground import open_playground, write
from tests.conftest import PageLog

pytestmark = pytest.mark.xdist_group("browser console")  # one tab for all

MOST_MESSAGES = 100  # runtime/work/talk/talk.ts
RAISING = """async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    message = await receive()
    if message["type"] == "websocket.receive":
        raise ValueError("not that")
"""
WRONG = """async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    message = await receive()
    await send({"type": "websocket.send", "bytes": "no"})
"""
SLOW = """import asyncio

async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] == "websocket.receive":
        await asyncio.sleep(0.25)
        await send({"type": "websocket.send", "text": "at last"})
"""
TICKING = """import asyncio

async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    for number in range(1000):
        await asyncio.sleep(1)
        await send({"type": "websocket.send", "text": f"tick {number}"})
"""


class Talk:
    """Works the console of the playground, as a reader does."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def log(self, number: int = 0) -> Any:
        return self.page.locator(".console-log").nth(number)

    def find(self, selector: str, number: int = 0) -> Any:
        return self.page.locator(".console-client").nth(number).locator(selector)

    def say(self, text: str, number: int = 0) -> None:
        field = self.find(".console-input", number)
        field.fill(text)
        field.press("Enter")
        expect(field).to_have_value("", timeout=BOOT)

    def press(self, text: str) -> None:
        self.page.locator(".console").get_by_role("button", name=text, exact=True).click()

    def lines(self, number: int = 0) -> list[str]:
        entries = self.log(number).locator("p")
        return [" ".join(text.split()) for text in entries.all_inner_texts()]

    def begin(self, source: str) -> None:
        """Other code, and nobody connected yet."""
        write(self.page, source)
        self.press("Start over")
        self.find(".console-connect").click()
        expect(self.find(".console-state")).to_have_text("connected", timeout=BOOT)

    def trace(self) -> Any:
        return json.loads(self.page.evaluate("played.at(-1)"))["trace"]


@pytest.fixture
def echo(kept_tab: Tab, site_url: str) -> Talk:
    return open_console(kept_tab.page, site_url, "echo", clients=1)


@pytest.fixture
def chat(kept_tab: Tab, site_url: str) -> Talk:
    return open_console(kept_tab.page, site_url, "chat", clients=2)


def open_console(page: Page, site_url: str, preset: str, clients: int) -> Talk:
    page.goto("about:blank")  # else only the fragment would change, and the page would stay
    open_playground(page, site_url, f"#preset={preset}")
    expect(page.locator(".console-client")).to_have_count(clients)
    return Talk(page)


def test_the_recorded_conversation_is_there_without_python(echo: Talk, page_log: PageLog) -> None:
    assert echo.lines() == [
        "0 s asks for a connection to /",
        "0 s the app accepts",
        "0 s client Hello",
        "0 s app Hello",
        "0 s client 00 ff",
        "0 s app 00 ff",
    ]
    expect(echo.find(".console-state")).to_have_text("connected")
    assert not [url for url in page_log.requests if url.endswith(".wasm")]


def test_a_message_goes_on_where_the_conversation_was(echo: Talk, page_log: PageLog) -> None:
    before = echo.lines()
    echo.say("once more")
    assert echo.lines() == [*before, "0 s client once more", "0 s app once more"]
    expect(echo.page.locator(".demo-rows")).to_contain_text("once more")
    expect(echo.page.locator(".demo-rows")).not_to_contain_text("1001")
    expect(echo.page.locator(".demo-is-current")).to_have_count(1)
    expect(echo.find(".console-input")).to_be_focused()
    assert page_log.errors == []


def test_bytes_are_sent_as_hexadecimal_digits_and_mistakes_are_said(echo: Talk) -> None:
    echo.find(".console-as").select_option("bytes")
    echo.find(".console-input").fill("0g")
    echo.find(".console-input").press("Enter")
    expect(echo.find(".console-wrong")).to_contain_text("pairs of hexadecimal digits")
    echo.say("DE ad")
    expect(echo.find(".console-wrong")).to_be_empty()
    assert echo.lines()[-2:] == ["0 s client de ad", "0 s app de ad"]


def test_a_close_with_a_code_reaches_the_app_and_ends_the_conversation(echo: Talk) -> None:
    echo.find(".console-code").fill("99")
    echo.find(".console-close").click()
    expect(echo.find(".console-wrong")).to_contain_text("from 1000 to 4999")
    echo.find(".console-code").fill("3001")
    echo.find(".console-close").click()
    expect(echo.find(".console-state")).to_have_text("closed", timeout=BOOT)
    told = [event.get("message") for event in echo.trace()["events"] if event["kind"] == "event"]
    assert told[-1] == {"type": "websocket.disconnect", "code": 3001, "reason": ""}
    expect(echo.find(".console-say")).to_be_hidden()
    expect(echo.log()).to_be_focused()


def test_two_clients_talk_to_each_other_and_every_line_keeps_its_place(chat: Talk) -> None:
    chat.say("How are you?", 1)
    before = (chat.lines(0), chat.lines(1))
    assert before[0][-1] == "4 s app bob: How are you?"
    chat.say("Fine.", 0)
    assert chat.lines(0) == [*before[0], "5 s ada Fine.", "5 s app ada: Fine."]
    assert chat.lines(1) == [*before[1], "5 s app ada: Fine."]
    chat.page.locator(".console-wait").select_option("0.1")
    chat.say("Good.", 1)
    chat.say("Bye.", 0)
    assert chat.lines(1)[-3:] == [
        *("5.1 s bob Good.", "5.1 s app bob: Good."),
        "5.2 s app ada: Bye.",
    ]


def test_one_client_can_leave_while_the_other_stays(chat: Talk) -> None:
    chat.find(".console-close", 0).click()
    expect(chat.find(".console-state", 0)).to_have_text("closed", timeout=BOOT)
    expect(chat.find(".console-state", 1)).to_have_text("connected")
    assert chat.lines(1)[-1] == "4 s app ada has left"
    chat.say("Alone.", 1)
    assert chat.lines(1)[-2:] == ["5 s bob Alone.", "5 s app bob: Alone."]


def test_starting_over_begins_with_nobody_connected(chat: Talk) -> None:
    chat.press("Start over")
    assert chat.lines(0) == chat.lines(1) == []
    expect(chat.find(".console-connect", 0)).to_be_focused()
    chat.find(".console-connect", 1).click()
    expect(chat.find(".console-state", 1)).to_have_text("connected", timeout=BOOT)
    expect(chat.find(".console-state", 0)).to_have_text("not connected")
    assert chat.lines(1)[-1] == "0 s app bob is here"
    chat.find(".console-connect", 0).click()
    expect(chat.log(1)).to_contain_text("ada is here")
    assert chat.lines(1)[-1] == "1 s app ada is here"


def test_what_the_app_does_wrong_is_said_where_it_happens(echo: Talk) -> None:
    echo.begin(RAISING)
    echo.say("anything")
    assert "0 s the app raises ValueError: not that" in echo.lines()
    assert any("breaks a rule" in line for line in echo.lines())
    expect(echo.find(".console-state")).to_have_text("closed")


def test_a_broken_rule_stands_in_the_conversation(echo: Talk) -> None:
    echo.begin(WRONG)
    echo.say("anything")
    assert any(line.startswith("0 s breaks a rule:") for line in echo.lines())


def test_a_slow_answer_is_waited_for_and_the_next_message_comes_after_it(echo: Talk) -> None:
    echo.begin(SLOW)
    echo.say("one")
    assert echo.lines()[-2:] == ["0 s client one", "0.25 s app at last"]
    echo.say("two")
    assert echo.lines()[-2:] == ["0.25 s client two", "0.5 s app at last"]


def test_an_app_that_never_rests_is_shown_as_far_as_time_has_passed(echo: Talk) -> None:
    echo.begin(TICKING)
    assert not [line for line in echo.lines() if "tick" in line]
    echo.press("Let 1 s pass")
    expect(echo.log()).to_contain_text("tick 0")
    assert [line for line in echo.lines() if "tick" in line] == ["1 s app tick 0"]


def test_a_run_that_fails_has_said_nothing(page: Page, site_url: str) -> None:
    echo = open_console(page, site_url, "echo", clients=1)
    before = echo.lines()
    echo.page.route("**/*.wasm", lambda route: route.abort())
    echo.find(".console-input").fill("lost?")
    echo.find(".console-input").press("Enter")
    expect(echo.page.locator(".console-progress")).to_contain_text("could not be downloaded")
    assert echo.lines() == before
    expect(echo.find(".console-input")).to_have_value("lost?")
    echo.page.unroute("**/*.wasm")
    echo.say("found")
    assert echo.lines() == [*before, "0 s client found", "0 s app found"]


def test_reset_brings_the_recorded_conversation_back(echo: Talk) -> None:
    before = echo.lines()
    echo.say("more")
    echo.page.locator(".demo-tool-reset").click()
    expect(echo.log().locator("p")).to_have_count(len(before))
    assert echo.lines() == before


def test_a_conversation_has_an_end_and_says_so(echo: Talk) -> None:
    for number in range(MOST_MESSAGES - 2):  # two are in the recorded one
        echo.say(str(number))
    expect(echo.page.locator(".console-full")).to_contain_text("100 messages at most")
    expect(echo.find(".console-say")).to_be_hidden()
    expect(echo.find(".console-leave")).to_be_visible()


def test_new_lines_are_added_to_the_log_and_old_ones_stay(echo: Talk) -> None:
    first = echo.log().locator("p").first.element_handle()
    echo.say("more")
    assert first.evaluate("(element) => element.isConnected")
    assert echo.log().get_attribute("role") == "log"


class Shown(small_site.Demo):
    """A demo of the small site that has been recorded already."""

    def __init__(self, demo: Recorded) -> None:
        super().__init__(demo.fence.app, demo.fence.client)
        object.__setattr__(self, "recorded", demo)

    def figure(self, language: str, manifest: str) -> str:
        return render(self.recorded, Addresses(manifest))  # type: ignore[attr-defined]


def test_any_demo_of_websocket_clients_can_have_a_console(
    page: Page, tmp_path: Path, serve: Callable[[Any], str]
) -> None:
    source = (small_site.ROOT / "snippets/websocket/echo_messages.py").read_text("utf-8")
    client = [{"connect": "/"}, {"text": "Hi"}]
    fence = Fence("page.md", 1, "echo", "echo", "echo.py", client, "", ())
    trace = run_source(source, client, "echo.py")
    for console in (True, False):
        demo = Recorded(replace(fence, console=console), "en", source, trace)
        html = small_site.write_page("echo", [Shown(demo)], "en", "default")
        (tmp_path / f"{console}.html").write_text(html, "utf-8")
    url = serve(small_site.serve_site(tmp_path))
    page.goto(f"{url}/True.html")
    page.evaluate(LISTEN)
    talk = Talk(page)
    talk.say("there")
    assert talk.lines()[-1] == "0 s app there"
    page.goto(f"{url}/False.html", wait_until="networkidle")
    assert page.locator(".console").count() == 0
