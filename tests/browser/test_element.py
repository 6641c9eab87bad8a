"""`<asgi-demo>` in a page that knows nothing but what CONTRIBUTING.md says of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from asgiscope import run_source
from asgiscope.running import explanations
from asgiscope.trace.summary import labels_in
from common.places import ROOT
from runtime.build import build
from tests.browser import small_site
from tests.browser.conftest import BOOT
from tests.conftest import PageLog

SOURCE = (small_site.APPS / "say_hello.py").read_text("utf-8")
CLIENT = [{"request": "GET /?name=Ada"}]
OTHER = SOURCE.replace("async def app", "\n\nasync def app")
ENDLESS = "async def app(scope, receive, send):\n    while True:\n        pass\n"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>plain</title>
<link rel="icon" href="data:,">
<script type="module" src="runtime/{script}"></script></head><body>
<asgi-demo data-runtime="runtime/{manifest}">
<div class="demo-code"><pre><code>{source}</code></pre></div>
<script type="application/json" class="demo-data">{data}</script>
</asgi-demo>
<script>
const demo = document.querySelector("asgi-demo");
const heard = [];
for (const type of ["run", "trace", "step", "edit"])
  document.body.addEventListener(type, (event) => heard.push([type, event.detail]));
const next = (type) => new Promise((done) => demo.addEventListener(type, done, {{ once: true }}));
</script>
</body></html>
"""


@pytest.fixture
def plain(page: Page, tmp_path: Path, serve: Callable[[Any], str], page_log: PageLog) -> Page:
    """A page with one demo, drawn, and with ears for its events."""
    stamp = build()
    trace = run_source(SOURCE, CLIENT, "app.py")
    data = {
        "name": "plain",
        "app": "app.py",
        "source": SOURCE,
        "client": CLIENT,
        "trace": trace.as_data(),
        "texts": explanations(trace),
        "labels": {"en": labels_in(trace, "en")},
    }
    text = PAGE.format(
        script=stamp["demo_en"],
        manifest=stamp["manifest"],
        source=SOURCE,
        data=json.dumps(data).replace("<", "\\u003c"),
    )
    (tmp_path / "plain.html").write_text(text, "utf-8")
    page.set_default_timeout(BOOT)
    page.goto(f"{serve(small_site.serve_site(tmp_path))}/plain.html")
    page.evaluate("customElements.whenDefined('asgi-demo').then(() => demo.ready)")
    return page


def heard(page: Page) -> list[str]:
    """The types of the events since the last time."""
    return [kind for kind, _ in page.evaluate("heard.splice(0)")]


def test_a_demo_tells_what_the_page_gave_it(plain: Page) -> None:
    assert plain.evaluate("demo.code") == SOURCE
    assert plain.evaluate("demo.client") == CLIENT
    count = len(run_source(SOURCE, CLIENT, "app.py").events)
    assert plain.evaluate("demo.trace.events.length") == count
    assert plain.evaluate("[demo.step, demo.running, demo.edited, demo.origin]") == [
        *(0, False, False),
        "page",
    ]
    assert heard(plain) == []


def test_a_step_can_be_set_and_is_told(plain: Page) -> None:
    plain.evaluate("demo.step = 2")
    assert plain.evaluate("demo.step") == 2
    plain.evaluate("demo.step = 10000")
    assert plain.evaluate("demo.step === demo.trace.events.length")
    assert heard(plain) == ["step", "step"]
    plain.locator(".demo-previous").click()
    assert heard(plain) == ["step"]
    plain.evaluate("demo.step = 0")
    assert plain.evaluate("demo.step") == 0


def test_code_and_client_can_be_set_run_and_reset(plain: Page, page_log: PageLog) -> None:
    plain.evaluate("(code) => { const told = next('edit'); demo.code = code; return told; }", OTHER)
    assert plain.evaluate("[demo.code, demo.edited]") == [OTHER, True]
    plain.evaluate("demo.client = [{ request: 'GET /?name=Bob' }]")
    assert heard(plain) == ["edit", "edit"]
    assert plain.evaluate("demo.run()") is True
    ((first, _), (last, text)) = plain.evaluate("heard.splice(0)")
    assert (first, last) == ("run", "trace")
    events = json.loads(text)["trace"]["events"]
    assert events[0]["message"]["target"] == "/?name=Bob"
    assert plain.evaluate("demo.trace.events.length") == len(events)
    plain.evaluate("demo.reset()")
    assert plain.evaluate("[demo.code, demo.edited]") == [SOURCE, False]
    assert plain.evaluate("demo.client") == CLIENT
    assert heard(plain) == ["edit"]
    assert page_log.errors == []


def test_a_run_can_be_stopped_and_says_that_there_is_no_new_trace(plain: Page) -> None:
    plain.evaluate(
        "(code) => { const told = next('edit'); demo.code = code; return told; }", ENDLESS
    )
    plain.evaluate("void (window.ended = demo.run())")
    assert plain.evaluate("demo.running")
    plain.evaluate("demo.stop()")
    assert plain.evaluate("ended") is False
    assert not plain.evaluate("demo.running")
    assert heard(plain) == ["edit", "run"]


def test_a_demo_that_is_not_drawn_has_no_properties_yet(plain: Page) -> None:
    script = (
        "() => { try { document.createElement('asgi-demo').code } catch (e) { return e.name } }"
    )
    assert plain.evaluate(script) == "InvalidStateError"


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CONTRIBUTING.zh.md"])
def test_everything_public_of_the_element_is_described(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    source = (ROOT / "runtime" / "work" / "element.ts").read_text("utf-8")
    names = {
        line.split("(")[0].split()[-1]
        for line in source.splitlines()
        if line.startswith("  ")
        and line[2:3].isalpha()
        and re.search(r"\).* \{$", line)
        and not re.search("[#=]", line)
    } - {"connectedCallback", "disconnectedCallback"}
    assert len(names) > 8
    events = {"run", "trace", "step", "edit"}
    assert {each for each in names | events if not re.search(rf"`{each}(\(\))?`", text)} == set()
