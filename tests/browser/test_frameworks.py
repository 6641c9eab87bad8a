"""Frameworks in the browser: the bytes that CPython records, no more downloads than needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from runtime.build import OUTPUT, build
from runtime.packages import PACKAGES
from tests.browser.conftest import Tab
from tests.browser.versions import same_version
from tests.conftest import PageLog, serving
from tests.snippets.framework_clients import FRAMEWORKS, Play, plays, recorded

RUN = """async ([script, manifest, source, client, filename]) => {
    const { runnerFor } = await import(script);
    const job = { source, client, filename };
    const played = await runnerFor(manifest).run(job, new AbortController().signal, () => {});
    return played.json;
}"""


@dataclass
class Python:
    """The Python of one page, asked as a demo asks it."""

    page: Page
    url: str

    def run(self, source: str, client: Any, filename: str = "app.py") -> str:
        """What the run's answer is, as text."""
        stamp = build()
        script = f"{self.url}/runtime/{next(OUTPUT.glob('runner.*.mjs')).name}"
        manifest = f"{self.url}/runtime/{stamp['manifest']}"
        return str(self.page.evaluate(RUN, [script, manifest, source, client, filename]))

    def play(self, play: Play) -> str:
        return self.run(play.source, play.client, play.snippet)

    def outcome(self, source: str, path: str = "/") -> dict[str, Any]:
        trace = json.loads(self.run(source, [{"request": f"GET {path}"}]))["trace"]
        outcome: dict[str, Any] = trace["outcomes"].get("client", {})
        return outcome

    def words(self, source: str) -> dict[str, str]:
        """The words of the only finding that a source gives, by language."""
        answer = json.loads(self.run(source, [{"request": "GET /"}]))
        (words,) = answer["texts"]
        return {language: " ".join(parts.values()) for language, parts in words.items()}


@pytest.fixture(scope="module")
def blank_url() -> Iterator[str]:
    """A page that has nothing, beside the runtime."""
    build()
    blank = HTMLResponse('<!doctype html><link rel="icon" href="data:,">')
    files = Mount("/runtime", StaticFiles(directory=OUTPUT))
    with serving(Starlette(routes=[files, Route("/", lambda request: blank)])) as url:
        yield url


@pytest.fixture
def python(kept_tab: Tab, blank_url: str) -> Python:
    """Python in the tab that stays, as the tests before have left it."""
    if not kept_tab.page.url.startswith(blank_url):
        kept_tab.page.goto(blank_url)
    return Python(kept_tab.page, blank_url)


@pytest.fixture
def fresh_python(python: Python) -> Python:
    """A page that is opened anew, and has downloaded nothing."""
    python.page.goto(python.url)
    return python


def archives_of(log: PageLog) -> set[str]:
    """The names of the archives that a page has asked for."""
    files = {url.rpartition("/")[2].split(".")[0] for url in log.requests if ".wasm" in url}
    always = {"asgiscope", "pyodide", "python_stdlib"}
    return {name for name in files - always if not name.endswith("_snapshot")}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_framework_gives_the_recorded_bytes_and_downloads_only_its_own_archives(
    fresh_python: Python, page_log: PageLog, framework: str
) -> None:
    texts = recorded(framework)
    for play in plays(framework):
        fresh = fresh_python.play(play)
        if same_version(framework):
            assert fresh == texts[play.name], play
        else:
            assert outcomes(fresh) == outcomes(texts[play.name]), play
    assert archives_of(page_log) <= {framework, *PACKAGES[framework].depends}
    assert page_log.hosts == {"127.0.0.1"}
    assert page_log.errors == []


def outcomes(text: str) -> Any:
    return json.loads(text)["trace"]["outcomes"]


def test_only_quart_may_differ_in_version() -> None:
    assert {name for name in FRAMEWORKS if not same_version(name)} <= {"quart"}


def test_django_is_configured_anew_for_every_run(python: Python) -> None:
    by_name = {play.name: play for play in plays("django")}
    texts = recorded("django")
    for name in ("get", "stream", "get", "post", "stream", "get"):
        assert python.play(by_name[name]) == texts[name], name


def test_frameworks_taken_in_turns_each_give_what_a_fresh_python_gives(
    fresh_python: Python,
) -> None:
    for name in ("get", "post", "get"):
        for framework in ("blacksheep", "django", "litestar", "starlette", "falcon"):
            play = next(play for play in plays(framework) if play.name == name)
            assert fresh_python.play(play) == recorded(framework)[name], play


def test_what_one_run_sets_for_all_is_gone_in_the_next(python: Python) -> None:
    spoil = """import decimal, logging, os, starlette.responses, sys
logging.basicConfig(stream=sys.stdout, level=logging.DEBUG)
os.environ["LEFT"] = "behind"
decimal.getcontext().prec = 3
starlette.responses.JSONResponse.render = None
async def app(scope, receive, send): raise SystemExit
"""
    look = """import decimal, logging, os
from starlette.responses import JSONResponse
async def app(scope, receive, send):
    logging.warning("seen by nobody")
    left = [os.environ.get("LEFT"), decimal.getcontext().prec, len(logging.root.handlers)]
    await JSONResponse(left)(scope, receive, send)
"""
    python.outcome(spoil)
    assert python.outcome(look)["body"]["$bytes"] == "[null,28,1]"


LACKS = {
    "package": ("import numpy", "numpy", "fastapi"),
    "part": ("import starlette\nimport starlette.nowhere", "starlette.nowhere", "left out"),
    "unfetched": ("__import__('falcon')", "import falcon", "fetched"),
    "library": ("import curses", "curses", "standard library"),
    "network": (
        "import urllib.request\nurllib.request.urlopen('http://example.com')",
        "no network",
        "asyncio.sleep",
    ),
    "socket": ("import socket\nsocket.socket().bind(('', 80))", "no network", "client"),
    "process": ("import subprocess\nsubprocess.run(['ls'])", "processes", "asyncio.to_thread"),
    "system": ("import os\nos.system('ls')", "processes", "own computer"),
    "pool": (
        "from concurrent.futures import ProcessPoolExecutor\nProcessPoolExecutor()",
        "processes",
        "own computer",
    ),
    "thread": ("import _thread\n_thread.start_new_thread(print, ())", "threads", "virtual time"),
    "input": ("input()", "type", "Write the input"),
    "debugger": ("breakpoint()", "type", "no terminal"),
    "file": ("open('notes.txt')", "no such file", "notes.txt"),
}


def test_what_python_lacks_in_the_browser_is_said_plainly(python: Python) -> None:
    for lack, (code, *parts) in LACKS.items():
        words = python.words(code)
        assert all(part in words["en"] for part in parts), (lack, words)
        assert words["zh"] != words["en"]
        assert "{" not in words["zh"]


def test_an_async_connection_to_elsewhere_is_explained_too(python: Python) -> None:
    source = """import asyncio
async def app(scope, receive, send):
    await asyncio.open_connection("example.com", 80)
"""
    assert "没有网络" in python.words(source)["zh"]


def test_the_packages_that_are_there_are_named_when_one_is_not(python: Python) -> None:
    words = python.words("import numpy")["zh"]
    for package in PACKAGES.values():
        for name in package.imports:
            assert name in words
