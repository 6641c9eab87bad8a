"""The runner without a demo around it: jobs go in, the stages and what Python wrote come out."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from asgiscope import play
from runtime.build import OUTPUT, build
from tests.browser.small_site import Demo

PAGE = """<!doctype html><meta charset="utf-8"><title>directly</title>
<link rel="icon" href="data:,">
<script type="module">
  const {{ runnerFor }} = await import("./{script}");
  window.runner = runnerFor(new URL("{manifest}", document.baseURI).href);
</script>"""
RUN = """async ({source, client, filename}) => {
    const stages = [];
    const tell = (stage) => stages.push(stage);
    const {json} = await runner.run({source, client, filename}, new AbortController().signal, tell);
    return {json, stages};
}"""

Manifest = dict[str, Any]
Change = Callable[[Manifest, Path], None]


def write_runtime(folder: Path, change: Change = lambda manifest, folder: None) -> None:
    """The built runtime with its manifest changed, and a page that loads its runner."""
    stamp = build()
    shutil.copytree(OUTPUT, folder, dirs_exist_ok=True, copy_function=link)
    manifest = json.loads((folder / stamp["manifest"]).read_text(encoding="utf-8"))
    change(manifest, folder)
    text = json.dumps(manifest).encode()
    name = f"manifest.{hashlib.sha256(text).hexdigest()[:16]}.json"
    (folder / name).write_bytes(text)
    script = next(folder.glob("runner.*.mjs")).name
    (folder / "page.html").write_text(PAGE.format(script=script, manifest=name), encoding="utf-8")


def link(source: str, target: str) -> None:
    """The same file under another name, where the disk can do that: they are large."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def without_snapshots(manifest: Manifest, folder: Path) -> None:
    manifest["snapshots"] = {}


def replace_file(manifest: Manifest, folder: Path, name: str, data: bytes) -> None:
    """Other bytes for a file, as if the build had written them."""
    digest = hashlib.sha256(data).hexdigest()
    url = f"replaced-{name}"
    manifest["files"][name] = {"url": url, "size": len(data), "sha256": digest}
    (folder / url).write_bytes(data)


def serve_runtime(folder: Path, middleware: list[Middleware] | None = None) -> Starlette:
    return Starlette(routes=[Mount("/", StaticFiles(directory=folder))], middleware=middleware)


@dataclass
class Direct:
    """The runner of a page, and what the page has asked for."""

    page: Page
    url: str

    def __post_init__(self) -> None:
        self.asked: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url.rsplit("/", 1)[1]))

    def open(self) -> Direct:
        self.page.goto(f"{self.url}/page.html")
        self.page.wait_for_function("window.runner")
        return self

    def has_asked(self, beginning: str) -> bool:
        return any(name.startswith((beginning, f"replaced-{beginning}")) for name in self.asked)

    def run(self, demo: Demo) -> str:
        return self.run_text(demo.source, demo.client, demo.app)

    def run_text(self, source: str, client: Any, filename: str = "app.py") -> str:
        return str(self.stages(source, client, filename)["json"])

    def stages(self, source: str, client: Any, filename: str = "app.py") -> dict[str, Any]:
        job = {"source": source, "client": client, "filename": filename}
        result: dict[str, Any] = self.page.evaluate(RUN, job)
        return result

    def prefetch(self, source: str) -> None:
        self.page.evaluate("(source) => runner.prefetch(source)", source)

    def mark_frame(self) -> None:
        """Put a mark on the frame that Python is in now, to know it again."""
        self.page.evaluate("document.querySelector('iframe').dataset.mark = 'this'")

    @property
    def same_frame(self) -> bool:
        return bool(self.page.evaluate("document.querySelector('iframe')?.dataset.mark === 'this'"))


def expected(demo: Demo) -> str:
    return play(demo.source, demo.client, demo.app)
