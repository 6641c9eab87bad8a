"""A reader in front of the small site, in whichever engine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.browser.canary import Canary
from tests.engines.engine import Engine, ScriptError
from tests.engines.server import Watched

VISIBLE = """
const found = [...document.querySelectorAll(arguments[0])];
return found.findIndex((element) => element.checkVisibility());
"""
DONE = """
return played.length > arguments[1] || document.querySelector(".demo-has-failed") !== null;
"""


@dataclass
class Reader:
    """Works the first demo of a page, by mouse and keyboard."""

    engine: Engine
    url: str
    server: Watched
    bird: Canary

    def open(self, name: str, language: str = "en", without: str = "") -> Reader:
        query = f"?without={without}" if without else ""
        self.engine.open(f"{self.url}/{name}-{language}-default.html{query}")
        self.engine.wait('return document.querySelector(".demo-rows") !== null;')
        return self

    def click(self, name: str) -> None:
        """Click the demo's tool or control of this name."""
        selector = f"asgi-demo .demo-tool-{name}, asgi-demo .demo-{name}"
        self.engine.click(selector, self.engine.run(VISIBLE, selector))

    def text(self, selector: str) -> str:
        """The text of the first element that matches."""
        return str(
            self.engine.run("return document.querySelector(arguments[0]).innerText;", selector)
        )

    def says(self, text: str, selector: str = ".demo-status") -> None:
        """The first such element, the status line, comes to say this."""
        script = "return document.querySelector(arguments[1]).textContent.includes(arguments[2]);"
        self.engine.wait(script, selector, text)

    def write(self, source: str) -> None:
        """Replace the code in the editor."""
        if not self.engine.run('return document.querySelectorAll(".cm-content").length;'):
            self.click("edit")
            self.engine.wait('return document.querySelector(".cm-content") !== null;')
        self.engine.click(".cm-content .cm-line")
        self.engine.press("Control+a")
        self.engine.insert(source)

    def run(self) -> dict[str, Any]:
        """Press Run, wait for the result, and return the trace."""
        before = self.engine.run("return played.length;")
        self.click("run")
        try:
            self.engine.wait(DONE, before)
        except ScriptError as error:
            raise ScriptError(f"{error}\nThe page says: {self.text('.demo-status')}") from None
        assert self.engine.run("return played.length;") > before, self.text(".demo-status")
        return self.trace()

    def run_or_stop(self, seconds: float) -> None:
        """Press Run, and Stop if there is no result by then, as a reader would."""
        before = self.engine.run("return played.length;")
        self.click("run")
        try:
            self.engine.wait(DONE, before, seconds=seconds)
        except ScriptError:
            self.click("stop")
            self.says("Stopped")

    def trace(self) -> dict[str, Any]:
        """The trace of the newest run."""
        played: dict[str, Any] = json.loads(self.engine.run("return played.at(-1);"))
        return dict(played["trace"])

    def status(self) -> int:
        """The HTTP status that the app's client got in a run."""
        return int(self.run()["outcomes"]["client"]["status"])
