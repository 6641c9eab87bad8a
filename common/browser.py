"""The Chromium that tests and drawings use: found, or fetched where that is allowed.

In this order: $CHROMIUM; one that is installed; Playwright's own, already here; Playwright's own,
downloaded; the system's package, where we are root on Debian or Ubuntu. `python -m common.browser`
does it all and prints the path; `find_browser()` never downloads twice.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from common.commands import run_quietly
from common.problem import Problem, run_main

SHELL = "chromium-headless-shell"  # the same engine without windows, a package of Debian's
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "chrome",
)
MACOS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    r"Chromium\Application\chrome.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
MISSING = (
    "No browser for the tests was found, and none could be fetched. Install one of these:\n"
    "  Debian, Ubuntu: apt-get install chromium\n"
    "  Fedora:         dnf install chromium\n"
    "  macOS:          brew install --cask google-chrome\n"
    "  Windows:        Microsoft Edge or Google Chrome\n"
    "or point to one: CHROMIUM=/path/to/chromium make test"
)
DOWNLOAD_SECONDS = 300
PLAYWRIGHT_PATH = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as p: print(p.chromium.executable_path)"
)


def launch_arguments() -> list[str]:
    """The flags everybody starts the browser with: nothing but this machine can be reached."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ]
    return [*arguments, "--no-sandbox"] if is_root() else arguments


def is_root() -> bool:
    """Whether we are root, for whom Chromium's own sandbox does not work."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


@functools.cache
def find_browser() -> Path:
    """The browser's path; fetches one if there is none; raises Problem if that fails too."""
    browser = chosen() or installed() or downloaded() or download() or install_package()
    if browser is None:
        raise Problem(MISSING)
    return browser


def find_shell() -> Path:
    """The browser that most tests use: one without windows where it is here, else any.

    A page of its own takes it a third of the processor's time, since it draws no toolbar and starts
    no process for one.
    """
    shell = shutil.which(SHELL)
    return chosen() or (Path(shell) if shell and starts(Path(shell)) else find_browser())


def chosen() -> Path | None:
    """The one that $CHROMIUM names; raises Problem if it does not start."""
    path = os.environ.get("CHROMIUM")
    if not path:
        return None
    if not starts(Path(path)):
        raise Problem(f"CHROMIUM={path} does not start. Name another, or leave CHROMIUM unset.")
    return Path(path)


def installed() -> Path | None:
    """The first installed one that starts (a stub that only advertises a package does not)."""
    return next((path for path in candidates() if starts(path)), None)


def candidates() -> Iterator[Path]:
    """Where browsers are usually found, on PATH and off it."""
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    for applications in (Path("/Applications"), Path.home() / "Applications"):
        yield from (path for name in MACOS if (path := applications / name).is_file())
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            yield from (path for name in WINDOWS if (path := Path(folder, name)).is_file())


def starts(path: Path) -> bool:
    """Whether the program runs; on Windows, where `--version` opens a window, that it is there."""
    if os.name == "nt":
        return path.is_file()
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def downloaded() -> Path | None:
    """Playwright's own, if it is already on this machine and its libraries are too."""
    done = subprocess.run([sys.executable, "-c", PLAYWRIGHT_PATH], capture_output=True, text=True)
    path = Path(done.stdout.strip())
    return path if done.returncode == 0 and path.is_file() and starts(path) else None


def download() -> Path | None:
    """Let Playwright download its own."""
    print("No browser is installed. Downloading Playwright's Chromium …", flush=True)
    try:
        run_quietly(
            [sys.executable, "-m", "playwright", "install", "chromium"],
            doing="Downloading Chromium with Playwright",
            remedy="",
            environment={"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "15000"},
            timeout=DOWNLOAD_SECONDS,
        )
    except Problem:
        return None
    return downloaded()


def install_package() -> Path | None:
    """Install the system's packages, where we are root and apt-get has them."""
    if not install_packages(("chromium",)):
        return None
    install_packages((SHELL,))  # Debian has it, Ubuntu does not
    return installed()


def install_packages(names: Sequence[str]) -> bool:
    """Install system packages, where we are root on Debian or Ubuntu; tell whether that worked."""
    if not is_root() or not shutil.which("apt-get"):
        return False
    print(f"Installing with apt-get: {' '.join(names)} …", flush=True)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    try:
        for command in (["apt-get", "update"], install):
            run_quietly(command, doing=" ".join(command), remedy="", environment=quiet)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return False
    return True


def main() -> None:
    """Print the browser's path."""
    print(f"Browser: {find_browser()}", flush=True)


if __name__ == "__main__":
    run_main(main)
