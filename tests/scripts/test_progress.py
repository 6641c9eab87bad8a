"""scripts/progress.py: what is being done and how far, on a terminal and elsewhere."""

from __future__ import annotations

import io
import re
import threading
from pathlib import Path

import pytest

from scripts import set_up
from scripts.progress import Progress


class Terminal(io.StringIO):
    """Notes when a line of two pieces has been drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if " · " in text:
            self.drawn.set()
        return super().write(text)


def test_without_a_terminal_each_piece_has_a_line_at_its_beginning_and_its_end() -> None:
    output = io.StringIO()
    with Progress(output) as progress, progress.work("Laying pipes"):
        pass
    assert output.getvalue() == "Laying pipes …\nLaying pipes: done in 0 s\n"


def test_a_piece_that_fails_is_not_called_done() -> None:
    output = io.StringIO()
    progress = Progress(output)
    with pytest.raises(OSError, match="no water"), progress, progress.work("Laying pipes"):
        raise OSError("no water")
    assert output.getvalue().splitlines()[-1] == "Laying pipes: failed in 0 s"


def test_on_a_terminal_one_line_tells_of_all_that_is_under_way_and_how_far_it_is() -> None:
    output = Terminal()
    progress = Progress(output)
    with progress, progress.work("Pipes", lambda: "3 of 9"), progress.work("Wires"):
        assert output.drawn.wait(20)
    drawn = output.getvalue().split("\r\x1b[K")
    assert any(re.fullmatch(r"Pipes \d s \(3 of 9\) · Wires \d s", line) for line in drawn)
    assert "Wires: done in " in output.getvalue()


def test_what_the_runtime_is_at_is_the_last_line_of_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(set_up.LOGS, "runtime", tmp_path / "log")
    assert set_up.last_told() == ""
    (tmp_path / "log").write_text("bundling\nmaking snapshots\n")
    assert set_up.last_told() == "making snapshots"
