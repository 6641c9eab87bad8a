"""scripts/find_python.sh: the newest Python that works, whatever PATH holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SHELL = shutil.which("sh")
pytestmark = pytest.mark.skipif(SHELL is None, reason="needs a POSIX shell")

WORKS = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
SHIM = "#!/bin/sh\necho 'pyenv: not installed' >&2\nexit 127\n"
TOO_OLD = "#!/bin/sh\nexit 1\n"  # what `sys.exit(sys.version_info < (3, 11))` gives under 3.10


def find_python(
    project: Path, folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    assert SHELL is not None
    return subprocess.run(
        [SHELL, str(project / "scripts" / "find_python.sh")],
        env={"PATH": str(folder), **environment},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """An empty folder for PATH, but for the one program the script itself uses."""
    cat = shutil.which("cat")
    assert cat is not None
    (tmp_path / "cat").symlink_to(cat)
    return tmp_path


def put(folder: Path, name: str, script: str) -> Path:
    program = folder / name
    program.write_text(script)
    program.chmod(0o755)
    return program


def test_the_newest_version_is_chosen(project: Path, programs: Path) -> None:
    for name in ("python3", "python3.11", "python3.13", "python3.12"):
        put(programs, name, WORKS)
    assert find_python(project, programs).stdout.strip() == str(programs / "python3.13")


def test_a_shim_that_fails_is_passed_over(project: Path, programs: Path) -> None:
    put(programs, "python3.14", SHIM)
    put(programs, "python3.12", WORKS)
    found = find_python(project, programs)
    assert found.stdout.strip() == str(programs / "python3.12")
    assert found.stderr == ""


def test_plain_python3_is_the_last_resort(project: Path, programs: Path) -> None:
    put(programs, "python3", WORKS)
    assert find_python(project, programs).stdout.strip() == str(programs / "python3")


def test_an_old_python_gives_a_message_that_says_what_to_install(
    project: Path, programs: Path
) -> None:
    put(programs, "python3", TOO_OLD)
    found = find_python(project, programs)
    assert found.returncode == 1
    assert found.stdout == ""
    assert "No working Python 3.11 or newer" in found.stderr
    assert "apt-get install python3 python3-pip" in found.stderr


def test_the_chosen_python_goes_first(project: Path, programs: Path, tmp_path: Path) -> None:
    put(programs, "python3.14", WORKS)
    chosen = put(tmp_path, "my-python", WORKS)
    found = find_python(project, programs, PYTHON=str(chosen))
    assert found.stdout.strip() == str(chosen)


def test_a_chosen_python_that_fails_is_named(project: Path, programs: Path) -> None:
    put(programs, "python3.14", WORKS)
    found = find_python(project, programs, PYTHON="/nowhere/python3")
    assert found.returncode == 1
    assert "PYTHON=/nowhere/python3" in found.stderr


def test_the_real_path_of_this_machine_gives_a_python_that_runs(project: Path) -> None:
    found = find_python(project, Path(os.environ["PATH"])).stdout.strip()
    assert subprocess.run([found, "-c", "pass"]).returncode == 0
