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
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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


def ensure(package: dict[str, Any], cache: Path) -> Path:
    """The wheel of one locked package: from ``cache``, else downloaded into it."""
    file = cache / str(package["file_name"])
    if file.is_file() and sha256(file.read_bytes()) == package["sha256"]:
        return file
    wheel = Wheel(str(package["name"]), str(package["version"]), (str(package["sha256"]),))
    cache.mkdir(parents=True, exist_ok=True)
    return download(wheel, cache)


def download(wheel: Wheel, folder: Path) -> Path:
    """Let pip download one pure-Python wheel into ``folder``; pip checks its hash."""
    hashes = " ".join(f"--hash=sha256:{value}" for value in wheel.hashes)
    with tempfile.TemporaryDirectory() as work:
        wanted = Path(work, "wanted.txt")
        wanted.write_text(f"{wheel.name}=={wheel.version} {hashes}\n", encoding="utf-8")
        target = Path(work, "wheels")
        options = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--quiet"]
        command = [sys.executable, "-m", "pip", "download", *options]
        done = subprocess.run(
            [*command, "--requirement", str(wanted), "--dest", str(target)],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise WheelError(
                f"pip could not download {wheel} for the browser. Is the network there?\n"
                f"{done.stderr.strip()}"
            )
        (downloaded,) = target.iterdir()
        return Path(shutil.move(downloaded, folder / downloaded.name))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
