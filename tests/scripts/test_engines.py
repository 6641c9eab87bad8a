"""scripts/engines.py: which engines are tested in, and what is said when one is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.problem import Problem
from scripts import engines

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts stand for browsers")


@pytest.fixture(autouse=True)
def nothing_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with no other engine, on which nothing can be installed."""
    monkeypatch.delenv("FIREFOX", raising=False)
    monkeypatch.delenv("ENGINES", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(engines, "FIREFOX_MACOS", tmp_path / "firefox.app")
    monkeypatch.setattr(engines, "LIBRARIES", (tmp_path / "lib",))
    monkeypatch.setattr(engines, "install_packages", lambda names: False)
    engines.find_firefox.cache_clear()
    engines.find_webkit.cache_clear()
    yield
    engines.find_firefox.cache_clear()
    engines.find_webkit.cache_clear()


def put(file: Path) -> Path:
    """A program that starts."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/bin/sh\nexit 0\n")
    file.chmod(0o755)
    return file


def test_no_firefox_gives_a_message_that_says_what_to_do() -> None:
    with pytest.raises(Problem, match="apt-get install firefox-esr") as caught:
        engines.find_firefox()
    assert "ENGINES=chromium,webkit make test" in str(caught.value)


def test_no_webkit_gives_a_message_that_says_what_to_do() -> None:
    with pytest.raises(Problem, match="apt-get install webkit2gtk-driver xvfb") as caught:
        engines.find_webkit()
    assert "ENGINES=chromium,firefox make test" in str(caught.value)


def test_a_chosen_firefox_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIREFOX", "/nowhere/firefox")
    with pytest.raises(Problem, match="FIREFOX=/nowhere/firefox does not start"):
        engines.find_firefox()


def test_an_installed_firefox_is_taken(tmp_path: Path) -> None:
    firefox = put(tmp_path / "firefox-esr")
    assert engines.find_firefox() == firefox


def test_webkit_needs_all_three_of_its_programs(tmp_path: Path) -> None:
    driver, screen = put(tmp_path / "WebKitWebDriver"), put(tmp_path / "Xvfb")
    assert engines.installed_webkit() is None
    browser = put(tmp_path / "lib" / "x86_64-linux-gnu" / "webkit2gtk-4.1" / "MiniBrowser")
    assert engines.find_webkit() == engines.WebKit(driver, browser, screen)


def test_all_engines_are_wanted_unless_some_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert engines.wanted_engines() == ["chromium", "firefox", "webkit"]
    monkeypatch.setenv("ENGINES", "firefox, webkit")
    assert engines.wanted_engines() == ["firefox", "webkit"]


def test_an_engine_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGINES", "netscape")
    with pytest.raises(Problem, match="ENGINES names netscape; there are: chromium"):
        engines.wanted_engines()
