"""Records the presets of a playground and puts them into the page and beside it.

The first preset stands in the page as any demo does. Each has a JSON file of its own next to the
page, fetched when a reader chooses it, so that the page stays light however many there are.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

PROJECT = Path(__file__).resolve().parent.parent.parent
if str(PROJECT) not in sys.path:  # mkdocs loads hooks by path, from anywhere
    sys.path.insert(0, str(PROJECT))

from mkdocs.exceptions import PluginError  # noqa: E402
from mkdocs.structure.files import File  # noqa: E402

from site_plugin.demo_html import Recorded, data_of  # noqa: E402
from site_plugin.fences import FenceError, place_of  # noqa: E402
from site_plugin.kinds import demo as demos  # noqa: E402
from site_plugin.playground_fence import Playground, find_playground  # noqa: E402
from site_plugin.playground_html import code_lines, render  # noqa: E402
from site_plugin.runtime import script_url  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

PLACEHOLDER = "<div data-playground></div>"


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Record the presets; write their files; leave a placeholder for the playground."""
    language = config.extra["language"]
    try:
        found = find_playground(markdown, place_of(page, markdown), demos.SNIPPETS)
        if found is None:
            return markdown
        recorded = [demos.record(preset.fence, language) for preset in found.presets]
    except FenceError as error:
        raise PluginError(str(error)) from None
    page.meta["has_demo"] = True
    config.extra["demo_script"] = script_url(config)
    names = _add_files(found, recorded, page, config, files)
    page.meta["playground"] = (found, recorded, names)
    lines = markdown.split("\n")
    lines[found.start : found.end] = ["", PLACEHOLDER, ""]
    return "\n".join(lines)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the playground where its placeholder stands."""
    if "playground" not in page.meta:
        return html
    found, recorded, names = page.meta["playground"]
    addresses = demos.addresses(page, config, files)
    return html.replace(PLACEHOLDER, render(found, recorded, names, addresses))


def _add_files(
    found: Playground, recorded: list[Recorded], page: Page, config: MkDocsConfig, files: Files
) -> list[str]:
    """A file for each preset, beside the page; their names."""
    names = []
    for preset, demo in zip(found.presets, recorded, strict=True):
        text = _dump({**data_of(demo), **_shown(preset.about, demo)})
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        name = f"{demo.fence.name}.{digest}.json"
        files.append(File.generated(config, page.url + name, content=text))
        names.append(name)
    return names


def _shown(about: str, demo: Recorded) -> dict[str, Any]:
    """What the page shows of a preset beside what the demo needs."""
    return {"title": demo.fence.title, "about": about, "lines": code_lines(demo.source)}


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
