"""Every demo of the site, in every engine: stepped through as recorded, and run to the same bytes.

``make test`` does so for the demos of a few pages, ``make test-all`` for every one. In Chromium
tests/browser/test_site_demos.py runs and tests/offline/test_reading.py steps through all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.browser.canary import Canary
from tests.browser.test_site_demos import LANGUAGES, pages_in, pages_with_demos
from tests.browser.versions import comparable
from tests.engines.conftest import Site, held_in_chromium
from tests.engines.engine import Engine
from tests.engines.server import escaped

SOME = 2  # pages whose demos are tried in each engine in `make test`
STEP_THROUGH = """
const problems = [];
for (const demo of document.querySelectorAll("asgi-demo")) {
  const { trace } = JSON.parse(demo.querySelector("script.demo-data").textContent);
  const name = demo.closest("figure").id;
  const rows = demo.querySelectorAll(".demo-row, .demo-moment").length;
  if (rows !== trace.events.length) problems.push(`${name}: ${rows} rows`);
  const next = demo.querySelector(".demo-next");
  for (let step = 1; step <= trace.events.length; step += 1) {
    next.click();
    const place = demo.querySelector(".demo-place").textContent;
    const caption = demo.querySelector(".demo-caption").textContent;
    if (place !== `${step} / ${trace.events.length}` || !caption)
      problems.push(`${name}, step ${step}: ${place} ${caption}`);
  }
  const found = demo.querySelectorAll(".demo-findings .demo-finding").length;
  if (found !== trace.findings.length) problems.push(`${name}: ${found} findings`);
}
return problems;
"""
DRAWN = """
const demos = [...document.querySelectorAll("asgi-demo")];
return demos.every((demo) => demo.querySelector(".demo-rows"));
"""
RUN = """
const demo = document.querySelectorAll("asgi-demo")[arguments[0]];
const before = played.length;
demo.querySelector(".demo-tool-run").click();
const until = performance.now() + 60_000;
while (played.length === before && performance.now() < until) {
  if (demo.querySelector(".demo-has-failed")) break;
  await new Promise((resolve) => setTimeout(resolve, 10));
}
const recorded = demo.querySelector("script.demo-data").textContent;
return [recorded, played.at(before) ?? null, demo.querySelector(".demo-status").textContent];
"""


def open_page(engine: Engine, site: Site, path: str) -> None:
    # Not the door, which leads readers of English to /en/ (snippets/serving/open_door.py).
    place = path if path == "index.html" else path.removesuffix("index.html")
    engine.open(f"{site.url}/{place}")
    engine.wait(DRAWN)


def run_demos(engine: Engine, site: Site, paths: list[str]) -> list[str]:
    """Run every demo of some pages; return those whose trace is not the recorded one."""
    different = []
    for path in paths:
        open_page(engine, site, path)
        for number in range(engine.run('return document.querySelectorAll("asgi-demo").length;')):
            recorded, fresh, status = engine.run(RUN, number)
            app = json.loads(recorded)["app"]
            if fresh is None or trace_of(fresh, app) != trace_of(recorded, app):
                different.append(f"{path}, demo {number + 1}: {status}")
        assert engine.errors() == [], path
    return different


def trace_of(played: str, app: str) -> str:
    """The trace as text; the figures of a page and of a run are equal to the byte."""
    return json.dumps(comparable(json.loads(played)["trace"], app))


def some_of(pages: list[str]) -> list[str]:
    """A few pages, evenly chosen."""
    return pages[:: max(1, len(pages) // SOME)][:SOME]


AMOUNTS = pytest.mark.parametrize("choose", [some_of, pytest.param(list, marks=pytest.mark.long)])


@held_in_chromium
@pytest.mark.timeout(900)  # some hundred and fifty of them
@AMOUNTS
@pytest.mark.parametrize("language", LANGUAGES)
def test_demos_are_stepped_through_as_recorded(
    engine: Engine,
    watched_site: Site,
    bird: Canary,
    language: str,
    choose: Callable[[list[str]], list[str]],
) -> None:
    pages = pages_in(language, watched_site.folder)
    assert len(pages) > 20
    for path in choose(pages):
        open_page(engine, watched_site, path)
        assert engine.run(STEP_THROUGH) == [], path
        assert engine.errors() == [], path
    assert watched_site.server.missed == []
    assert escaped(bird) == []


@held_in_chromium
@pytest.mark.timeout(2400)
@AMOUNTS
def test_demos_run_to_their_recorded_traces(
    engine: Engine, watched_site: Site, bird: Canary, choose: Callable[[list[str]], list[str]]
) -> None:
    pages = choose(pages_with_demos(watched_site.folder))
    assert run_demos(engine, watched_site, pages) == []
    assert watched_site.server.missed == []
    assert escaped(bird) == []
