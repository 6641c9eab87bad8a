"""Records the presets of a playground and puts them into the page and beside it.

The first preset stands in the page as any demo does. Each has a JSON file of its own next to the
page, fetched when a reader chooses it, so that the page stays light however many there are.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from mkdocs.structure.files import File

from site_plugin import playground_html
from site_plugin.demo_html import Recorded, data_of
from site_plugin.kinds.demo import addresses, load_script, record
from site_plugin.playground_fence import NAME, Playground, check_only_one, read_playground
from site_plugin.playground_html import code_lines
from site_plugin.registry import Kind, OnPage, register


def render(found: Playground, at: OnPage) -> str:
    """The playground as a figure, the presets recorded, each in its file."""
    load_script(at)
    recorded = [record(preset.fence, at.language) for preset in found.presets]
    names = _add_files(found, recorded, at)
    return playground_html.render(found, recorded, names, addresses(at))


def _add_files(found: Playground, recorded: list[Recorded], at: OnPage) -> list[str]:
    """A file for each preset, beside the page; their names."""
    names = []
    for preset, demo in zip(found.presets, recorded, strict=True):
        text = _dump({**data_of(demo), **_shown(preset.about, demo)})
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        name = f"{demo.fence.name}.{digest}.json"
        at.files.append(File.generated(at.config, at.page.url + name, content=text))
        names.append(name)
    return names


def _shown(about: str, demo: Recorded) -> dict[str, Any]:
    """What the page shows of a preset beside what the demo needs."""
    return {"title": demo.fence.title, "about": about, "lines": code_lines(demo.source)}


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


register(Kind(NAME, read_playground, render, html=True, check=check_only_one))
