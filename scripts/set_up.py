"""The set-up: everything that the commands need, on a machine that has only Python and pip.

Each step is done when the contents of its inputs have changed, or when what it makes is gone.
Standard library only: this runs before anything is installed, with any Python from 3.11 up.
Windows, where there is no make: `py -m scripts.set_up`.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.commands import meanwhile, run_quietly
from scripts.environment import prepare_environment, runs
from scripts.places import BUILD, ROOT, VENV, python_of
from scripts.problem import Problem, run_main
from scripts.stamps import hash_inputs, is_current, write_stamp

PYODIDE = ROOT / "node_modules" / "pyodide"


@dataclass(frozen=True)
class Step:
    """One part of the set-up."""

    name: str
    title: str
    inputs: tuple[str, ...]  # glob patterns, from the root
    makes: Path  # gone: the step is done again
    stamp: Path
    action: Callable[[], None]

    def is_done(self) -> bool:
        """Whether what it makes is there and was made from these inputs."""
        return self.makes.exists() and is_current(self.stamp, hash_inputs(ROOT, self.inputs))

    def do(self) -> None:
        """Do it; the stamp comes last."""
        print(f"{self.title} …", flush=True)
        started = time.monotonic()
        self.stamp.unlink(missing_ok=True)
        value = hash_inputs(ROOT, self.inputs)
        self.action()
        write_stamp(self.stamp, value)
        print(f"  done in {time.monotonic() - started:.0f} s", flush=True)


def install_node_packages() -> None:
    """Install package-lock.json's packages without running their scripts."""
    run_quietly(
        [python_of(VENV), "-m", "scripts.node", "npm", "ci", "--ignore-scripts", "--no-audit"],
        doing="Installing package-lock.json with npm",
        remedy=(
            "Check the network and run the same command again. Behind a mirror, tell npm once:\n"
            '  a line "registry=https://YOUR-MIRROR" in the file .npmrc of your home folder'
        ),
    )


def build_runtime() -> None:
    """Prepare what runs in the reader's browser, and compress it: that takes longer than a site."""
    python = python_of(VENV)
    compress: list[str | Path] = [python, "-m", "scripts.compress"]
    remedy = "Put right what it names, and run the same command again."
    with meanwhile(*compress, PYODIDE):
        run_quietly(
            [python, "-m", "runtime.build"],
            doing="Preparing the browser's runtime (python -m runtime.build)",
            remedy=remedy,
        )
    run_quietly(
        [*compress, BUILD / "runtime"],
        doing="Compressing the browser's runtime (python -m scripts.compress)",
        remedy=remedy,
    )


STEPS = (
    Step(
        name="python",
        title="Installing Python packages",
        inputs=("requirements.txt", "requirements-build.txt"),
        makes=python_of(VENV),
        stamp=VENV / "stamp",
        action=prepare_environment,
    ),
    Step(
        name="node",
        title="Installing npm packages",
        inputs=("package.json", "package-lock.json", ".npmrc"),
        makes=ROOT / "node_modules" / ".package-lock.json",
        stamp=ROOT / "node_modules" / ".stamp",
        action=install_node_packages,
    ),
    Step(
        name="runtime",
        title="Preparing the browser's runtime",
        inputs=("runtime/**/*", "asgiscope/**/*", "package-lock.json", "requirements.txt"),
        makes=BUILD / "runtime" / "stamp.json",
        stamp=BUILD / "runtime.stamp",
        action=build_runtime,
    ),
)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait while another set-up of this folder runs; the system lets go if that one dies."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "set-up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up of this folder …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def check_environment() -> None:
    """Forget a finished .venv whose Python has gone, so that it is made again."""
    stamp = VENV / "stamp"
    if stamp.exists() and not runs(python_of(VENV), "-c", "pass"):
        stamp.unlink()


def main() -> None:
    """Do the steps that are not done; with names on the command line, only those."""
    if sys.version_info < (3, 11):  # noqa: UP036, `py` on Windows may be older
        raise Problem(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if shutil.disk_usage(ROOT).free < 1 << 30 and not VENV.exists():
        raise Problem("Less than 1 GB of disk is free here; the set-up needs about that much.")
    wanted = sys.argv[1:] or [step.name for step in STEPS]
    with one_at_a_time():
        check_environment()
        for step in STEPS:
            if step.name in wanted and not step.is_done():
                step.do()


if __name__ == "__main__":
    run_main(main)
