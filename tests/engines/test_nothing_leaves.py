"""The sandbox in each engine: what the reader's code starts reaches no network and no storage."""

from __future__ import annotations

import re

import pytest

from tests.browser.canary import PLANT
from tests.engines.conftest import held_in_chromium
from tests.engines.reader import Reader
from tests.engines.server import escaped
from tests.engines.test_one_demo import TEAPOT

STORED = """
return {
  local: { ...localStorage },
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  heard: window.heard,
};
"""
PLANTED = {
    "local": {"canary": "canary=alive"},
    "databases": ["canary"],
    "caches": ["canary"],
    "heard": [],
}
HOSTILE = """import js, pyodide_js
actions = [
    lambda: js.fetch("http://{canary}/fetch"),
    lambda: js.fetch("http://elsewhere.example/fetch"),
    lambda: js.fetch("{site}/two-en-default.html?hostile"),
    lambda: js.WebSocket.new("ws://{canary}/socket"),
    lambda: js.EventSource.new("http://{canary}/events"),
    lambda: js.Worker.new("http://{canary}/worker.js"),
    lambda: js.Worker.new("data:text/javascript,fetch('http://{canary}/nested')"),
    lambda: js.eval("import('http://{canary}/module.js')"),
    lambda: js.importScripts("http://{canary}/script.js"),
    lambda: js.XMLHttpRequest.new().open("GET", "http://{canary}/xhr"),
    lambda: js.navigator.sendBeacon("http://{canary}/beacon"),
    lambda: js.indexedDB.open("hostile"),
    lambda: js.caches.open("hostile"),
    lambda: js.BroadcastChannel.new("canary").postMessage("hostile"),
]
for action in actions:
    try:
        action()
    except Exception as error:
        print(type(error).__name__)
"""


def test_the_canary_hears_what_does_get_out(reader: Reader) -> None:
    reader.engine.open(f"{reader.url}/lawless.html")
    for address in (reader.bird.address, "elsewhere.example"):
        script = f"await fetch('http://{address}/out', {{ mode: 'no-cors' }}).catch(() => 0);"
        reader.engine.run(script)
        assert any("/out" in line for line in reader.bird.noted), address
        reader.bird.noted.clear()


@held_in_chromium
def test_what_the_readers_code_starts_reaches_nothing_and_the_next_run_is_right(
    reader: Reader,
) -> None:
    reader.open("two").run()
    reader.engine.run(f"await ({PLANT})();")
    reader.write(HOSTILE.format(canary=reader.bird.address, site=reader.url) + TEAPOT)
    before = len(reader.server.asked)
    reader.run_or_stop(15)  # Firefox's worker sometimes stands still after all of these at once
    reader.engine.run("await new Promise((resolve) => setTimeout(resolve, 700));")
    assert escaped(reader.bird) == []
    own = re.compile(r"/runtime/sandbox\.\w+\.html")  # the page makes a new Python ready
    assert [path for path in reader.server.asked[before:] if not own.fullmatch(path)] == []
    assert reader.engine.run(STORED) == PLANTED
    reader.write(TEAPOT)
    assert reader.status() == 418


@held_in_chromium
@pytest.mark.parametrize("flood", ["for _ in range(100_000): js.postMessage('x')"])
def test_a_flood_of_messages_ends_the_run_and_the_next_is_right(reader: Reader, flood: str) -> None:
    reader.open("two").write(f"import js\n{flood}\n{TEAPOT}")
    reader.click("run")
    reader.says("produces too much output")
    reader.write(TEAPOT)
    assert reader.status() == 418


@held_in_chromium
def test_text_from_the_sandbox_is_never_html(reader: Reader) -> None:
    reader.open("two")
    html = "<img src=x onerror=window.reached=1>"
    reader.write(
        TEAPOT.replace("async", f"print({html!r})\nasync", 1) + f"\nraise OSError({html!r})"
    )
    reader.run()
    assert reader.engine.run('return document.querySelectorAll("asgi-demo img").length;') == 0
    assert reader.engine.run("return window.reached ?? null;") is None
