"""Write ``pyodide-lock.json``: the packages that a demo may import in the browser.

The versions and hashes are those of ``requirements.txt``, so the browser runs what the tests run.
The platform is that of the Pyodide release in ``node_modules``. Needs Python 3.12 (pyodide-build).

Run ``python -m runtime.lock`` after ``requirements.txt`` or Pyodide has changed; commit the result.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from common.places import ROOT
from runtime.packages import distributions
from runtime.wheels import Wheel, download, pins, sha256

LOCK = ROOT / "runtime" / "pyodide-lock.json"
RELEASE_LOCK = ROOT / "node_modules" / "pyodide" / "pyodide-lock.json"


def main() -> int:
    if sys.version_info < (3, 12):
        print("runtime.lock needs Python 3.12 or newer: pyodide-build does", file=sys.stderr)
        return 1
    wheels = pins((ROOT / "requirements.txt").read_text(encoding="utf-8"), distributions())
    with tempfile.TemporaryDirectory() as folder:
        LOCK.write_text(make_lock(wheels, Path(folder)), encoding="utf-8")
    print(f"wrote {LOCK.relative_to(ROOT)}: {', '.join(map(str, wheels))}")
    return 0


def make_lock(wheels: list[Wheel], folder: Path) -> str:
    """The release's platform with exactly these wheels, as canonical JSON text."""
    base = folder / "base.json"
    output = folder / "lock.json"
    release = json.loads(RELEASE_LOCK.read_text(encoding="utf-8"))
    base.write_text(json.dumps({**release, "packages": {}}), encoding="utf-8")
    files = {wheel.name: download([wheel], folder)[0] for wheel in wheels}
    command = ["-m", "pyodide_cli", "lockfile", "add-wheels", "--ignore-missing-dependencies"]
    options = ["--input", str(base), "--output", str(output), "--base-path", str(folder)]
    pure = [str(file) for file in files.values() if _is_pure(file)]
    subprocess.run([sys.executable, *command, *options, *pure], check=True)
    lock = json.loads(output.read_text(encoding="utf-8"))
    for wheel in wheels:
        if not _is_pure(files[wheel.name]):  # pyodide-build does not know PyPI's tag for Pyodide
            lock["packages"][wheel.name] = _entry(wheel, files[wheel.name])
    return json.dumps(lock, indent=2, sort_keys=True) + "\n"


def _is_pure(file: Path) -> bool:
    return file.name.endswith("-none-any.whl")


def _entry(wheel: Wheel, file: Path) -> dict[str, Any]:
    return {
        "depends": [],
        "file_name": file.name,
        "imports": [],
        "install_dir": "site",
        "name": wheel.name,
        "package_type": "package",
        "sha256": sha256(file.read_bytes()),
        "tool": {},
        "unvendored_tests": False,
        "version": wheel.version,
    }


if __name__ == "__main__":
    raise SystemExit(main())
