"""A playground as HTML: the list of presets, the first of them as a demo, the others as listings.

With JavaScript the reader sees the list and one demo; without it, one demo and, below it, the code
and the client's steps of every other preset, folded.
"""

from __future__ import annotations

from html import escape
from itertools import groupby

from pygments import lex
from pygments.lexers import PythonLexer
from pygments.token import STANDARD_TYPES

from common.words import words
from site_plugin.demo_html import Addresses, Recorded, element
from site_plugin.playground_fence import Group, Playground, Preset


def render(
    found: Playground, recorded: list[Recorded], files: list[str], addresses: Addresses
) -> str:
    """The whole figure. ``files`` are the names of the presets' JSON files, in their order."""
    first = (found.presets[0], recorded[0])
    sources = {demo.fence.name: demo.source for demo in recorded}
    urls = {demo.fence.name: file for demo, file in zip(recorded, files, strict=True)}
    told = words(first[1].language).PLAYGROUND
    parts = [
        '<figure class="figure figure-demo playground" id="playground">',
        _chooser(found, urls, told),
        f'<p class="playground-about" role="status">{escape(first[0].about)}</p>',
        element(first[1], addresses, " data-any-link"),
        f'<div class="playground-listings" data-search-exclude><p>{told["others"]}</p>',
        *(_listings(group, sources, first[1]) for group in found.groups),
        "</div>",
        '<figcaption><span class="figure-number"></span> ',
        f'<span class="playground-title">{escape(first[0].fence.title)}</span></figcaption>',
        "</figure>",
    ]
    return "\n".join(parts)


def _chooser(found: Playground, urls: dict[str, str], told: dict[str, str]) -> str:
    first = found.presets[0].fence
    groups = "\n".join(
        _group(number, group, urls, first.name) for number, group in enumerate(found.groups, 1)
    )
    return (
        '<div class="playground-chooser"><button type="button" class="playground-open"'
        f' aria-expanded="false" aria-controls="playground-groups">{told["choose"]}</button>'
        f'<nav class="playground-groups" id="playground-groups" aria-label="{told["presets"]}">'
        f"\n{groups}\n</nav></div>"
    )


def _group(number: int, group: Group, urls: dict[str, str], first: str) -> str:
    items = "\n".join(_link(preset, urls, first) for preset in group.presets)
    name = f"playground-group-{number}"
    return (
        f'<div class="playground-group"><p id="{name}">{escape(group.title)}</p>'
        f'<ul aria-labelledby="{name}">{items}</ul></div>'
    )


def _link(preset: Preset, urls: dict[str, str], first: str) -> str:
    name = preset.fence.name
    current = ' aria-current="true"' if name == first else ""
    return (
        f'<li><a href="#preset={name}" data-preset="{name}" data-url="{urls[name]}"{current}>'
        f"{escape(preset.fence.title)}</a></li>"
    )


def _listings(group: Group, sources: dict[str, str], first: Recorded) -> str:
    """A group's presets, but for the first of all, for those who have no JavaScript."""
    client = words(first.language).DEMO["client"]
    listings = [
        _listing(preset, sources[preset.fence.name], client)
        for preset in group.presets
        if preset.fence is not first.fence
    ]
    return "\n".join([f"<p>{escape(group.title)}</p>", *listings])


def _listing(preset: Preset, source: str, client: str) -> str:
    """What a preset is, its code, its client."""
    return (
        f"<details><summary>{escape(preset.fence.title)}</summary>"
        f"<p>{escape(preset.about)}</p>"
        f'<pre tabindex="0"><code>{escape(source)}</code></pre>'
        f'<p>{client}</p><pre tabindex="0"><code>{escape(preset.fence.client_text)}</code></pre>'
        "</details>"
    )


def code_lines(source: str) -> list[list[list[str]]]:
    """The lines of the code, each as pieces ``[class, text]`` with the classes of Pygments."""
    lines: list[list[list[str]]] = [[]]
    for token, text in lex(source, PythonLexer()):
        name = STANDARD_TYPES.get(token, "")
        first, *rest = text.split("\n")
        for part, new in [(first, False), *((part, True) for part in rest)]:
            if new:
                lines.append([])
            if part:
                lines[-1].append([name, part])
    while lines and not lines[-1]:
        lines.pop()
    return [_runs(line) for line in lines]


def _runs(line: list[list[str]]) -> list[list[str]]:
    """Neighbours of one class as one piece."""
    runs = groupby(line, lambda piece: piece[0])
    return [[name, "".join(text for _, text in run)] for name, run in runs]
