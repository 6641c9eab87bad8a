"""A run by a real server gives the same bytes each time, and on every Python of the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from scripts.pythons import wanted_pythons

# Pure Python, so that every version can import them from here.
PACKAGES = (
    *("uvicorn", "hypercorn", "gunicorn", "h11", "h2", "hpack", "hyperframe", "wsproto"),
    *("priority", "packaging", "click"),
)


def digests(python: str, project: Path, packages: Path, seed: str) -> dict[str, str]:
    """What a Python makes of many exchanges. Hashes of strings are another with each seed."""
    paths = os.pathsep.join(map(str, (project, packages)))
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed}
    command = [python, "-m", "tests.asgiscope.servers.digests"]
    options = {"cwd": project, "env": environment, "text": True}
    output: str = subprocess.check_output(command, **options)  # type: ignore[call-overload]
    found: dict[str, str] = json.loads(output)
    return found


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with these packages alone."""
    folder = tmp_path_factory.mktemp("packages")
    for name in PACKAGES:
        for file in metadata.files(name) or ():
            top = file.parts[0]
            if top != ".." and not (folder / top).exists():
                (folder / top).symlink_to(Path(str(file.locate())).parents[len(file.parts) - 2])
    return folder


@pytest.fixture(scope="module")
def ours(project: Path, packages: Path) -> dict[str, str]:
    return digests(sys.executable, project, packages, "1")


def test_hashes_of_strings_make_no_difference(
    project: Path, packages: Path, ours: dict[str, str]
) -> None:
    assert digests(sys.executable, project, packages, "2") == ours


def test_another_python_makes_no_difference(
    project: Path, packages: Path, ours: dict[str, str]
) -> None:
    pythons = [python for python in wanted_pythons() if not python.reason]
    if not pythons:
        pytest.skip("there is no further Python here")
    for python in pythons:
        assert digests(str(python.path), project, packages, "3") == ours, python.version
