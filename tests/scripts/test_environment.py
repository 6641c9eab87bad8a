"""scripts/environment.py: what becomes of an environment that is whole, broken or half made."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from common.places import python_of
from common.problem import Problem
from scripts import environment
from scripts.environment import finish_environment, pip_for, prepare_environment

HAS = "Requirement already satisfied:"
FAKE_PIP = """#!/bin/sh
case "$*" in
  *"-m pip --version"*) exit {own} ;;
  *"--python"*) exit {other} ;;
esac
"""


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The calls of pip that would have been made."""
    calls: list[list[str]] = []
    monkeypatch.setattr(environment, "install_first", lambda python, pip: calls.append(pip))
    monkeypatch.setattr(environment, "install_rest", lambda python: None)
    return calls


def put_python(venv: Path, script: str) -> None:
    python = python_of(venv)
    python.parent.mkdir(parents=True)
    python.write_text(script)
    python.chmod(0o755)


@pytest.mark.usefixtures("new_environment")
def test_a_missing_environment_is_made(tmp_path: Path, installs: list[list[str]]) -> None:
    venv = tmp_path / "venv"
    prepare_environment(venv)
    assert environment.runs(python_of(venv), "-c", "pass")
    assert len(installs) == 1
    assert (venv / "unfinished").exists()
    finish_environment(venv)
    assert not (venv / "unfinished").exists()


def test_a_hand_made_environment_is_completed(tmp_path: Path, installs: list[list[str]]) -> None:
    venv = tmp_path / "venv"
    put_python(venv, f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (venv / "mine").touch()
    prepare_environment(venv)
    assert (venv / "mine").exists()
    assert len(installs) == 1


@pytest.mark.usefixtures("new_environment")
def test_an_interrupted_environment_is_made_afresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = tmp_path / "venv"

    def interrupt(python: Path, pip: list[str]) -> None:
        (venv / "half-installed").touch()
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "install_first", interrupt)
    with pytest.raises(KeyboardInterrupt):
        prepare_environment(venv)
    assert (venv / "half-installed").exists()
    monkeypatch.setattr(environment, "install_first", lambda python, pip: None)
    prepare_environment(venv)
    assert not (venv / "half-installed").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a link stands for the Python that vanished")
@pytest.mark.usefixtures("new_environment")
def test_an_environment_whose_python_vanished_is_made_afresh(
    tmp_path: Path, installs: list[list[str]]
) -> None:
    venv = tmp_path / "venv"
    python_of(venv).parent.mkdir(parents=True)
    python_of(venv).symlink_to("/nowhere/python3")
    prepare_environment(venv)
    assert environment.runs(python_of(venv), "-c", "pass")


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for Python")
def test_an_environment_without_pip_is_filled_by_another_pip(tmp_path: Path) -> None:
    put_python(tmp_path, FAKE_PIP.format(own=1, other=0))
    inside = str(python_of(tmp_path))
    assert pip_for(tmp_path)[1:] == ["-m", "pip", "--python", inside]


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for Python")
def test_no_pip_anywhere_gives_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_python(tmp_path, FAKE_PIP.format(own=1, other=1))
    monkeypatch.setattr(sys, "executable", str(python_of(tmp_path)))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem, match="apt-get install python3-pip"):
        pip_for(tmp_path)


def test_how_far_pip_is_can_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "PIP_LOG", tmp_path / "log")
    assert environment.packages_seen() == ""
    (tmp_path / "log").write_text(
        f"Ignoring c: markers\nCollecting a==1\n  Using cached\n{HAS} b==2\n"
    )
    assert re.fullmatch(r"2 of 1\d\d packages", environment.packages_seen())
    with (tmp_path / "log").open("a") as log:
        log.write("Installing collected packages: a, b\n")
    assert environment.packages_seen() == "writing the files"


@pytest.mark.usefixtures("new_environment")
def test_after_its_first_part_the_rest_of_an_environment_has_to_follow(
    tmp_path: Path, installs: list[list[str]]
) -> None:
    """An environment of an older set-up is whole, but has no stamp of a first part."""
    prepare_environment(tmp_path)
    finish_environment(tmp_path)
    (tmp_path / "stamp").touch()
    prepare_environment(tmp_path)
    assert not (tmp_path / "stamp").exists()


def test_the_sites_plugin_is_installed_from_here_without_a_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(
        environment, "run_quietly", lambda command, **told: calls.append([*map(str, command)])
    )
    environment.install_rest(Path("python"))
    lock, plugin = calls
    assert "--require-hashes" in lock
    assert plugin[-2:] == ["--editable", str(environment.PLUGIN)]
    assert {"--no-index", "--no-deps", "--no-build-isolation"} <= set(plugin)
