"""A reader works one demo with mouse and keyboard: the same in Chromium, Firefox and WebKitGTK."""

from __future__ import annotations

import re
import time

import pytest

from asgiscope import play
from tests.browser import small_site
from tests.browser.small_site import Demo
from tests.engines.conftest import every_engine, held_in_chromium
from tests.engines.engine import wait_for
from tests.engines.reader import Reader
from tests.engines.server import escaped
from tests.engines.webkit import WebKit

ENDLESS = "async def app(scope, receive, send):\n    exec('while True: pass')\n"  # not counted
TEAPOT = """async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 418})
    await send({"type": "http.response.body"})
"""
RAISES = """async def app(scope, receive, send):
    await receive()
    raise OSError("no paper")
"""
PLACE = ".demo-place"


@held_in_chromium
def test_the_recorded_demo_is_stepped_through_by_mouse_and_keyboard(reader: Reader) -> None:
    reader.open("numbers")
    reader.click("next")
    reader.click("next")
    reader.says("2 / 16", PLACE)
    reader.engine.click(".demo-row-button", 5)
    reader.says("6 / 16", PLACE)
    assert reader.text(".demo-line-current").startswith("    await send")
    for key, place in {"ArrowDown": 7, "End": 16, "ArrowLeft": 15, "Home": 1}.items():
        reader.engine.press(key)
        reader.says(f"{place} / 16", PLACE)
    assert not re.search("pyodide|runner|manifest", " ".join(reader.server.asked))
    assert reader.engine.errors() == []


@held_in_chromium
@pytest.mark.parametrize(
    ("language", "lanes", "finding"),
    [
        ("zh", ["客户端", "服务器", "应用"], "http.response.start"),
        ("en", ["client", "server", "app"], "http.response.start"),
    ],
)
def test_lanes_and_findings_are_in_the_language_of_the_page(
    reader: Reader, language: str, lanes: list[str], finding: str
) -> None:
    reader.open("wrong", language)
    heads = '[...document.querySelectorAll(".demo-head")].map((head) => head.innerText)'
    assert reader.engine.run(f"return {heads};") == lanes
    assert finding in reader.text(".demo-findings .demo-level-error")
    reader.click("see")
    reader.says("✕", ".demo-row.demo-is-current")
    assert reader.engine.errors() == []


@held_in_chromium
@pytest.mark.parametrize(
    ("name", "demo"),
    [
        ("numbers", small_site.NUMBERS),
        ("starlette", small_site.STARLETTE),
    ],
)
def test_a_run_gives_the_bytes_that_python_gave(reader: Reader, name: str, demo: Demo) -> None:
    reader.open(name).run()
    text = reader.engine.run("return played.at(-1);")
    assert text == play(demo.source, demo.client, demo.app)
    assert reader.engine.errors() == []
    assert escaped(reader.bird) == []


@held_in_chromium
def test_edited_code_gives_the_bytes_that_python_gives(reader: Reader) -> None:
    reader.open("two").write(TEAPOT)
    assert reader.status() == 418
    text = reader.engine.run("return played.at(-1);")
    assert text == play(TEAPOT, small_site.HELLO.client, small_site.HELLO.app)
    assert "418" in reader.text(".demo-rows")


def test_code_is_typed_key_by_key_and_run_from_the_keyboard(reader: Reader) -> None:
    reader.open("two").write("app = None")
    reader.engine.press("Enter")
    reader.engine.write("later = 1")
    reader.engine.press("Control+Enter")
    reader.engine.wait("return played.length === 1;")
    text = reader.engine.run("return played.at(-1);")
    demo = small_site.HELLO
    assert text == play("app = None\nlater = 1", demo.client, demo.app)


@held_in_chromium
def test_stop_ends_a_loop_without_end_and_the_next_run_is_right(reader: Reader) -> None:
    reader.open("two").write(ENDLESS)
    reader.click("run")
    reader.says("Running")
    began = reader.engine.run("return performance.now();")
    reader.click("stop")
    reader.says("Stopped")
    assert reader.engine.run("return performance.now();") - began < 2000
    reader.write(TEAPOT)
    assert reader.status() == 418


@pytest.mark.parametrize("started", every_engine(only=("webkit",)), indirect=True)
def test_what_was_stopped_uses_no_processor_any_more(started: WebKit, reader: Reader) -> None:
    """WebKit ends a worker only where it calls JavaScript: Python has to do so now and then."""

    def in_a_second() -> float:
        before = started.processor_seconds()
        time.sleep(1)
        return started.processor_seconds() - before

    at_rest = in_a_second()  # something of an earlier test may go on
    reader.open("two").write(ENDLESS)
    reader.click("run")
    reader.says("Running")
    reader.click("stop")
    reader.says("Stopped")
    wait_for("the worker ends", lambda: in_a_second() < at_rest + 0.3)


@held_in_chromium
@pytest.mark.parametrize(("language", "line"), [("zh", "第 3 行"), ("en", "line 3")])
def test_an_error_in_python_is_shown_at_its_line(reader: Reader, language: str, line: str) -> None:
    reader.open("two", language).write(RAISES)
    (finding,) = reader.run()["findings"]
    assert finding["rule"] == "app-raised"
    reader.says("OSError: no paper", ".demo-findings")
    assert line in reader.text(".demo-findings").lower()
    assert reader.text(".cm-line.demo-line-found") == '    raise OSError("no paper")'


@held_in_chromium
@pytest.mark.parametrize(
    ("language", "words"), [("zh", "不支持 WebAssembly"), ("en", "no WebAssembly")]
)
def test_without_webassembly_the_page_says_so_and_still_steps(
    reader: Reader, language: str, words: str
) -> None:
    reader.open("two", language, without="WebAssembly")
    reader.click("run")
    reader.says(words)
    reader.click("next")
    reader.says("1 / 8", PLACE)


@pytest.mark.parametrize(("language", "words"), [("zh", "模块"), ("en", "module workers")])
def test_without_module_workers_the_page_says_so_and_still_steps(
    reader: Reader, language: str, words: str
) -> None:
    reader.server.classic_workers_only = True
    reader.open("two", language)
    reader.click("run")
    reader.says(words)
    reader.click("next")
    reader.says("1 / 8", PLACE)
