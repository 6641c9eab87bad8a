"""common/browser.py: which browser is taken, and what is said when there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from common import browser
from common.problem import Problem

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts stand for browsers")

STARTS = "#!/bin/sh\necho Chromium 1.0\n"
STUB = "#!/bin/sh\necho 'Install it with: snap install chromium' >&2\nexit 1\n"


@pytest.fixture(autouse=True)
def nothing_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with no browser at all, on which nothing can be fetched."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}:/nowhere")
    monkeypatch.setattr(browser, "MACOS", ())
    for way in ("downloaded", "download", "install_package"):
        monkeypatch.setattr(browser, way, lambda: None)
    browser.find_browser.cache_clear()
    yield
    browser.find_browser.cache_clear()


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str], Path]:
    def put(name: str, script: str) -> Path:
        program = tmp_path / name
        program.write_text(script)
        program.chmod(0o755)
        return program

    return put


@pytest.mark.parametrize(
    ("find", "installed"),
    [(browser.find_browser, "chromium"), (browser.find_shell, "chromium-headless-shell")],
)
def test_the_chosen_browser_goes_first(
    put: Callable[[str, str], Path],
    monkeypatch: pytest.MonkeyPatch,
    find: Callable[[], Path],
    installed: str,
) -> None:
    put(installed, STARTS)
    mine = put("mine", STARTS)
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert find() == mine


def test_a_chosen_browser_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(Problem, match="CHROMIUM=/nowhere/chromium does not start"):
        browser.find_browser()


def test_an_installed_browser_goes_before_a_download(
    put: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "downloaded", lambda: Path("/playwright"))
    chrome = put("google-chrome", STARTS)
    assert browser.find_browser() == chrome
    assert browser.find_browser.cache_info().currsize == 1


def test_tests_take_the_one_without_windows(put: Callable[[str, str], Path]) -> None:
    whole = put("chromium", STARTS)
    assert browser.find_shell() == whole
    shell = put("chromium-headless-shell", STUB)
    assert browser.find_shell() == whole
    put("chromium-headless-shell", STARTS)
    assert browser.find_shell() == shell
    assert browser.find_browser() == whole


def test_a_stub_that_only_advertises_a_package_is_passed_over(
    put: Callable[[str, str], Path],
) -> None:
    put("chromium-browser", STUB)
    edge = put("microsoft-edge", STARTS)
    assert browser.find_browser() == edge


@pytest.mark.parametrize(
    ("ways", "taken"),
    [
        (("downloaded", "download", "install_package"), "downloaded"),
        (("download", "install_package"), "download"),
        (("install_package",), "install_package"),
    ],
)
def test_what_costs_least_is_tried_first(
    ways: tuple[str, ...], taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for way in ways:
        monkeypatch.setattr(browser, way, lambda way=way: Path(way))
    assert browser.find_browser() == Path(taken)


def test_no_browser_gives_a_message_that_says_what_to_install() -> None:
    with pytest.raises(Problem, match="apt-get install chromium") as caught:
        browser.find_browser()
    assert "CHROMIUM=/path/to/chromium make test" in str(caught.value)


@pytest.mark.parametrize(("user", "expected"), [(0, True), (1000, False)])
def test_only_root_does_without_the_browsers_own_sandbox(
    user: int, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    assert ("--no-sandbox" in browser.launch_arguments()) is expected


def test_only_root_may_install_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert browser.install_package() is None
