"""Two ways to start Python, and one Python for many runs: the bytes are the same in every case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from asgiscope import play
from tests.browser.conftest import Tab
from tests.browser.directly import (
    Direct,
    Manifest,
    expected,
    replace_file,
    serve_runtime,
    without_snapshots,
    write_runtime,
)
from tests.browser.small_site import GET, HELLO, NUMBERS, STARLETTE, WRONG
from tests.conftest import PageLog, serving

Serve = Callable[[Any], str]

TEAPOT = """async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 418})
    await send({"type": "http.response.body"})
"""
# A module of each part of the standard library, imported so that no search of the text finds it.
HIDDEN = """import json
async def app(scope, receive, send):
    body = str(__import__("NAME").__name__).encode()
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": body})
"""
MORE = "import colorsys\n" + HELLO.source


@pytest.fixture(scope="module")
def fast(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fast")
    write_runtime(folder)
    return folder


@pytest.fixture(scope="module")
def fast_url(fast: Path) -> Iterator[str]:
    with serving(serve_runtime(fast)) as url:
        yield url


@pytest.fixture(scope="module")
def slow_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("slow")
    write_runtime(folder, without_snapshots)
    with serving(serve_runtime(folder)) as url:
        yield url


@pytest.fixture(params=["fast", "slow"])
def direct(request: pytest.FixtureRequest, kept_tab: Tab, loopback: None) -> Direct:
    """A runner for each of the two ways; a page that is opened starts its Python anew."""
    return Direct(kept_tab.page, request.getfixturevalue(f"{request.param}_url")).open()


@pytest.fixture
def on_fast(kept_tab: Tab, fast_url: str) -> Direct:
    return Direct(kept_tab.page, fast_url).open()


@pytest.mark.parametrize("demo", [HELLO, NUMBERS, WRONG, STARLETTE], ids=lambda demo: demo.app)
def test_both_ways_give_the_recorded_bytes_again_and_again(direct: Direct, demo: Any) -> None:
    assert {direct.run(demo) for _ in range(4)} == {expected(demo)}


def test_a_raw_demo_starts_from_a_snapshot_and_fetches_no_library(on_fast: Direct) -> None:
    on_fast.run(HELLO)
    assert on_fast.has_asked("python_snapshot")
    assert not on_fast.has_asked("python_stdlib")
    assert not on_fast.has_asked("asgiscope")


def test_a_starlette_demo_starts_from_a_snapshot_with_starlette(on_fast: Direct) -> None:
    on_fast.run(STARLETTE)
    assert on_fast.has_asked("starlette_snapshot")
    assert not on_fast.has_asked("starlette.")
    assert not on_fast.has_asked("python_stdlib")


def test_a_demo_that_needs_more_than_a_snapshot_has_starts_without_one(on_fast: Direct) -> None:
    fresh = on_fast.run_text(MORE, GET)
    assert fresh == play(MORE, GET, "app.py")
    assert on_fast.has_asked("python_stdlib")
    assert not on_fast.has_asked("python_snapshot")


def test_a_package_can_be_mounted_after_a_snapshot_was_restored(on_fast: Direct) -> None:
    for demo in (HELLO, STARLETTE, HELLO, STARLETTE):
        assert on_fast.run(demo) == expected(demo)
    assert on_fast.has_asked("python_stdlib")
    assert on_fast.has_asked("starlette.")
    assert not on_fast.has_asked("starlette_snapshot")


@pytest.mark.parametrize("name", ["colorsys", "statistics", "encodings.cp866"])
def test_a_module_that_no_import_statement_names_is_fetched_when_it_is_missed(
    direct: Direct, name: str
) -> None:
    source = HIDDEN.replace("NAME", name)
    assert direct.run_text(source, GET) == play(source, GET, "app.py")
    assert direct.run(HELLO) == expected(HELLO)


def test_a_text_encoding_of_the_second_archive_works(direct: Direct) -> None:
    source = TEAPOT.replace('"status": 418', '"status": len("привет".encode("cp866")) + 400')
    assert direct.run_text(source, GET) == play(source, GET, "app.py")


@pytest.mark.parametrize("what", ["missing", "truncated"])
def test_without_its_snapshot_python_starts_in_the_other_way_and_says_nothing(
    page: Page, fast_url: str, fast: Path, what: str
) -> None:
    image = next(fast.glob("python_snapshot.*")).read_bytes()[:-1]
    page.route(
        "**/python_snapshot.*",
        lambda route: route.abort() if what == "missing" else route.fulfill(body=image),
    )
    direct = Direct(page, fast_url).open()
    assert direct.run(HELLO) == expected(HELLO)
    assert direct.has_asked("python_stdlib")


def of_another_release(manifest: Manifest, folder: Path) -> None:
    """A snapshot whose sum is not that of the memory into which it is written."""
    image = (folder / manifest["files"]["python_snapshot.wasm"]["url"]).read_bytes()
    other = re.sub(
        rb'("sum":-?\d*)(\d)', lambda found: found[1] + b"%d" % (9 - int(found[2])), image
    )
    replace_file(manifest, folder, "python_snapshot.wasm", other)


def of_nothing(manifest: Manifest, folder: Path) -> None:
    """A snapshot that is not a WebAssembly module at all."""
    replace_file(manifest, folder, "python_snapshot.wasm", b"what is this?")


@pytest.mark.parametrize("change", [of_another_release, of_nothing])
def test_a_snapshot_that_cannot_be_restored_is_not_used(
    page: Page, page_log: PageLog, serve: Serve, tmp_path: Path, change: Any
) -> None:
    write_runtime(tmp_path, change)
    direct = Direct(page, serve(serve_runtime(tmp_path))).open()
    assert direct.run(HELLO) == expected(HELLO)
    assert direct.has_asked("python_snapshot")
    assert direct.has_asked("python_stdlib")
    assert page_log.errors == []


SABOTAGE = {
    "builtins": "import builtins\nbuiltins.print = builtins.sorted = builtins.__import__ = None\n",
    "length": "import builtins\nbuiltins.len = lambda it: 7\n",
    "json": "import json\njson.dumps = json.JSONEncoder.encode = lambda *a, **b: '{}'\n",
    "engine": "import asgiscope.trace.trace as t\nt.Trace.as_data = lambda _: {}\nt.dump = None\n",
    "modules": "import sys\nsys.modules.clear()\nsys.meta_path.clear()\nsys.path.clear()\n",
    "runner": "import __main__\n__main__.play = __main__.answer = None\n",
    "types": "import asyncio\nasyncio.sleep = asyncio.Event.wait = None\n",
    "limits": "import sys\nsys.setrecursionlimit(120)\n",
    "code": "import asgiscope.server.server as s\nfor f in vars(s).values():\n"
    "    if hasattr(f, '__code__'): f.__code__ = (lambda *a, **b: 0).__code__\n",
    "logging": "import logging\nlogging.disable()\nlogging.raiseExceptions = False\n",
    "environment": "import os\nos.environ.clear()\nos.environ['TZ'] = 'Asia/Shanghai'\n",
    "memory": "keep = [bytearray(1_000_000) for _ in range(90)]\nimport gc\ngc.disable()\n",
}


def test_what_a_run_has_changed_in_python_is_gone_at_the_next_run(on_fast: Direct) -> None:
    on_fast.run(HELLO)
    for name, sabotage in SABOTAGE.items():
        on_fast.mark_frame()
        failure = ""
        try:
            on_fast.run_text(sabotage + TEAPOT, GET)
        except Error as error:  # it may well harm itself
            failure = str(error)
        assert re.search("^$|error|unreadable", failure), name
        for demo in (HELLO, NUMBERS, HELLO):
            assert on_fast.run(demo) == expected(demo), name
        assert on_fast.same_frame or name not in HARMLESS, name


# After these, the same Python serves on: what they have changed lies in its own memory.
HARMLESS = ("types", "limits", "logging", "environment", "memory")

BEYOND = {
    "the page's JavaScript": "import js\njs.Array.prototype.map = None\njs.JSON.stringify = None\n",
    "by another name": "__import__('j' + 's').Object.prototype.run = 1\n",
    "a file": "open('/tmp/left', 'w').write('x')\n",
    "a file left open": "import sys\nsys.keep = open('/lib/python314.zip', 'rb')\n"
    "__import__('builtins').keep = sys.keep\nimport _io\n_io.keep = sys.keep\n",
    "a folder": "import os\nos.mkdir('/tmp/left')\n",
    "the output": "import os\nos.close(1)\n",
}


def test_a_run_that_touched_more_than_its_memory_gets_a_fresh_python_after_it(
    on_fast: Direct,
) -> None:
    on_fast.run(HELLO)
    for name, touch in BEYOND.items():
        on_fast.mark_frame()
        on_fast.run_text(touch + TEAPOT, GET)
        assert on_fast.run(HELLO) == expected(HELLO), name
        assert not on_fast.same_frame, name


def test_a_forged_result_of_the_right_shape_is_refused(on_fast: Direct) -> None:
    result = play(TEAPOT, GET, "app.py")
    head = '{"type":"result","run":1,"clean":true,"absent":[],"key":""}'
    forged = f"import js\njs.postMessage({head + chr(10) + result!r})\n"
    with pytest.raises(Error, match="unreadable"):
        on_fast.run_text(forged + HELLO.source, GET)
    assert on_fast.run(HELLO) == expected(HELLO)


def test_random_numbers_differ_from_run_to_run(direct: Direct) -> None:
    source = "import random\n" + TEAPOT.replace("418", "random.randrange(200, 10**9)")
    assert len({direct.run_text(source, GET) for _ in range(3)}) == 3


def test_prefetching_has_python_ready_and_a_run_fetches_nothing_more(direct: Direct) -> None:
    for demo in (HELLO, STARLETTE):
        direct.prefetch(demo.source)
        assert direct.page.locator("iframe").count() == 1
        asked = len(direct.asked)
        result = direct.stages(demo.source, demo.client, demo.app)
        assert result["json"] == expected(demo)
        assert [stage["stage"] for stage in result["stages"]] == ["running"]
        assert len(direct.asked) == asked


def test_a_run_while_python_is_being_prefetched_shows_the_progress_and_fetches_once(
    on_fast: Direct,
) -> None:
    on_fast.page.evaluate("(source) => void runner.prefetch(source)", HELLO.source)
    result = on_fast.stages(HELLO.source, HELLO.client, HELLO.app)
    assert result["json"] == expected(HELLO)
    assert result["stages"][-1] == {"stage": "running"}
    assert len([name for name in on_fast.asked if name.startswith("python_snapshot")]) == 1


def test_a_prefetch_that_fails_is_silent_and_not_tried_again(page: Page, fast_url: str) -> None:
    page.route("**/pyodide.asm.*.wasm", lambda route: route.abort())
    direct = Direct(page, fast_url).open()
    direct.prefetch(HELLO.source)
    asked = len(direct.asked)
    direct.prefetch(HELLO.source)
    assert len(direct.asked) == asked
    assert direct.page.locator("iframe").count() == 0
    page.unroute("**/pyodide.asm.*.wasm")
    assert direct.run(HELLO) == expected(HELLO)


def test_progress_counts_the_bytes_that_the_manifest_gives_although_they_come_compressed(
    page: Page, serve: Serve, fast: Path
) -> None:
    packed = [Middleware(GZipMiddleware, compresslevel=1)]
    direct = Direct(page, serve(serve_runtime(fast, packed))).open()
    stages = direct.stages(HELLO.source, HELLO.client, HELLO.app)["stages"]
    seen = [(stage["received"], stage["total"]) for stage in stages if "total" in stage]
    assert len({total for _, total in seen}) == 1
    received = [count for count, _ in seen]
    assert received == sorted(received)
    assert received[0] == 0
    assert seen[-1][0] == seen[-1][1]
