"""A server in a process of its own, as from a command line, and what it writes."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.asgiscope.real_servers import wait_until

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets"


def command(server: str, app: str, port: int, *options: str) -> list[str]:
    bind = ["--port", str(port)] if server == "uvicorn" else ["--bind", f"127.0.0.1:{port}"]
    return [sys.executable, "-m", server, app, *bind, *options]


class Running:
    """A server, its log as far as it has come, and what an app prints into it."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process, self.port, self.log = process, port, ""
        self.url = f"http://127.0.0.1:{port}"
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.log += line

    def listens(self) -> bool:
        """Whether its workers do, too; its log says so before. This makes a connection."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

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


@contextmanager
def running(
    server: str, app: str, port: int, *options: str, cwd: Path = SNIPPETS
) -> Iterator[Running]:
    process = subprocess.Popen(
        command(server, app, port, *options),
        cwd=cwd,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # so that its workers can be ended with it
    )
    started = Running(process, port)
    try:
        started.says(" on http")
        yield started
    finally:
        started.clear_up()
