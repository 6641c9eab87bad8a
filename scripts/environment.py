"""The virtual environment: made, filled with exactly the locked packages, and made again if broken.

Two files in .venv tell how far it is: `unfinished` while packages are being installed, `stamp` when
all are in. One that was interrupted is thrown away; one that somebody made by hand is completed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from scripts.commands import run_quietly
from scripts.places import ROOT, VENV, python_of
from scripts.problem import Problem

FROM_SOURCE = "jieba"  # the only package that comes as source; the build's lock has what builds it
NETWORK = (
    "Check the network and run the same command again. Behind a mirror or a proxy, tell pip once:\n"
    "  python3 -m pip config set global.index-url https://YOUR-MIRROR/simple"
)


def runs(python: Path | str, *arguments: str) -> bool:
    """Whether this interpreter starts and does what it is asked without an error."""
    try:
        done = subprocess.run([str(python), *arguments], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def prepare_environment(venv: Path = VENV) -> None:
    """Make or complete the virtual environment and install the locked packages into it."""
    unfinished = venv / "unfinished"
    if unfinished.exists() or not runs(python_of(venv), "-c", "pass"):
        shutil.rmtree(venv, ignore_errors=True)
    venv.mkdir(exist_ok=True)
    unfinished.write_text("An interrupted set-up; the next one starts .venv afresh.\n")
    if not python_of(venv).exists():
        create(venv)
    install_packages(python_of(venv), pip_for(venv))
    unfinished.unlink()


def create(venv: Path) -> None:
    """Make the environment; without pip where Debian's python3-venv is missing."""
    has_pip = runs(sys.executable, "-c", "import ensurepip; ensurepip.version()")
    without_pip = [] if has_pip else ["--without-pip"]
    run_quietly(
        [sys.executable, "-m", "venv", *without_pip, venv],
        doing=f"Making .venv with {sys.executable}",
        remedy="Point to another Python: make ... PYTHON=/path/to/python3",
    )


def pip_for(venv: Path) -> list[str]:
    """How to call pip for this environment: its own, or another Python's with `--python`."""
    inside = str(python_of(venv))
    if runs(inside, "-m", "pip", "--version"):
        return [inside, "-m", "pip"]
    for name in (sys.executable, "python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        if runs(name, "-m", "pip", "--python", inside, "--version"):
            return [name, "-m", "pip", "--python", inside]
    raise Problem(
        f"{sys.executable} has no pip (22.3 or newer), and neither has any other Python here.\n"
        "  Debian, Ubuntu: apt-get install python3-pip\n"
        "  elsewhere:      python3 -m ensurepip --upgrade"
    )


def install_packages(python: Path, first_pip: list[str]) -> None:
    """Install the locked pip and builders, then with them everything; hashes are checked."""
    install_lock(first_pip, "requirements-build.txt")
    own_pip = [str(python), "-m", "pip"]
    install_lock(own_pip, "requirements.txt", "--no-build-isolation", f"--no-binary={FROM_SOURCE}")


def install_lock(pip: list[str], lock: str, *options: str) -> None:
    """Install what one lock names: wheels only, but for what the options say."""
    install = [*pip, "install", "--disable-pip-version-check", "--progress-bar=off", "--no-input"]
    run_quietly(
        [*install, "--require-hashes", "--only-binary=:all:", *options, "-r", ROOT / lock],
        doing=f"Installing {lock} with pip",
        remedy=NETWORK,
    )
