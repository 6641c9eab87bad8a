"""Runs the demos of a page while the site is built, and puts the recorded runs into the page.

A fence becomes a figure: the snippet's code, the client's steps, every event as a list, and the
findings, all readable without JavaScript. A demo whose findings are not the ones that its fence
expects fails the build, with the file and the line of the page.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

PROJECT = Path(__file__).resolve().parent.parent.parent
if str(PROJECT) not in sys.path:  # mkdocs loads hooks by path, from anywhere
    sys.path.insert(0, str(PROJECT))

from mkdocs.exceptions import PluginError  # noqa: E402
from mkdocs.utils import get_relative_url  # noqa: E402

from asgiscope import run_source  # noqa: E402
from site_plugin.demo_fence import Fence, find_fences  # noqa: E402
from site_plugin.demo_html import Addresses, Recorded, render  # noqa: E402
from site_plugin.fences import FenceError, place_of  # noqa: E402
from site_plugin.one_language import PairError, keep_language  # noqa: E402
from site_plugin.runtime import manifest_url, script_url  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

SNIPPETS = PROJECT / "snippets"
REFERENCE = "look-up/specification.md"
ONE_APP = ("blacksheep", "django")
PLACEHOLDER = '<div data-demo="{name}"></div>'


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Run the page's demos; leave a placeholder for each, which Markdown does not touch."""
    try:
        fences = list(find_fences(markdown, place_of(page, markdown), SNIPPETS))
        demos = [record(fence, config.extra["language"]) for fence in fences]
        _check_names(fences)
    except FenceError as error:
        raise PluginError(str(error)) from None
    if not demos:
        return markdown
    page.meta["has_demo"] = True
    config.extra["demo_script"] = script_url(config)
    page.meta["demos"] = demos
    lines = markdown.split("\n")
    for fence in reversed(fences):
        lines[fence.start : fence.end] = ["", PLACEHOLDER.format(name=fence.name), ""]
    return "\n".join(lines)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put each figure where its placeholder stands."""
    found = addresses(page, config, files)
    for demo in page.meta.get("demos", ()):
        html = html.replace(PLACEHOLDER.format(name=demo.fence.name), render(demo, found))
    return html


def addresses(page: Page, config: MkDocsConfig, files: Files) -> Addresses:
    """Where the demos of a page find what is not in it."""
    here = config.extra["language_path"] + page.url
    manifest = get_relative_url(manifest_url(config), here)
    reference = files.get_file_from_path(REFERENCE)
    return Addresses(manifest, get_relative_url(reference.url, page.url) if reference else "")


def record(fence: Fence, language: str) -> Recorded:
    """Run a demo as the reader's browser will. Raises :class:`FenceError` if it surprises."""
    try:
        source = keep_language((SNIPPETS / fence.app).read_text("utf-8"), language)
    except PairError as error:
        raise FenceError(f"snippets/{fence.app}", error.line, str(error)) from None
    forget_apps()
    trace = run_source(source, fence.client, fence.app)
    _check_findings(fence, trace.broken_rules(), {finding.rule for finding in trace.findings})
    return Recorded(fence, language, source, trace)


def forget_apps() -> None:
    """Unload the frameworks that let a process have one app only: each demo is its first."""
    for name in list(sys.modules):
        if name.partition(".")[0] in ONE_APP:
            del sys.modules[name]


def _check_findings(fence: Fence, broken: list[str], found: set[str]) -> None:
    surprises = [rule for rule in broken if rule not in fence.expect]
    if surprises:
        raise fence.error(
            f"{fence.app} breaks {', '.join(surprises)}; mend the snippet, or, if it is wrong on"
            f" purpose, add the line  expect: [{', '.join([*fence.expect, *surprises])}]"
        )
    missing = [rule for rule in fence.expect if rule not in found]
    if missing:
        raise fence.error(
            f"{fence.app} does not break {', '.join(missing)}, which the fence expects;"
            " take it out of expect, or mend the snippet"
        )


def _check_names(fences: list[Fence]) -> None:
    seen: dict[str, int] = {}
    for fence in fences:
        if fence.name in seen:
            raise fence.error(
                f"the id {fence.name!r} is taken by the demo in line {seen[fence.name]}"
            )
        seen[fence.name] = fence.line
