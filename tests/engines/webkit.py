"""WebKitGTK, by classic WebDriver: WebKitWebDriver starts MiniBrowser on a screen of its own."""

from __future__ import annotations

import base64
import json
import os
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from scripts.engines import WebKit as Programs
from tests.engines import actions
from tests.engines.engine import Engine, wait_for

ANSWER = 150  # seconds, the longest that a test's script may take
STARTS = 3
START_SECONDS = 20
SCREEN = "1920x2400x24"
EVALUATE = "const done = arguments[arguments.length - 1]; ({}).then(done);"


class WebKit(Engine):
    """A MiniBrowser with nothing stored."""

    name = "webkit"

    def __init__(self, programs: Programs, canary: str) -> None:
        self.logged = []
        for left in reversed(range(STARTS)):
            try:
                self._begin(programs, canary)
                return
            except (OSError, AssertionError):  # MiniBrowser does not always report to its driver
                self.close()
                if not left:
                    raise

    def _begin(self, programs: Programs, canary: str) -> None:
        self._session = ""
        self._started: list[subprocess.Popen[bytes]] = []
        display = self._start_screen(programs.screen)
        self._start_driver(programs.driver, display)
        self._connect(programs.browser, canary)

    def _start_screen(self, program: Path) -> str:
        read, write = os.pipe()
        screen = ["-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"]
        quiet = subprocess.DEVNULL
        self._started.append(subprocess.Popen([program, *screen], pass_fds=[write], stderr=quiet))
        os.close(write)
        with os.fdopen(read) as numbers:
            return f":{numbers.readline().strip()}"

    def _start_driver(self, program: Path, display: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self._url = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "DISPLAY": display,
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",  # OpenGL in software took half of the time
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # its own needs user namespaces
        }
        command: list[str | Path] = [program, f"--port={port}"]
        quiet = subprocess.DEVNULL
        self._started.append(subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet))
        wait_for("WebKitWebDriver starts", self._is_ready)

    def _is_ready(self) -> bool:
        try:
            return bool(self._ask("GET", "/status"))
        except OSError:
            return False

    def _connect(self, program: Path, canary: str) -> None:
        options = {"binary": str(program), "args": ["--automation"]}
        wanted = {"webkitgtk:browserOptions": options, "proxy": actions.proxy(canary)}
        capabilities = {"capabilities": {"alwaysMatch": wanted}}
        answer = self._ask("POST", "/session", capabilities, START_SECONDS)
        self._session = f"/session/{answer['sessionId']}"
        self.ask("timeouts", {"script": ANSWER * 1000})

    def _ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        seconds: float = ANSWER + 10,
    ) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=seconds) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.read().decode()[:2000]}") from error

    def processor_seconds(self) -> float:
        """What everything that was started here has used so far, as Linux counts it."""
        tick = os.sysconf("SC_CLK_TCK")
        rows: dict[int, tuple[int, float]] = {}
        for file in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = file.read_text("utf-8").rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            rows[int(file.parent.name)] = int(fields[1]), (int(fields[11]) + int(fields[12])) / tick
        ours = {process.pid for process in self._started}
        while more := {pid for pid, (parent, _) in rows.items() if parent in ours} - ours:
            ours |= more
        return sum(rows[pid][1] for pid in ours if pid in rows)

    def ask(self, command: str, body: dict[str, Any] | None = None) -> Any:
        """One command of the session, with ``body`` a POST."""
        method = "GET" if body is None else "POST"
        return self._ask(method, f"{self._session}/{command}", body)

    def open(self, url: str) -> None:
        self.ask("url", {"url": url})

    def evaluate(self, expression: str) -> Any:
        script = EVALUATE.replace("{}", expression)
        return self.ask("execute/async", {"script": script, "args": []})

    def click_at(self, x: float, y: float) -> None:
        self.ask("actions", {"actions": actions.click_at(x, y)})

    def press(self, keys: str) -> None:
        self.ask("actions", {"actions": actions.keys_together(keys)})

    def resize(self, width: int, height: int) -> None:
        inner = self.run("return [outerWidth - innerWidth, outerHeight - innerHeight];")
        self.ask("window/rect", {"width": width + inner[0], "height": height + inner[1]})

    def screenshot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.ask("screenshot")))

    def close(self) -> None:
        try:
            if self._session:
                self._ask("DELETE", self._session)
        finally:
            for process in reversed(self._started):
                process.terminate()
                process.wait(30)
