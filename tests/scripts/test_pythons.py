"""scripts/pythons.py and scripts/test_pythons.py: no Python is forgotten, and none in silence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from common.problem import Problem
from scripts import pythons, test_pythons
from scripts.pythons import Python, further
from scripts.test_pythons import Missing, Result, summary

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts stand for Pythons")
FOUND = [Python(Path("/a"), "3.12.1"), Python(Path("/b"), "3.13.0", "it has no venv")]


@pytest.fixture(autouse=True)
def nothing_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any Python."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("PYTHONS", raising=False)
    for variable, _, _ in pythons.MANAGERS:
        monkeypatch.setenv(variable, str(tmp_path / variable))


def put(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def fake(path: Path, version: str) -> Path:
    return put(path, f"echo cpython {version}")


def test_pythons_are_found_on_path_and_in_the_folders_of_version_managers(tmp_path: Path) -> None:
    fake(tmp_path / "bin" / "python3.11", "3.11.9")
    fake(tmp_path / "PYENV_ROOT" / "versions" / "3.12.1" / "bin" / "python3", "3.12.1")
    fake(tmp_path / "ASDF_DATA_DIR" / "installs" / "python" / "x" / "bin" / "python3", "3.13.2")
    uv = fake(tmp_path / "elsewhere" / "python3.14", "3.14.0")
    put(tmp_path / "bin" / "uv", f"echo 'cpython-3.14.0-linux-x86_64-gnu    {uv}'")
    assert sorted(python.version for python in pythons.all_pythons()) == [
        *("3.11.9", "3.12.1", "3.13.2", "3.14.0"),
    ]


def test_one_python_under_two_names_is_one(tmp_path: Path) -> None:
    real = fake(tmp_path / "PYENV_ROOT" / "versions" / "3.12.1" / "bin" / "python3", "3.12.1")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3.12").symlink_to(real)
    assert len(pythons.all_pythons()) == 1


def test_of_each_version_the_newest_that_works_is_taken_and_our_own_is_not() -> None:
    old, broken, new = (
        Python(Path("/a"), "3.12.9"),
        Python(Path("/b"), "3.12.11", "it does not start"),
        Python(Path("/c"), "3.12.10"),
    )
    own = Python(Path("/d"), "3.11.7")
    assert further([old, broken, new, own], "3.11") == [new]
    assert further([broken], "3.11") == [broken]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'pyenv: python3.12: command not found' >&2; exit 127", "pyenv: python3.12"),
        ("echo \"ModuleNotFoundError: No module named 'venv'\" >&2; exit 1", "No module named"),
        ("echo pypy 3.12.1", "it is pypy"),
    ],
)
def test_one_that_is_broken_is_named_with_the_reason(
    tmp_path: Path, script: str, reason: str
) -> None:
    put(tmp_path / "bin" / "python3.12", script)
    (python,) = pythons.all_pythons()
    assert python.minor == "3.12"
    assert reason in python.reason


def test_an_old_python_is_not_looked_at(tmp_path: Path) -> None:
    fake(tmp_path / "PYENV_ROOT" / "versions" / "3.9.18" / "bin" / "python3", "3.9.18")
    assert pythons.all_pythons() == []


def test_the_variable_chooses_versions_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path / "bin" / "python3.12", "3.12.1")
    fake(tmp_path / "bin" / "python3.13", "3.13.0")
    monkeypatch.setenv("PYTHONS", "3.13")
    assert [python.version for python in pythons.wanted_pythons()] == ["3.13.0"]
    monkeypatch.setenv("PYTHONS", "")
    assert pythons.wanted_pythons() == []


@pytest.mark.parametrize(
    ("asked", "told"), [("3.14", "of which none that works"), ("4.0", "there are: 3.11")]
)
def test_a_version_that_is_asked_for_and_not_there_is_an_error(
    monkeypatch: pytest.MonkeyPatch, asked: str, told: str
) -> None:
    monkeypatch.setenv("PYTHONS", asked)
    with pytest.raises(Problem, match=told):
        pythons.wanted_pythons()


def test_what_ran_is_counted() -> None:
    printed = "....\nSKIPPED [1] a.py\n1234 passed, 2 skipped in 160.96s (0:02:40)\n"
    assert summary(printed, 12.3) == "1,234 passed, 2 skipped in 12 s"
    assert summary("Segmentation fault", 1) == "no tests ran in 1 s"


@pytest.mark.parametrize(("failed", "status"), [(False, 0), (True, 1)])
def test_every_python_is_told_of_and_a_failure_is_the_exit_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], failed: bool, status: int
) -> None:
    monkeypatch.setattr(test_pythons, "wanted_pythons", lambda: FOUND)

    def result(python: Python) -> Result:
        return Result(python, "1 failed in 2 s", "E  assert 1 == 2\n", failed)

    monkeypatch.setattr(test_pythons, "test", result)
    assert test_pythons.main() == status
    told = capsys.readouterr().out
    assert "  3.12.1: 1 failed in 2 s" in told
    assert "E  assert 1 == 2" in told


@pytest.mark.parametrize("asked", [False, True])
def test_what_cannot_be_installed_is_left_out_and_named_but_an_error_if_it_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    def refuse(python: Python) -> Path:
        raise Missing("installing its packages failed: no route to host")

    monkeypatch.setattr(test_pythons, "prepare", refuse)
    if asked:
        monkeypatch.setenv("PYTHONS", "3.12")
    result = test_pythons.test(FOUND[0])
    assert result.told == "left out: installing its packages failed: no route to host"
    assert result.failed is asked


def test_one_that_does_not_work_is_left_out_with_its_reason() -> None:
    assert test_pythons.test(FOUND[1]).told == "left out: it has no venv"


def test_where_there_is_no_other_python_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert test_pythons.main() == 0
    assert "no further one was found" in capsys.readouterr().out
