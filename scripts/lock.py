"""`make lock`: choose the newest versions that the .in files and package.json allow, and lock them.

Three locks: Python's (hashes for every platform, by uv), npm's, and the browser's packages (by
runtime/lock.py). None of them carries an address to download from, so any mirror serves.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from common.commands import run_quietly
from common.places import BUILD, ROOT
from common.problem import Problem, run_main
from scripts.environment import NETWORK
from scripts.node import node_environment, tool_command

UV = BUILD / "uv"  # uv has a folder of its own: nothing but this file needs it
HEADER = "make lock"
PYTHON_LOCKS = ("requirements-build", "requirements")


def install_uv() -> None:
    """Put the newest uv into build/uv."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade"]
    run_quietly([*pip, "--target", str(UV), "uv"], doing="Installing uv with pip", remedy=NETWORK)


def pip_index() -> dict[str, str]:
    """The index that pip is configured to use, as uv's variable; uv reads no pip configuration."""
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    index = subprocess.run(command, capture_output=True, text=True).stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index and "UV_DEFAULT_INDEX" not in os.environ else {}


def lock_python(name: str) -> None:
    """Write NAME.txt from NAME.in: one lock for every platform and for Python 3.11 and newer."""
    print(f"Locking {name}.in …", flush=True)
    uv = UV / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    choices = ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade"]
    clean = ["--no-emit-index-url", "--no-config", "--custom-compile-command", HEADER]
    run_quietly(
        [uv, "pip", "compile", *choices, *clean, f"{name}.in", "-o", f"{name}.txt"],
        doing=f"Locking {name}.in with uv",
        remedy="If it is the network: set UV_DEFAULT_INDEX to a mirror's address.",
        environment=pip_index(),
    )


def lock_npm() -> None:
    """Write package-lock.json anew: with a hash for every package, without addresses."""
    print("Locking package.json …", flush=True)
    with tempfile.TemporaryDirectory() as name:  # beside node_modules, npm would leave hashes out
        folder = Path(name)
        for file in ("package.json", ".npmrc"):
            shutil.copy(ROOT / file, folder)
        command = [*tool_command("npm"), "install", "--package-lock-only", "--ignore-scripts"]
        run_quietly(
            [*command, "--prefix", name],
            doing="Locking package.json with npm",
            remedy="Check the network and the names in package.json; the old lock is untouched.",
            environment=node_environment(),
            folder=folder,
        )
        text = (folder / "package-lock.json").read_text(encoding="utf-8")
    check_npm_lock(text)
    (ROOT / "package-lock.json").write_text(text, encoding="utf-8")


def check_npm_lock(text: str) -> None:
    """Raise Problem if a package has an address or lacks a hash."""
    for name, package in json.loads(text)["packages"].items():
        if name and ("resolved" in package or "integrity" not in package):
            raise Problem(f"npm's lock has an address, or no hash, for {name}: see .npmrc.")


def lock_browser_packages() -> None:
    """Let runtime/lock.py write the lock of the packages that the browser gets."""
    print("Locking the browser's packages …", flush=True)
    run_quietly(
        [sys.executable, "-m", "runtime.lock"],
        doing="Locking the browser's packages (python -m runtime.lock)",
        remedy="The other locks are written; put right what it names and run make lock again.",
        environment=node_environment(),
    )


def addresses(path: Path) -> list[str]:
    """The lines of a Python lock that name a place to download from."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if re.search(r"https?://|^--(index|extra|find)", line)]


def install_locked() -> None:
    """Install what has just been locked: the browser's lock is made from it."""
    command = [sys.executable, "-m", "scripts.set_up", "python", "node"]
    if subprocess.run(command, cwd=ROOT).returncode:
        raise Problem("The new locks do not install: see above.")


def main() -> None:
    """Write every lock."""
    if importlib.util.find_spec("pyodide_build") is None:
        raise Problem("make lock needs Python 3.12 or newer, because pyodide-build does.")
    install_uv()
    for name in PYTHON_LOCKS:
        lock_python(name)
        if found := addresses(ROOT / f"{name}.txt"):
            raise Problem(f"{name}.txt names places to download from: {found}")
    lock_npm()
    install_locked()
    lock_browser_packages()
    print("Read the changes, run make test, and commit the lock files together.")


if __name__ == "__main__":
    run_main(main)
