"""A server in a process of its own, as from a command line, and what it writes."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from common.places import ROOT
from tests.asgiscope.real_servers import wait_until

SNIPPETS = ROOT / "snippets"
ADDRESS = re.compile(r" on https?://[\d.]+:(\d+)")  # both servers log where they listen


def command(server: str, app: str, *options: str) -> list[str]:
    """The command line of a server on a port that the system chooses."""
    bind = ["--port", "0"] if server == "uvicorn" else ["--bind", "127.0.0.1:0"]
    return [sys.executable, "-m", server, app, *bind, *options]


class Running:
    """A server, its log as far as it has come, and what an app prints into it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.log = process, ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.log += line

    @property
    def listens(self) -> bool:
        return bool(ADDRESS.search(self.log))

    @property
    def exited(self) -> bool:
        return self.process.poll() is not None and not self._reader.is_alive()

    @property
    def port(self) -> int:
        found = ADDRESS.search(self.log)
        assert found is not None, self.log
        return int(found[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def says(self, text: str, times: int = 1) -> None:
        wait_until(lambda: self.log.count(text) >= times, f"{text!r} is not in the log")

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Ask it to stop; its exit status."""
        self.process.send_signal(how)
        return self.ended()

    def ended(self) -> int:
        status = self.process.wait(20)
        self._reader.join(5)
        return status

    def clear_up(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.ended()
        assert self.process.stdout is not None
        self.process.stdout.close()


Start = Callable[..., Running]


@contextmanager
def running(server: str, app: str, *options: str, cwd: Path = SNIPPETS) -> Iterator[Running]:
    """Tests take the fixture ``start_server``, which makes the loopback known."""
    with launched(server, app, *options, cwd=cwd) as started:
        wait_until(lambda: started.listens or started.exited, f"{server} did not start")
        assert started.listens, f"{server} did not start:\n{started.log}"
        yield started


@contextmanager
def launched(
    server: str, app: str, *options: str, cwd: Path = SNIPPETS, pass_fds: tuple[int, ...] = ()
) -> Iterator[Running]:
    """A server that may well not start."""
    process = subprocess.Popen(
        command(server, app, *options),
        cwd=cwd,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # so that its workers can be ended with it
        pass_fds=pass_fds,
    )
    started = Running(process)
    try:
        yield started
    finally:
        started.clear_up()
