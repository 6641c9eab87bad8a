"""What the pages say of Uvicorn, of Starlette and of Python, tried on the real ones."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from common.places import ROOT
from tests.snippets.server_process import running
from tests.snippets.wire import answer_to, get

APPS = ("basics.say_hello:app", "basics.answer_lifespan:app")
pytestmark = pytest.mark.xdist_group("facts")  # they share two servers


@pytest.fixture(scope="module")
def uvicorn_logs(loopback: None) -> dict[str, list[str]]:
    """The lines that Uvicorn prints from its start to its end, with one GET in between."""
    with ThreadPoolExecutor() as pool:
        return dict(zip(APPS, pool.map(uvicorn_log, APPS), strict=True))


def uvicorn_log(app: str) -> list[str]:
    with running("uvicorn", app, "--no-use-colors") as server:
        answer_to(server.url, get(headers="connection: close\r\n"))
        server.stop(signal.SIGINT)
    return server.log.splitlines()


def general(line: str) -> str:
    """A line of the log without what changes from run to run."""
    line = re.sub(r"process \[\d+\]", "process [N]", line)
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:N", line)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_log_on_the_page_is_what_uvicorn_prints(
    language: str, uvicorn_logs: dict[str, list[str]]
) -> None:
    page = (ROOT / "docs" / language / "learn" / "first-app.md").read_text("utf-8")
    shown = [general(line) for line in page.split("\n") if line.startswith("INFO:")]
    printed = [general(line) for line in uvicorn_logs[APPS[0]]]
    assert len(shown) == 6
    assert printed[: len(shown)] == shown


def test_an_app_that_answers_its_lifespan_is_not_called_unsupported(
    uvicorn_logs: dict[str, list[str]],
) -> None:
    printed = "\n".join(uvicorn_logs[APPS[1]])
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
