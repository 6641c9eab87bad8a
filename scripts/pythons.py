"""The other Pythons of this machine, one of each version from 3.11 to 3.14.

They are looked for on PATH, where version managers keep them, and by uv. PYTHONS=3.12,3.13 chooses
versions, PYTHONS= none. `python -m scripts.pythons` lists what is found.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from common.problem import Problem, run_main

MINORS = ("3.11", "3.12", "3.13", "3.14")
PROGRAM = "python.exe" if os.name == "nt" else "bin/python3"
# Version managers: the variable that names their folder, the folder, and where Pythons are in it.
MANAGERS = (
    ("PYENV_ROOT", "~/.pyenv", "versions/*"),
    ("ASDF_DATA_DIR", "~/.asdf", "installs/python/*"),
    ("MISE_DATA_DIR", "~/.local/share/mise", "installs/python/*"),
    ("RYE_HOME", "~/.rye", "py/*"),
    ("UV_PYTHON_INSTALL_DIR", "~/.local/share/uv/python", "*"),
)
ASK = """
import platform, sys, venv
print(sys.implementation.name, platform.python_version())
"""
SECONDS = 20  # for a Python to start, or for uv to answer


@dataclass(frozen=True)
class Python:
    """An interpreter; ``reason`` says why it is not used, if it is not."""

    path: Path
    version: str
    reason: str = ""

    @property
    def minor(self) -> str:
        """Its version without the last part; "" where that is not known."""
        found = re.match(r"\d+\.\d+", self.version)
        return found[0] if found else ""


def candidates() -> Iterator[Path]:
    """Where Pythons may be; the same one may come twice."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        yield from (Path(folder, f"python{minor}") for minor in MINORS)
    for variable, home, below in MANAGERS:
        root = Path(os.environ.get(variable) or home).expanduser()
        yield from (folder / PROGRAM for folder in sorted(root.glob(below)))
    yield from by_uv()


def by_uv() -> Iterator[Path]:
    """Those that uv knows, where uv is."""
    uv = shutil.which("uv")
    if not uv:
        return
    command = [uv, "python", "list", "--only-installed", "--offline"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS).stdout
    except (OSError, subprocess.TimeoutExpired):
        return
    yield from (Path(line.split()[1]) for line in told.splitlines() if len(line.split()) > 1)


def ask(path: Path) -> Python:
    """Start an interpreter and see whether environments can be made with it."""
    guess = re.search(r"3\.\d+(\.\d+)?", str(path))
    version = guess[0] if guess else ""
    try:
        done = subprocess.run(
            [path, "-I", "-c", ASK], capture_output=True, text=True, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return Python(path, version, "it does not start")
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["it does not start"])[-1]
        return Python(path, version, told)
    kind, version = done.stdout.split()
    return Python(path, version, "" if kind == "cpython" else f"it is {kind}")


def all_pythons() -> list[Python]:
    """Every supported interpreter, each once: links and copies of links are one."""
    paths = {path.resolve(): path for path in candidates() if path.is_file()}
    return [python for python in map(ask, paths.values()) if python.minor in MINORS]


def further(pythons: Iterable[Python], own: str) -> list[Python]:
    """One of each version but our ``own``: the newest that works, or one that tells why not."""
    best: dict[str, Python] = {}
    for python in pythons:
        if python.minor != own:
            other = best.setdefault(python.minor, python)
            best[python.minor] = max(other, python, key=_rank)
    return [best[minor] for minor in MINORS if minor in best]


def _rank(python: Python) -> tuple[bool, list[int]]:
    return not python.reason, [int(part) for part in re.findall(r"\d+", python.version)]


def wanted_pythons() -> list[Python]:
    """What PYTHONS asks for, or all that are found; raises Problem for one that is not there."""
    asked = os.environ.get("PYTHONS")
    if asked is None:
        own = f"{sys.version_info.major}.{sys.version_info.minor}"
        return further(all_pythons(), own)
    minors = asked.replace(",", " ").split()
    if wrong := [minor for minor in minors if minor not in MINORS]:
        raise Problem(f"PYTHONS names {', '.join(wrong)}; there are: {', '.join(MINORS)}.")
    found = {python.minor: python for python in further(all_pythons() if minors else [], "")}
    if missing := [minor for minor in minors if minor not in found or found[minor].reason]:
        raise Problem(f"PYTHONS names {', '.join(missing)}, of which none that works was found.")
    return [found[minor] for minor in minors]


def main() -> None:
    """List them."""
    for python in wanted_pythons():
        why = f", left out: {python.reason}" if python.reason else ""
        print(f"{python.version}: {python.path}{why}")


if __name__ == "__main__":
    run_main(main)
