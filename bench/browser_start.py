"""One start, in a Chromium of its own, as a reader has it: without developer tools.

Developer tools, through which Playwright works, are told of every part of every file that comes: a
fifth of a fast start. So the page presses its button by itself, and tells the server how long it
took.
"""

from __future__ import annotations

import json
import queue
import subprocess
from dataclasses import dataclass
from pathlib import Path

import brotli

from bench.browser_server import BEGIN, END, Seen, Site
from common.browser import find_browser, launch_arguments

PATIENCE = 120  # seconds
HEADLESS = ("--headless", "--window-size=1280,900", "--no-default-browser-check")

RUNNER = """async () => {
    const { runnerFor } = await import(`./runtime/${document.documentElement.dataset.runner}`);
    const { runtime } = document.querySelector("asgi-demo").dataset;
    return runnerFor(new URL(runtime, document.baseURI).href);
}"""
PREFETCH = f"async (source) => (await ({RUNNER})()).prefetch(source)"
# Milliseconds from a click to the frame after the one in which the trace is in the page.
CLICK = f"""(button) => new Promise((done, fail) => {{
    setTimeout(() => fail(new Error("no trace was drawn in {PATIENCE} s")), {PATIENCE} * 1000);
    const begin = performance.now();
    addEventListener("trace", () => requestAnimationFrame(() => setTimeout(
        () => done(performance.now() - begin))), {{ once: true }});
    document.querySelector(button).click();
}})"""
PRESS = f"""const {{ button, source }} = JOB;
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
while (document.readyState !== "complete" || !document.querySelector(button)) await pause(20);
if (source) await ({PREFETCH})(source);
await pause(SETTLE); // whatever the page does by itself is over
await fetch("{BEGIN}", {{ cache: "no-store" }});
await pause(SETTLE);
const milliseconds = await ({CLICK})(button);
await fetch("{END}?" + milliseconds, {{ cache: "no-store" }});
"""
SETTLE = 500  # milliseconds


@dataclass(frozen=True)
class Way:
    """A page, the button to press on it, and what is done before."""

    name: str
    page: str
    button: str = ".demo-tool-run"
    source: str = ""  # prefetched before the click

    @property
    def pressing(self) -> str:
        """The path of the same page that presses its button."""
        folder, _, _ = self.page.rpartition("/")
        name = "-".join(self.name.replace(",", "").split())
        return f"{folder}/{name}.html" if folder else f"{name}.html"


def add_pressing(site: Site, way: Way) -> None:
    """A copy of the way's page, which presses its button as soon as it has come to rest."""
    job = json.dumps({"button": way.button, "source": way.source})
    script = f"/{way.pressing}".replace(".html", ".mjs")
    site.add(script, PRESS.replace("JOB", job).replace("SETTLE", str(SETTLE)).encode())
    page = brotli.decompress(site.files[f"/{way.page}"])
    site.add(f"/{way.pressing}", page + f'<script type="module" src="{script}"></script>'.encode())


def start(site: Site, url: str, way: Way, profile: Path) -> Seen:
    """Open the page in a new process, to which only the profile comes down from earlier ones."""
    command = [str(find_browser()), *launch_arguments(), *HEADLESS]
    command += [f"--user-data-dir={profile}", f"{url}/{way.pressing}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            return site.told.get(timeout=PATIENCE)
        except queue.Empty:
            raise RuntimeError(f"{way.name}: no trace was drawn in {PATIENCE} s") from None
        finally:
            process.terminate()
