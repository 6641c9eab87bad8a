"""What the pages say of Uvicorn, of Starlette and of Python, tried on the real ones."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def uvicorn_log(app: str, port: int) -> list[str]:
    """The lines that Uvicorn prints from its start to its end, with one GET in between."""
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--no-use-colors"]
    lines = []
    with subprocess.Popen(
        command, cwd=ROOT / "snippets", stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                lines.append(line.rstrip())
                if "Uvicorn running on" in line:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
                        answer.read()
                    process.send_signal(signal.SIGINT)
        finally:
            process.kill()
    return lines


def general(line: str) -> str:
    """A line of the log without what changes from run to run."""
    line = re.sub(r"process \[\d+\]", "process [N]", line)
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:N", line)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_log_on_the_page_is_what_uvicorn_prints(language: str, free_port: int) -> None:
    page = (ROOT / "docs" / language / "learn" / "first-app.md").read_text("utf-8")
    shown = [general(line) for line in page.split("\n") if line.startswith("INFO:")]
    printed = [general(line) for line in uvicorn_log("basics.say_hello:app", free_port)]
    assert len(shown) == 6
    assert printed[: len(shown)] == shown


def test_an_app_that_answers_its_lifespan_is_not_called_unsupported(free_port: int) -> None:
    printed = "\n".join(uvicorn_log("basics.answer_lifespan:app", free_port))
    assert "appears unsupported" not in printed
    assert "Application shutdown complete." in printed


def test_python_removes_assert_when_told_to_optimise() -> None:
    code = "assert False"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 1
    assert subprocess.run([sys.executable, "-O", "-c", code]).returncode == 0


def test_starlette_has_no_route_decorator_any_more() -> None:
    from starlette.applications import Starlette

    with pytest.raises(AttributeError):
        Starlette().route("/")  # type: ignore[attr-defined]
