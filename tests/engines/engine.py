"""One face for three engines: what a reader does with a page, and what a test asks of it.

Everything a test does goes through here, so that one test body runs in Chromium, Firefox and
WebKitGTK alike. A script is the body of an async function; what it returns comes back as JSON.
"""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds, as long as the page itself waits for Python to start
CENTRE = """
const element = document.querySelectorAll(arguments[0])[arguments[1]];
element.scrollIntoView({ block: "center", behavior: "instant" });
const { left, top, width, height } = element.getBoundingClientRect();
return [left + width / 2, top + height / 2];
"""
UNTIL = """
const until = Date.now() + arguments[0];
const holds = () => { %s };
while (!holds()) {
  if (Date.now() > until) return false;
  await new Promise((resolve) => setTimeout(resolve, 20));
}
return true;
"""
INSERT = 'document.execCommand("insertText", false, arguments[0]);'


class ScriptError(AssertionError):
    """A test's script raised in the page; the message is the page's."""


class Engine(ABC):
    """A browser with one page open."""

    name: str
    logged: list[str]
    """The errors that the engine itself reported, where it reports any."""

    @abstractmethod
    def open(self, url: str) -> None:
        """Go to an address and wait until the page has loaded."""

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """The string that an expression, or the promise it is, comes to."""

    @abstractmethod
    def click_at(self, x: float, y: float) -> None:
        """Press and release the mouse's first button at a point of the window."""

    @abstractmethod
    def press(self, keys: str) -> None:
        """Press keys together: ``End``, ``Control+a``."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the page this size, or the nearest that the engine's window can have."""

    @abstractmethod
    def screenshot(self, file: Path) -> None:
        """Write what the window shows as a PNG."""

    @abstractmethod
    def close(self) -> None:
        """End the browser and everything started for it."""

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page; ``arguments`` is the list of what is given here."""
        body = f"(async function () {{ {script} }})(...{json.dumps(arguments)})"
        answer = self.evaluate(
            f"{body}.then((value) => JSON.stringify({{ value }}),"
            " (error) => JSON.stringify({ error: `${error}\\n${error?.stack}` }))"
        )
        came = json.loads(answer)
        if "error" in came:
            raise ScriptError(f"{self.name}: {came['error']}")
        return came.get("value")

    def wait(self, condition: str, *arguments: Any, seconds: float = PATIENCE) -> None:
        """Wait in the page until a script's condition holds; it sees ``arguments[1]`` and on."""
        script = UNTIL.replace("%s", condition)
        if not self.run(script, seconds * 1000, *arguments):
            raise ScriptError(f"{self.name}: not within {seconds} s: {condition} {arguments}")

    def click(self, selector: str, index: int = 0) -> None:
        """Click the middle of an element, with the mouse."""
        x, y = self.run(CENTRE, selector, index)
        self.click_at(x, y)

    def write(self, text: str) -> None:
        """Press the key of each character."""
        for character in text:
            self.press(character)

    def insert(self, text: str) -> None:
        """Put in text at the cursor as one piece, as pasting does."""
        self.run(INSERT, text)

    def errors(self) -> list[str]:
        """What this page has complained about, by the engine's log and by the test's recorder."""
        return [*self.logged, *self.run("return window.recorded ?? [];")]


def wait_for(what: str, look: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What ``look`` finds, as soon as it finds something."""
    until = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > until:
            raise AssertionError(f"{what}: not within {seconds} seconds")
        time.sleep(0.05)
    return found
