"""Wheels for the browser: pinned, downloaded by pip, their hashes checked."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runtime.packages import COMPILED


class WheelError(RuntimeError):
    """A wheel cannot be had. The message says which one, and what to do."""


@dataclass(frozen=True)
class Wheel:
    """One distribution at one version; ``hashes`` are the SHA-256 sums any of which is right."""

    name: str
    version: str
    hashes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def pins(requirements: str, names: Iterable[str]) -> list[Wheel]:
    """Read exact versions and hashes of ``names`` from a hash-locked requirements.txt's text."""
    found = {wheel.name: wheel for wheel in map(_pin, _requirements(requirements)) if wheel}
    missing = [name for name in names if name not in found]
    if missing:
        raise WheelError(f"requirements.txt does not pin {', '.join(missing)}: run `make lock`")
    return [found[name] for name in names]


def _requirements(text: str) -> list[str]:
    return re.sub(r"\\\n", " ", text).splitlines()


def _pin(line: str) -> Wheel | None:
    match = re.match(r"([\w.-]+)==([\w.!+]+)", line)
    if not match:
        return None
    name = re.sub(r"[-_.]+", "-", match[1]).lower()
    return Wheel(name, match[2], tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", line)))


def locked(lock: Path) -> dict[str, dict[str, Any]]:
    """The packages of a Pyodide lock file, by name."""
    packages: dict[str, dict[str, Any]] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return packages


def ensure(lock: Path, cache: Path) -> dict[str, Path]:
    """The wheels of a lock file by package name: from ``cache``, else downloaded into it."""
    packages = locked(lock)
    files = {name: cache / str(package["file_name"]) for name, package in packages.items()}
    missing = [
        Wheel(name, str(package["version"]), (str(package["sha256"]),))
        for name, package in packages.items()
        if not (files[name].is_file() and sha256(files[name].read_bytes()) == package["sha256"])
    ]
    cache.mkdir(parents=True, exist_ok=True)
    kinds = [
        [wheel for wheel in missing if (wheel.name in COMPILED) == compiled]
        for compiled in (False, True)
    ]
    with ThreadPoolExecutor(len(kinds)) as threads:
        list(threads.map(download, kinds, [cache] * len(kinds)))
    return files


# What a wheel may be made for: Python alone or Pyodide's WebAssembly; or, where neither is there, a
# machine whose compiled parts are then taken out (packages.COMPILED).
_PYTHON = ["--python-version", "3.14", "--implementation", "cp", "--abi", "cp314"]
_BROWSER = [*_PYTHON, "--abi", "none", "--platform", "pyemscripten_2026_0_wasm32"]
_MACHINE = [*_PYTHON, "--platform", "manylinux2014_x86_64", "--platform", "manylinux_2_28_x86_64"]


def download(wheels: list[Wheel], folder: Path) -> list[Path]:
    """Let pip download wheels of one kind into ``folder``; pip checks their hashes."""
    if not wheels:
        return []
    with tempfile.TemporaryDirectory() as work:
        wanted = Path(work, "wanted.txt")
        wanted.write_text("".join(map(_line, wheels)), encoding="utf-8")
        target = Path(work, "wheels")
        options = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--quiet"]
        options += _MACHINE if wheels[0].name in COMPILED else _BROWSER
        command = [sys.executable, "-m", "pip", "download", *options]
        done = subprocess.run(
            [*command, "--requirement", str(wanted), "--dest", str(target)],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise WheelError(
                f"pip could not download {', '.join(map(str, wheels))} for the browser."
                " Is the network there?\n"
                f"{done.stderr.strip()}"
            )
        return [Path(shutil.move(file, folder / file.name)) for file in sorted(target.iterdir())]


def _line(wheel: Wheel) -> str:
    hashes = " ".join(f"--hash=sha256:{value}" for value in wheel.hashes)
    return f"{wheel.name}=={wheel.version} {hashes}\n"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    """Download what is not here yet: `python -m runtime.wheels`."""
    from runtime.build import LOCK, WHEELS

    try:
        ensure(LOCK, WHEELS)
    except WheelError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
