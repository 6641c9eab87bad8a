"""Runs the demos of a page while the site is built, and puts the recorded runs into the page.

A fence becomes a figure: the snippet's code, the client's steps, every event as a list, and the
findings, all readable without JavaScript. A demo whose findings are not the ones that its fence
expects fails the build, with the file and the line of the page.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from mkdocs.utils import get_relative_url

from asgiscope import Finding, Trace, explain, run_source
from site_plugin import demo_fence, demo_html
from site_plugin.demo_fence import Fence, check_ids, read_fence
from site_plugin.demo_html import Addresses, Recorded
from site_plugin.facts import read_text
from site_plugin.fences import FenceError, Place
from site_plugin.one_language import PairError, keep_language
from site_plugin.registry import Kind, OnPage, register
from site_plugin.runtime import manifest_url, script_url

REFERENCE = "look-up/specification.md"
ONE_APP = ("blacksheep", "django")


def check_page(fences: Sequence[Fence], place: Place) -> None:
    """A page's demos have different ids. Raises :class:`FenceError`."""
    check_ids(fences, "demo")


def render(fence: Fence, at: OnPage) -> str:
    """The demo as a figure. Raises :class:`FenceError` if its run surprises."""
    load_script(at)
    return demo_html.render(record(fence, at.language), addresses(at))


def load_script(at: OnPage) -> None:
    """Have the page load what draws demos."""
    at.page.meta["has_demo"] = True
    at.config.extra["demo_script"] = script_url(at.config)


def addresses(at: OnPage) -> Addresses:
    """Where the demos of a page find what is not in it."""
    here = at.config.extra["language_path"] + at.page.url
    manifest = get_relative_url(manifest_url(at.config), here)
    reference = at.files.get_file_from_path(REFERENCE)
    return Addresses(manifest, get_relative_url(reference.url, at.page.url) if reference else "")


def record(fence: Fence, language: str) -> Recorded:
    """Run a demo as the reader's browser will. Raises :class:`FenceError` if it surprises."""
    try:
        source = keep_language(read_text(demo_fence.SNIPPETS / fence.app), language)
    except PairError as error:
        raise FenceError(f"snippets/{fence.app}", error.line, str(error)) from None
    forget_apps()
    trace = run_source(source, fence.client, fence.app)
    _check_findings(fence, trace)
    return Recorded(fence, language, source, trace)


def forget_apps() -> None:
    """Unload the frameworks that let a process have one app only: each demo is its first."""
    for name in list(sys.modules):
        if name.partition(".")[0] in ONE_APP:
            del sys.modules[name]


def _check_findings(fence: Fence, trace: Trace[Any]) -> None:
    surprises = [rule for rule in trace.broken_rules() if rule not in fence.expect]
    if surprises:
        found = "\n".join(
            f"  snippets/{fence.app}:{finding.line or 1}: {_told(finding, trace)}"
            for finding in trace.findings
            if finding.rule in surprises
        )
        raise fence.error(
            f"{fence.app} breaks {', '.join(surprises)}:\n{found}\nMend the snippet, or, if it is"
            f" wrong on purpose, add the line  expect: [{', '.join([*fence.expect, *surprises])}]"
        )
    rules = {finding.rule for finding in trace.findings}
    missing = [rule for rule in fence.expect if rule not in rules]
    if missing:
        raise fence.error(
            f"{fence.app} does not break {', '.join(missing)}, which the fence expects;"
            " take it out of expect, or mend the snippet"
        )


def _told(finding: Finding, trace: Trace[Any]) -> str:
    told = explain(finding, "en")
    event = trace.events[finding.event - 1] if finding.event else None
    at = f" (event {event.n}, {event.kind})" if event else ""
    return f"{told.title}: {told.text}{at}"


register(Kind("asgi", read_fence, render, html=True, check=check_page))
