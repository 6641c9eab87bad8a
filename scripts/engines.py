"""The other engines that tests use, Firefox and WebKitGTK: found, or installed where allowed.

`python -m scripts.engines` finds or installs those that $ENGINES names (all, if it names none) and
prints their paths. Chromium is in common/browser.py.
"""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from common.browser import find_browser, install_packages, starts
from common.problem import Problem, run_main

FIREFOX_NAMES = ("firefox-esr", "firefox")
FIREFOX_MACOS = Path("/Applications/Firefox.app/Contents/MacOS/firefox")
FIREFOX_WINDOWS = r"Mozilla Firefox\firefox.exe"
MINIBROWSER = "webkit2gtk-*/MiniBrowser"
LIBRARIES = (Path("/usr/lib"), Path("/usr/libexec"), Path("/usr/lib64"))
FIREFOX_PACKAGES = ("firefox-esr",)
WEBKIT_PACKAGES = ("webkit2gtk-driver", "xvfb")
FIREFOX_MISSING = (
    "Firefox, in which the tests run too, was not found and could not be installed.\n"
    "  Debian:  apt-get install firefox-esr\n"
    "  Fedora:  dnf install firefox\n"
    "  macOS:   brew install --cask firefox\n"
    "or point to one: FIREFOX=/path/to/firefox make test"
)
WEBKIT_MISSING = (
    "WebKitGTK, in which the tests run too, was not found and could not be installed.\n"
    "  Debian, Ubuntu: apt-get install webkit2gtk-driver xvfb\n"
    "  elsewhere: WebKitWebDriver and Xvfb on PATH, MiniBrowser below /usr/lib or /usr/libexec"
)
Found = TypeVar("Found")
WITHOUT = "\nTo test without it, name the others: ENGINES={others} make test"


@dataclass(frozen=True)
class WebKit:
    """The three programs that make WebKitGTK a browser for tests."""

    driver: Path
    browser: Path
    screen: Path


@functools.cache
def find_firefox() -> Path:
    """Firefox's path; installs it if there is none; raises Problem if that fails too."""
    if path := os.environ.get("FIREFOX"):
        if not starts(Path(path)):
            raise Problem(f"FIREFOX={path} does not start. Name another, or leave FIREFOX unset.")
        return Path(path)
    found = installed_firefox() or after_installing(FIREFOX_PACKAGES, installed_firefox)
    if found is None:
        raise Problem(FIREFOX_MISSING + WITHOUT.format(others="chromium,webkit"))
    return found


def installed_firefox() -> Path | None:
    """The first installed Firefox that starts."""
    return next((path for path in firefox_candidates() if starts(path)), None)


def firefox_candidates() -> Iterator[Path]:
    """Where Firefox usually is, on PATH and off it."""
    yield from (Path(found) for name in FIREFOX_NAMES if (found := shutil.which(name)))
    if FIREFOX_MACOS.is_file():
        yield FIREFOX_MACOS
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
        folder = os.environ.get(variable)
        if folder and (path := Path(folder, FIREFOX_WINDOWS)).is_file():
            yield path


@functools.cache
def find_webkit() -> WebKit:
    """WebKitGTK's programs; installs them if they are missing; raises Problem if that fails."""
    found = installed_webkit() or after_installing(WEBKIT_PACKAGES, installed_webkit)
    if found is None:
        raise Problem(WEBKIT_MISSING + WITHOUT.format(others="chromium,firefox"))
    return found


def installed_webkit() -> WebKit | None:
    """The programs, if all are here."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    patterns = (MINIBROWSER, f"*/{MINIBROWSER}")
    found = (file for place in LIBRARIES for pattern in patterns for file in place.glob(pattern))
    browser = max(found, default=None)
    if driver and screen and browser:
        return WebKit(Path(driver), browser, Path(screen))
    return None


def after_installing(packages: tuple[str, ...], look: Callable[[], Found | None]) -> Found | None:
    """Install system packages, where we may, and look again."""
    return look() if install_packages(packages) else None


FINDERS: dict[str, Callable[[], object]] = {
    "chromium": find_browser,
    "firefox": find_firefox,
    "webkit": find_webkit,
}


def wanted_engines() -> list[str]:
    """The engines that $ENGINES names, all if it is not set; raises Problem for a wrong name."""
    names = os.environ.get("ENGINES", "").replace(",", " ").split() or list(FINDERS)
    if wrong := [name for name in names if name not in FINDERS]:
        raise Problem(f"ENGINES names {', '.join(wrong)}; there are: {', '.join(FINDERS)}.")
    return names


def main() -> None:
    """Find or install what is wanted, and say where it is."""
    for name in wanted_engines():
        print(f"{name}: {FINDERS[name]()}", flush=True)


if __name__ == "__main__":
    run_main(main)
