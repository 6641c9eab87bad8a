"""Code of the reader, or from a stranger's link, reaches neither the network nor the page."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.canary import Canary, canary_server
from tests.browser.conftest import Hand
from tests.browser.test_running import TEAPOT

pytestmark = pytest.mark.xdist_group("browser sandbox")  # one tab for all

ANSWER = """
async def app(scope, receive, send):
    await send({{"type": "http.response.start", "status": 200}})
    await send({{"type": "http.response.body", "body": repr(attempt()).encode()}})

def attempt():
    import js, pyodide_js
    results = []
    for action in {actions}:
        try:
            results.append(str(action(js, pyodide_js)))
        except BaseException as error:
            results.append(type(error).__name__)
    return results
"""


@pytest.fixture
def canary(loopback: None) -> Iterator[Canary]:
    with canary_server() as server:
        yield server


def test_nothing_reaches_the_network(fresh_hand: Hand, canary: Canary) -> None:
    address = canary.address
    fetch = 'pyodide_js.loadPackage.constructor("return globalThis.fetch")'
    actions = f"""[
        lambda js, pyodide_js: js.fetch("http://{address}/fetch"),
        lambda js, pyodide_js: js.fetch("{fresh_hand.url}/two-en-default.html"),
        lambda js, pyodide_js: js.WebSocket.new("ws://{address}/socket"),
        lambda js, pyodide_js: js.EventSource.new("http://{address}/events"),
        lambda js, pyodide_js: js.Worker.new("http://{address}/worker.js"),
        lambda js, pyodide_js: js.eval("import('http://{address}/module.js')"),
        lambda js, pyodide_js: {fetch}(),
        lambda js, pyodide_js: js.indexedDB.open("site"),
        lambda js, pyodide_js: js.navigator.sendBeacon("http://{address}/beacon"),
    ]"""
    fresh_hand.open("two").run()
    answered: list[str] = []
    fresh_hand.write(ANSWER.format(actions=actions))
    fresh_hand.page.on("response", lambda response: answered.append(response.url))
    json.loads(fresh_hand.run())
    fresh_hand.page.wait_for_timeout(500)
    assert canary.noted == []
    fresh = "/runtime/sandbox."  # the page itself starts another Python after such a run
    kept = ("data:", "blob:null/")  # made by the frame itself
    assert [url for url in answered if not url.startswith(kept) and fresh not in url] == []


@pytest.mark.parametrize(
    "forged",
    [
        '{"type": "result", "run": 1}\nnot JSON',
        '{"type": "result", "run": 1}\n{"trace": {"schema": 1, "events": 7}, "texts": []}',
        '{"type": "result", "run": 1}\n{"trace": {"schema": 1, "events": [{"n": 1, "t": 0,'
        ' "connection": "", "from": "client", "to": "<img>", "kind": "x"}], "findings": []},'
        ' "texts": []}',
    ],
)
def test_a_forged_result_of_the_wrong_shape_is_refused(fresh_hand: Hand, forged: str) -> None:
    fresh_hand.open("two")
    fresh_hand.write(f"import js\njs.postMessage({forged!r})\n")
    fresh_hand.click("run")
    fresh_hand.says("not in the right form")
    fresh_hand.write(TEAPOT)
    assert json.loads(fresh_hand.run())["trace"]["outcomes"]["client"]["status"] == 418


def test_text_from_the_sandbox_is_never_html(hand: Hand) -> None:
    hand.open("two")
    html = "<img src=x onerror=window.reached=1>"
    hand.write(TEAPOT.replace("async", f"print({html!r})\nasync", 1) + f"\nraise OSError({html!r})")
    hand.run()
    expect(hand.find(".demo-rows")).to_contain_text("<img")
    assert hand.find("img").count() == 0
    assert hand.page.evaluate("window.reached") is None


def test_messages_from_other_windows_are_not_heard(fresh_hand: Hand) -> None:
    fresh_hand.open("two")
    fresh_hand.write("async def app(scope, receive, send):\n    exec('while True: pass')\n")
    fresh_hand.click("run")
    fresh_hand.says("Running")
    fresh_hand.page.evaluate(
        """() => {
            const forged = 'worker:{"type":"result","run":1}\\n{}';
            window.postMessage(forged, "*");
            const frame = document.createElement("iframe");
            frame.srcdoc = `<script>parent.postMessage(${JSON.stringify(forged)}, "*")<\\/script>`;
            document.body.append(frame);
            return new Promise((done) => (frame.onload = () => setTimeout(done, 200)));
        }"""
    )
    fresh_hand.says("Running")
    fresh_hand.click("stop")
    fresh_hand.says("Stopped")


@pytest.mark.parametrize(
    "flood",
    [
        "for _ in range(100_000): js.postMessage('x')",
        "js.postMessage('x' * 5_000_000)",
        "js.postMessage(js.ArrayBuffer.new(1000))",
    ],
)
def test_a_flood_of_messages_ends_the_run_and_the_next_is_right(hand: Hand, flood: str) -> None:
    hand.open("two")
    hand.write(f"import js\n{flood}\n{TEAPOT}")
    hand.click("run")
    hand.says("produces too much output")
    hand.write(TEAPOT)
    assert json.loads(hand.run())["trace"]["outcomes"]["client"]["status"] == 418


def test_a_flood_of_prints_is_cut_and_shown(hand: Hand) -> None:
    hand.open("two")
    prints = "    for number in range(100_000): print(number)\n    await send"
    hand.write(TEAPOT.replace("    await send", prints, 1))
    trace = json.loads(hand.run())["trace"]
    assert len(trace["events"]) == 1000
    assert [finding["rule"] for finding in trace["findings"]] == ["app-over-budget"]
    expect(hand.find(".demo-output pre")).to_contain_text("0\n1\n2\n")


def test_a_worker_that_ends_itself_can_be_stopped_and_replaced(hand: Hand) -> None:
    hand.open("two")
    hand.write("import js\njs.self.close()\nexec('while True: pass')\n")
    hand.click("run")
    hand.says("Running")
    hand.click("stop")
    hand.says("Stopped")
    hand.write(TEAPOT)
    assert json.loads(hand.run())["trace"]["outcomes"]["client"]["status"] == 418
