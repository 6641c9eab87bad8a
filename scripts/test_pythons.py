"""The engine's tests and the corpus under every further Python that scripts/pythons.py finds.

Each has an environment in build/pythons, made once, with the few locked packages that these tests
need. What was run on which is printed. Without a network, what is not there yet is left out and
named; when PYTHONS names versions, that is an error.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from common.places import BUILD, ROOT, python_of
from common.problem import run_main
from scripts.locked import cut_out
from scripts.pythons import Python, wanted_pythons
from scripts.stamps import hash_text, is_current, write_stamp

FOLDER = BUILD / "pythons"
PACKAGES = (
    *(
        "anyio",
        "asgiref",
        "django",
        "hypothesis",
        "pytest",
        "pytest-timeout",
        "pyyaml",
        "starlette",
    ),
    *("gunicorn", "h2", "hypercorn", "uvicorn", "websockets", "wsproto"),
)
SINCE_3_12 = ("asgion",)
TESTS = "tests/asgiscope"
# They need every framework, two servers and the fixtures of the whole suite, or a type checker.
LEFT_OUT = (
    *("server/test_against_servers.py", "test_frameworks.py", "test_types.py"),
    *("protocol/test_headers_against_servers.py", "servers/test_against_sockets.py"),
)
OPTIONS = (
    *("-q", "--tb=short", "-p", "no:cacheprovider", f"--confcutdir={TESTS}"),
    *("-p", "tests.asked"),
    *("-o", "addopts=--import-mode=importlib --strict-markers -ra", "-m", "not long"),
)
COUNTS = re.compile(r"\d+ (?:passed|failed|errors?|skipped|xfailed)")


@dataclass(frozen=True)
class Result:
    """What one Python's tests gave."""

    python: Python
    told: str  # "1,234 passed in 12 s", or why it was left out
    printed: str = ""  # all that pytest said, when something failed
    failed: bool = False


class Missing(Exception):
    """The environment cannot be made; the text says why."""


def run_quietly(command: list[str | Path], doing: str) -> None:
    """Run a command; raises Missing with its last line if it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise Missing(f"{doing} failed: {told[-1]}")


def prepare(python: Python) -> Path:
    """The interpreter of this Python's environment, which is made if it is not as it should be."""
    names = (*PACKAGES, *(SINCE_3_12 if python.minor != "3.11" else ()))
    lock, folder = cut_out(names), FOLDER / python.version
    stamp, value = folder / "stamp", hash_text(f"{python.path}\n{lock}")
    inside = python_of(folder)
    if inside.exists() and is_current(stamp, value):
        return inside
    shutil.rmtree(folder, ignore_errors=True)
    run_quietly([python.path, "-m", "venv", "--without-pip", folder], "making its environment")
    (folder / "requirements.txt").write_text(lock, "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(inside), "--disable-pip-version-check"]
    install = ["install", "--quiet", "--no-input", "--require-hashes", "--only-binary=:all:"]
    run_quietly([*pip, *install, "-r", folder / "requirements.txt"], "installing its packages")
    write_stamp(stamp, value)
    return inside


def test(python: Python) -> Result:
    """Run the tests under one Python."""
    if python.reason:
        return Result(python, f"left out: {python.reason}")
    try:
        inside = prepare(python)
    except Missing as missing:
        return Result(python, f"left out: {missing}", failed=bool(os.environ.get("PYTHONS")))
    began = time.monotonic()
    ignored = (f"--ignore={TESTS}/{name}" for name in LEFT_OUT)
    done = subprocess.run(
        [inside, "-m", "pytest", *OPTIONS, *ignored, TESTS],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    seconds, failed = time.monotonic() - began, done.returncode != 0
    return Result(python, summary(done.stdout, seconds), done.stdout if failed else "", failed)


def summary(printed: str, seconds: float) -> str:
    """The counts of pytest's last line, and how long it took: "1,234 passed in 12 s"."""
    counts = COUNTS.findall((printed.strip().splitlines() or [""])[-1])
    told = ", ".join(re.sub(r"\d+", lambda found: f"{int(found[0]):,}", each) for each in counts)
    return f"{told or 'no tests ran'} in {seconds:.0f} s"


def main() -> int:
    """Test under all of them, some at once; 1 if a test failed under any."""
    pythons = wanted_pythons()
    if not pythons:
        why = "PYTHONS names none" if "PYTHONS" in os.environ else "no further one was found"
        print(f"Other Pythons: {why}; the tests run under {sys.version.split()[0]} alone.")
        return 0
    print("Other Pythons, the engine's tests:", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        results = list(threads.map(test, pythons))
    for result in results:
        print(f"{result.printed}  {result.python.version}: {result.told}")
    return int(any(result.failed for result in results))


if __name__ == "__main__":
    run_main(main)
