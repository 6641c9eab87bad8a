"""When a part of the runtime cannot be had: which one it is, and a Retry that works."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Request, Route, expect

from runtime.build import SERVED_AS
from tests.browser.conftest import Hand

FILES = (
    "runner.mjs",
    "manifest.json",
    "worker.mjs",
    "sandbox.html",
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "asgiscope.zip",
)
FIRST = ("runner.mjs", "manifest.json")
STALLING = [
    file
    if file in ("runner.mjs", "python_stdlib.zip")
    else pytest.param(file, marks=pytest.mark.long)
    for file in FILES
]
SNAPSHOTS = "**/runtime/*_snapshot.*"


def missing(route: Route) -> None:
    route.fulfill(status=404, body="not here")


def offline(route: Route) -> None:
    route.abort("internetdisconnected")


def wrong(route: Route) -> None:
    route.fulfill(body="something else", content_type="application/wasm")


def truncated(route: Route) -> None:
    file = Path("build/runtime") / route.request.url.rsplit("/", 1)[1]
    route.fulfill(body=file.read_bytes()[:-1], content_type="application/wasm")


def address(file: str) -> str:
    """The addresses of a file, which have a hash before the suffix."""
    stem, suffix = file.rsplit(".", 1)
    return f"**/runtime/{stem}.*.{SERVED_AS.get(suffix, suffix)}"


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named_in_both_languages(fresh_hand: Hand, file: str) -> None:
    fresh_hand.page.route(SNAPSHOTS, missing)  # with them, two of the files would not be asked for
    fresh_hand.page.route(address(file), missing)
    for language, words in (("zh", "没有下载到"), ("en", "could not be downloaded")):
        fresh_hand.open("two", language)
        fresh_hand.click("run")
        fresh_hand.says(words)
        stem, _, suffix = file.rpartition(".")
        fresh_hand.says(stem)
        fresh_hand.says(suffix)
        expect(fresh_hand.find(".demo-tool-retry")).to_be_visible()
        expect(fresh_hand.find(".demo-rows")).to_be_visible()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (missing, "the server answered 404"),
        (offline, "the network is out of reach"),
        (wrong, "arrived with the wrong content"),
        (truncated, "arrived with the wrong content"),
    ],
)
@pytest.mark.parametrize("file", ["pyodide.asm.wasm"])
def test_retry_works_once_the_file_can_be_had(
    fresh_hand: Hand, file: str, answer: Callable[[Route], None], words: str
) -> None:
    fresh_hand.page.route(address(file), answer)
    fresh_hand.open("two")
    fresh_hand.click("run")
    fresh_hand.says(words)
    fresh_hand.click("retry")
    fresh_hand.says(words)
    fresh_hand.page.unroute(address(file))
    fresh_hand.click("retry")
    fresh_hand.says("Run just now")


@pytest.mark.parametrize("file", FIRST)
def test_retry_works_for_the_files_that_come_first(fresh_hand: Hand, file: str) -> None:
    fresh_hand.page.route(address(file), offline)
    fresh_hand.open("two")
    fresh_hand.click("run")
    fresh_hand.says("the network is out of reach")
    fresh_hand.page.unroute(address(file))
    fresh_hand.click("retry")
    fresh_hand.says("Run just now")


def test_a_manifest_that_was_tampered_with_is_refused(fresh_hand: Hand) -> None:
    fresh_hand.page.route(
        address("manifest.json"), lambda route: route.fulfill(body='{"files": {}}')
    )
    fresh_hand.open("two")
    fresh_hand.click("run")
    fresh_hand.says("arrived with the wrong content")


@pytest.mark.parametrize("file", STALLING)
def test_a_download_that_stalls_is_given_up_and_retried(fresh_hand: Hand, file: str) -> None:
    fresh_hand.page.clock.install()
    held: list[Route] = []
    pending: set[Request] = set()
    fresh_hand.page.route(SNAPSHOTS, missing)
    fresh_hand.page.route(address(file), lambda route: held.append(route))
    fresh_hand.open("two")
    fresh_hand.page.on("request", lambda request: pending.add(request))
    for how in ("requestfinished", "requestfailed"):
        fresh_hand.page.on(how, lambda request: pending.discard(request))
    fresh_hand.click("run")
    fresh_hand.says("Preparing" if file in FIRST else "Downloading Python")
    while not held or pending != {route.request for route in held}:  # everything else has come
        fresh_hand.page.wait_for_timeout(20)
    fresh_hand.page.clock.run_for(21_000)
    stem, _, suffix = file.rpartition(".")
    fresh_hand.says(f"The download of {stem}")
    fresh_hand.says(f".{suffix} has stalled")
    fresh_hand.page.unroute(address(file))
    fresh_hand.click("retry")
    fresh_hand.says("Run just now")


def framed_by(page: str) -> Callable[[Route], None]:
    """Another page in the frame; who fetches it gets the right bytes."""

    def answer(route: Route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(body=page, content_type="text/html")
        else:
            route.fallback()

    return answer


@pytest.mark.parametrize(
    ("script", "seconds", "words"),
    [
        ("", 11, "sandbox.html was downloaded, but the browser does not use it"),
        ("parent.postMessage('sandbox:hello', '*')", 61, "did not start in time"),
    ],
    ids=["a frame that does not greet", "a frame that greets and does no more"],
)
def test_a_python_that_does_not_start_is_given_up(
    fresh_hand: Hand, script: str, seconds: int, words: str
) -> None:
    fresh_hand.page.clock.install()
    other = framed_by(f"<!doctype html><title>other</title><script>{script}</script>")
    fresh_hand.page.route(address("sandbox.html"), other)
    fresh_hand.open("two")
    fresh_hand.click("run")
    fresh_hand.says("Starting Python")
    fresh_hand.page.clock.run_for(seconds * 1000)
    fresh_hand.says(words)
    expect(fresh_hand.page.locator("iframe")).to_have_count(0)
    fresh_hand.page.unroute(address("sandbox.html"))
    fresh_hand.click("retry")
    fresh_hand.says("Run just now")


def test_a_browser_without_webassembly_says_so_and_still_steps(fresh_hand: Hand) -> None:
    fresh_hand.page.add_init_script("delete globalThis.WebAssembly")
    fresh_hand.open("two")
    fresh_hand.click("run")
    fresh_hand.says("no WebAssembly")
    fresh_hand.click("next")
    expect(fresh_hand.find(".demo-place")).to_have_text("1 / 8")


@pytest.mark.parametrize("answer", [missing, offline, wrong, truncated])
def test_a_snapshot_that_cannot_be_had_is_done_without(
    fresh_hand: Hand, answer: Callable[[Route], None]
) -> None:
    fresh_hand.page.route(SNAPSHOTS, answer)
    fresh_hand.open("two").run()
    expect(fresh_hand.find(".demo-tool-retry")).to_be_hidden()
