"""common/commands.py: a program that fails is one message; one beside other work ends with it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from common import commands
from common.commands import meanwhile, run_quietly
from common.problem import Problem


def test_a_failed_command_shows_what_its_log_ends_with_and_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "LOG", tmp_path / "log")
    script = "import sys; print(*range(99), 'no route to host', sep='\\n'); sys.exit(1)"
    with pytest.raises(Problem) as caught:
        run_quietly([sys.executable, "-c", script], doing="Fetching parts", remedy="Plug it in.")
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("Fetching parts failed.")
    assert "  | no route to host" in lines
    assert lines[-1] == "Plug it in."
    assert len(lines) == commands.SHOWN_LINES + 2


def test_a_command_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "LOG", tmp_path / "log")
    command = [sys.executable, "-c", "import time; time.sleep(30)"]
    with pytest.raises(Problem, match="Gave up after 1 seconds"):
        run_quietly(command, doing="Waiting", remedy="", timeout=1)


def test_a_program_that_does_not_exist_is_a_message_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "LOG", tmp_path / "log")
    with pytest.raises(Problem, match="No such file"):
        run_quietly([tmp_path / "missing"], doing="Starting it", remedy="")


def test_what_runs_beside_the_work_has_ended_after_it(tmp_path: Path) -> None:
    script = "import sys, time; time.sleep(0.2); open(sys.argv[1], 'w').close()"
    with meanwhile(sys.executable, "-c", script, tmp_path / "made"):
        assert not (tmp_path / "made").exists()
    assert (tmp_path / "made").exists()


def test_what_runs_beside_work_that_fails_is_ended_at_once() -> None:
    began = time.monotonic()
    with (
        pytest.raises(Problem, match="a page is wrong"),
        meanwhile(sys.executable, "-c", "import time; time.sleep(30)"),
    ):
        raise Problem("a page is wrong")
    assert time.monotonic() - began < 15
