"""The set-up: everything that the commands need, on a machine that has only Python and pip.

Each step is done when the contents of its inputs have changed, or when what it makes is gone.
Standard library only: this runs before anything is installed, with any Python from 3.11 up.
Windows, where there is no make: `py -m scripts.set_up`.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from common.commands import run_quietly
from common.places import BUILD, ROOT, VENV, python_of
from common.problem import Problem, run_main
from scripts.environment import finish_environment, packages_seen, prepare_environment, runs
from scripts.progress import Progress
from scripts.stamps import hash_inputs, is_current, write_stamp

LOGS = {name: BUILD / f"set-up-{name}.log" for name in ("node", "wheels", "runtime")}
WHAT_IT_NAMES = "Put right what it names, and run the same command again."


@dataclass(frozen=True)
class Step:
    """One part of the set-up."""

    name: str
    title: str
    inputs: tuple[str, ...]  # glob patterns, from the root
    makes: Path  # gone: the step is done again
    stamp: Path
    action: Callable[[], None]
    after: tuple[str, ...] = ()  # the steps that it needs
    detail: Callable[[], str] = lambda: ""  # how far it is

    def is_done(self) -> bool:
        """Whether what it makes is there and was made from these inputs."""
        return self.makes.exists() and is_current(self.stamp, hash_inputs(ROOT, self.inputs))

    def do_if_needed(self, progress: Progress) -> None:
        """Do it unless it is done; asked when its turn comes, since others may undo it."""
        if not self.is_done():
            self.do(progress)

    def do(self, progress: Progress) -> None:
        """Do it; the stamp comes last."""
        with progress.work(self.title, self.detail):
            self.stamp.unlink(missing_ok=True)
            value = hash_inputs(ROOT, self.inputs)
            self.action()
            write_stamp(self.stamp, value)


def install_node_packages() -> None:
    """Install package-lock.json's packages without running their scripts."""
    run_quietly(
        [python_of(VENV), "-m", "scripts.node", "npm", "ci", "--ignore-scripts", "--no-audit"],
        doing="Installing package-lock.json with npm",
        remedy=(
            "Check the network and run the same command again. Behind a mirror, tell npm once:\n"
            '  a line "registry=https://YOUR-MIRROR" in the file .npmrc of your home folder'
        ),
        log_file=LOGS["node"],
    )


def download_wheels() -> None:
    """Download the packages that the browser gets."""
    run_quietly(
        [python_of(VENV), "-m", "runtime.wheels"],
        doing="Downloading the browser's packages (python -m runtime.wheels)",
        remedy=WHAT_IT_NAMES,
        log_file=LOGS["wheels"],
    )


def build_runtime() -> None:
    """Prepare what runs in the reader's browser; `make build` compresses it."""
    run_quietly(
        [python_of(VENV), "-m", "runtime.build"],
        doing="Preparing the browser's runtime (python -m runtime.build)",
        remedy=WHAT_IT_NAMES,
        log_file=LOGS["runtime"],
    )


def last_told() -> str:
    """What the building of the runtime is at: the last line of its log."""
    log = LOGS["runtime"]
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.is_file() else []
    return next((line for line in reversed(lines) if line.strip()), "")


STEPS = (
    Step(
        name="environment",
        title="Making .venv, with Node",
        inputs=("requirements.txt", "requirements-build.txt"),
        makes=python_of(VENV),
        stamp=VENV / "stamp-first",
        action=prepare_environment,
    ),
    Step(
        name="python",
        title="Installing Python packages",
        inputs=("requirements.txt", "requirements-build.txt", "site_plugin/pyproject.toml"),
        makes=python_of(VENV),
        stamp=VENV / "stamp",
        action=finish_environment,
        after=("environment",),
        detail=packages_seen,
    ),
    Step(
        name="node",
        title="Installing npm packages",
        inputs=("package.json", "package-lock.json", ".npmrc"),
        makes=ROOT / "node_modules" / ".package-lock.json",
        stamp=ROOT / "node_modules" / ".stamp",
        action=install_node_packages,
        after=("environment",),
    ),
    Step(
        name="wheels",
        title="Downloading the browser's packages",
        inputs=("runtime/pyodide-lock.json",),
        makes=BUILD / "wheels",
        stamp=BUILD / "wheels.stamp",
        action=download_wheels,
        after=("environment",),
    ),
    Step(
        name="runtime",
        title="Preparing the browser's runtime",
        inputs=("runtime/**/*", "asgiscope/**/*", "package-lock.json", "requirements.txt"),
        makes=BUILD / "runtime" / "stamp.json",
        stamp=BUILD / "runtime.stamp",
        action=build_runtime,
        after=("node", "wheels"),
        detail=last_told,
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
    """Forget a .venv whose packages are not all in, or whose Python has gone: it is made again."""
    stamps = [step.stamp for step in STEPS if step.stamp.parent == VENV]
    began = (VENV / "unfinished").exists() or any(stamp.exists() for stamp in stamps)
    whole = not (VENV / "unfinished").exists() and runs(python_of(VENV), "-c", "pass")
    if began and not whole:
        for stamp in stamps:
            stamp.unlink(missing_ok=True)


def with_needed(names: Sequence[str]) -> list[Step]:
    """The steps of these names and those that they need, in order."""
    wanted = set(names)
    for step in reversed(STEPS):
        if step.name in wanted:
            wanted |= set(step.after)
    return [step for step in STEPS if step.name in wanted]


def do_all(steps: Sequence[Step]) -> None:
    """Do those that are not done, each as soon as those that it needs are, side by side.

    After a failure none is begun.
    """
    waiting, running = list(steps), dict[Future[None], Step]()
    with Progress() as progress, ThreadPoolExecutor(len(STEPS)) as threads:
        while waiting or running:
            open_names = {step.name for step in (*waiting, *running.values())}
            for step in [step for step in waiting if open_names.isdisjoint(step.after)]:
                waiting.remove(step)
                running[threads.submit(step.do_if_needed, progress)] = step
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                del running[future]
                future.result()


def main() -> None:
    """Do the steps that are not done; with names on the command line, only those."""
    if sys.version_info < (3, 11):  # noqa: UP036, `py` on Windows may be older
        raise Problem(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if shutil.disk_usage(ROOT).free < 1 << 30 and not VENV.exists():
        raise Problem("Less than 1 GB of disk is free here; the set-up needs about that much.")
    wanted = with_needed(sys.argv[1:] or [step.name for step in STEPS])
    with one_at_a_time():
        check_environment()
        do_all(wanted)


if __name__ == "__main__":
    run_main(main)
