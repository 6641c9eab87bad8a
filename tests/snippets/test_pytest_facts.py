"""The test files among the snippets pass, and pytest and anyio do what the page says of them."""

from __future__ import annotations

import re

import pytest

from tests.snippets.conftest import SNIPPETS, snippets_with
from tests.snippets.nested_pytest import Result, Run, results_of

pytestmark = pytest.mark.xdist_group("nested-pytest")

WITH_ENGINE = "testing/test_with_asgiscope.py"
TWO_TESTS = """
import asyncio, pytest
loops = []

@pytest.fixture
def anyio_backend():
    return "asyncio"

@pytest.fixture
async def loop(anyio_backend):
    loops.append(asyncio.get_running_loop())
    yield loops[-1]
    assert asyncio.get_running_loop() is loops[-1]

@pytest.mark.anyio
async def test_one(loop):
    assert asyncio.get_running_loop() is loop

@pytest.mark.anyio
async def test_two(loop):
    assert asyncio.get_running_loop() is loop is not loops[0]
"""
UNMARKED = "async def test_it():\n    pass\n"
WRITTEN = {
    "two-tests": (TWO_TESTS, ()),
    "unmarked": (UNMARKED, ()),
    "unmarked-auto": (UNMARKED, ("-o", "anyio_mode=auto")),
}


@pytest.fixture(scope="module")
def results(loopback: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """What came of every test file; one of them starts a server."""
    names = [*snippets_with("passes"), WITH_ENGINE]
    runs = {name: Run(str(SNIPPETS / name)) for name in names}
    folder = tmp_path_factory.mktemp("nested")
    for name, (text, options) in WRITTEN.items():
        file = folder / f"test_{name.replace('-', '_')}.py"
        file.write_text(text, "utf-8")
        runs[name] = Run(str(file), options)
    return results_of(runs)


@pytest.mark.parametrize("name", snippets_with("passes"))
def test_a_test_file_passes(name: str, results: dict[str, Result]) -> None:
    result = results[name]
    written = len(re.findall(r"^(?:async )?def test_", (SNIPPETS / name).read_text("utf-8"), re.M))
    assert result.status == 0, result.output
    assert re.search(rf"^{written} passed", result.output, re.M), result.output


def test_the_tests_with_the_engine_pass(results: dict[str, Result]) -> None:
    assert results[WITH_ENGINE].status == 0, results[WITH_ENGINE].output
    assert "3 passed" in results[WITH_ENGINE].output


def test_a_fixture_and_its_test_share_a_loop_and_two_tests_do_not(
    results: dict[str, Result],
) -> None:
    assert "2 passed" in results["two-tests"].output, results["two-tests"].output


@pytest.mark.parametrize(("name", "passes"), [("unmarked", False), ("unmarked-auto", True)])
def test_an_async_test_without_the_mark_needs_auto_mode(
    name: str, passes: bool, results: dict[str, Result]
) -> None:
    result = results[name]
    assert (result.status == 0) == passes, result.output
    refused = "async def functions are not natively supported" in result.output
    assert refused != passes
