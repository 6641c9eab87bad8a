"""Firefox, by WebDriver BiDi: JSON over one WebSocket, which Firefox itself serves."""

from __future__ import annotations

import base64
import itertools
import json
import os
import re
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from tests.engines import actions
from tests.engines.engine import Engine, wait_for

ANSWER = 150  # seconds, the longest that a test's script may take
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
PREFERENCES = {
    "javascript.options.wasm_optimizingjit": False,  # no run of a test is so long that it would pay
    # What would ask other hosts by itself:
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "app.update.url": "data:,",
    "browser.safebrowsing.update.enabled": False,
    "captivedetect.canonicalURL": "",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.systemAddon.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "media.gmp-manager.url": "data:,",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#nowhere",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.server": "",
}


class Firefox(Engine):
    """A Firefox with a profile of its own, without a window."""

    name = "firefox"

    def __init__(self, program: Path, canary: str) -> None:
        self.logged = []
        self._open = ExitStack()
        self._numbers = itertools.count(1)
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._process = self._start(program, Path(self._folder.name))
        try:
            self._connect(canary)
        except BaseException:
            self.close()
            raise

    def _start(self, program: Path, profile: Path) -> subprocess.Popen[bytes]:
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command: list[str | Path] = [program, "--headless", "--no-remote", "--profile", profile]
        self._log = profile / "log.txt"
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [*command, "--remote-debugging-port", "0"],
                env={**os.environ, "MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"},  # heeds services.settings
                stdout=log,
                stderr=log,
            )

    def _connect(self, canary: str) -> None:
        found = wait_for("Firefox starts", lambda: LISTENING.search(self._log.read_text()))
        opened = connect(f"{found[1]}/session", max_size=None, proxy=None)
        self._socket = self._open.enter_context(opened)
        self.ask("session.new", capabilities={"alwaysMatch": {"proxy": actions.proxy(canary)}})
        self._tab = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        self.ask("session.subscribe", events=["log.entryAdded"])

    def ask(self, method: str, **params: Any) -> Any:
        """Send one command and return its result; what Firefox tells in between is kept."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(ANSWER))
            if message.get("method") == "log.entryAdded":
                self._hear(message["params"])
            elif message.get("id") == number:
                assert message["type"] == "success", f"{method}: {message}"
                return message["result"]

    def _hear(self, entry: dict[str, Any]) -> None:
        if entry["level"] == "error":
            self.logged.append(entry["text"])

    def open(self, url: str) -> None:
        self.ask("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        target = {"context": self._tab}
        came = self.ask("script.evaluate", expression=expression, target=target, awaitPromise=True)
        assert came["type"] == "success", came.get("exceptionDetails")
        return came["result"].get("value")

    def _perform(self, steps: list[dict[str, Any]]) -> None:
        self.ask("input.performActions", context=self._tab, actions=steps)

    def click_at(self, x: float, y: float) -> None:
        self._perform(actions.click_at(x, y))

    def press(self, keys: str) -> None:
        self._perform(actions.keys_together(keys))

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self.ask("browsingContext.setViewport", context=self._tab, viewport=size)

    def screenshot(self, file: Path) -> None:
        shot = self.ask("browsingContext.captureScreenshot", context=self._tab)
        file.write_bytes(base64.b64decode(shot["data"]))

    def close(self) -> None:
        self._open.close()
        self._process.terminate()
        self._process.wait(30)
        self._folder.cleanup()
