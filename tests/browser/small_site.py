"""A small site with the real pieces: the hook's HTML, the built runtime, the real style sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from asgiscope import run_source
from common.places import ROOT
from runtime.build import build
from site_plugin.demo_fence import Fence
from site_plugin.demo_html import Addresses, Recorded, render
from site_plugin.policy import policy

APPS = Path(__file__).resolve().parent / "apps"
STYLES = ROOT / "docs" / "assets" / "styles"

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">{policy}<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="styles/tokens.css"><link rel="stylesheet" href="styles/demo.css">
<link rel="stylesheet" href="styles/time.css"><link rel="stylesheet" href="styles/workbench.css">
<link rel="stylesheet" href="styles/playground.css">
<style>body {{ margin: 1rem; background: var(--paper); color: var(--ink); }}</style>
<script type="module" src="runtime/{script}"></script></head>
<body data-md-color-scheme="{scheme}"><main><h1>{title}</h1>{demos}</main></body></html>
"""


@dataclass(frozen=True)
class Demo:
    """A demo of the small site: a file of ``apps/`` and what its client does."""

    app: str
    client: Any
    view: str = ""

    @property
    def source(self) -> str:
        return (APPS / self.app).read_text(encoding="utf-8")

    def figure(self, language: str, manifest: str) -> str:
        name = Path(self.app).stem.replace("_", "-")
        text = str(self.client)
        fence = Fence(*("page.md", 1, name, name, self.app, self.client, text, ()), view=self.view)
        trace = run_source(self.source, self.client, self.app)
        return render(Recorded(fence, language, self.source, trace), Addresses(manifest))


GET = [{"request": "GET /?name=Ada"}]
HELLO = Demo("say_hello.py", GET)
NUMBERS = Demo("stream_numbers.py", GET)
WRONG = Demo("send_body_first_wrong.py", GET)
STARLETTE = Demo("answer_with_starlette.py", GET)


def write_site(folder: Path) -> None:
    """Pages ``numbers``, ``wrong``, ``two``, ``starlette``: in zh and en, light and dark."""
    pages = {
        "numbers": [NUMBERS],
        "wrong": [WRONG],
        "two": [HELLO, NUMBERS],
        "starlette": [STARLETTE],
    }
    for name, demos in pages.items():
        for language in ("zh", "en"):
            for scheme in ("default", "slate"):
                text = write_page(name, demos, language, scheme)
                (folder / f"{name}-{language}-{scheme}.html").write_text(text, encoding="utf-8")


def write_page(title: str, demos: Iterable[Demo], language: str, scheme: str) -> str:
    stamp = build()
    figures = "\n".join(demo.figure(language, f"runtime/{stamp['manifest']}") for demo in demos)
    script = stamp[f"demo_{language}"]
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(figures)}">'
    return PAGE.format(
        policy=meta, language=language, title=title, script=script, scheme=scheme, demos=figures
    )


def serve_site(folder: Path) -> Starlette:
    """An app that serves the pages, the runtime and the styles."""
    return Starlette(
        routes=[
            Mount("/runtime", StaticFiles(directory=ROOT / "build" / "runtime")),
            Mount("/styles", StaticFiles(directory=STYLES)),
            Mount("/", StaticFiles(directory=folder)),
        ]
    )
