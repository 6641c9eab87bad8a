"""Puts each Mermaid diagram into its page as the SVG that was drawn beforehand.

A diagram that has changed since it was drawn is left to mkdocs-mermaid2-plugin, which draws it in
the author's browser under ``make serve``; a build for readers refuses it, and says how to draw it.
"""

from __future__ import annotations

import hashlib
import logging
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mermaid2 import fence_mermaid_custom as draw_in_browser
from mkdocs.structure.files import File

from common.places import ROOT
from site_plugin.facts import read_text
from site_plugin.fences import Place, RawFence, place_of, scan
from site_plugin.kinds.specification import expand

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

DRAWN: Final = ROOT / "diagrams"
MERMAID: Final = ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
SCRIPT: Final = "assets/mermaid.min.js"
WIDTH: Final = re.compile(r'(<svg[^>]*? style=")width:(\s*[\d.]+)')
COLUMN: Final = 620  # px: a drawing that is wider goes into the margin beside the text
TITLE: Final = re.compile(r"^\s*accTitle:\s*(\S.*)$", re.M)
DESCRIPTION: Final = re.compile(r"^\s*accDescr:\s*\S|^\s*accDescr\s*\{", re.M)

log = logging.getLogger("mkdocs.plugins.diagrams")


def key_of(source: str) -> str:
    """The name under which a diagram is drawn: of its text, so that a change is seen."""
    return hashlib.sha256((source.strip() + "\n").encode()).hexdigest()[:12]


def on_config(config: MkDocsConfig) -> None:
    """Take the plugin's place in the Markdown extension, under the plugin's own name."""
    for custom in config.mdx_configs["pymdownx.superfences"]["custom_fences"]:
        if custom["name"] == "mermaid":
            custom["format"] = fence_mermaid_custom


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Serve Mermaid itself, from the site, where some diagram still needs it."""
    pages = [file for file in files.documentation_pages() if file.abs_src_path]
    language = config.extra["language"]
    if all(drawing(each.text).exists() for page in pages for each in _mermaid(page, language)):
        return
    files.append(File.generated(config, SCRIPT, abs_src_path=str(MERMAID)))
    # The plugin looks for the script in docs_dir only, where a copy of 5 MB has no place.
    config.plugins["mermaid2"]._javascript = SCRIPT  # type: ignore[attr-defined]


def _mermaid(file: File, language: str) -> list[RawFence]:
    place = Place(f"docs/{language}/{file.src_uri}", 0)
    markdown = expand(read_text(Path(str(file.abs_src_path))), language, place)
    return [fence for fence in scan(markdown) if fence.language == "mermaid"]


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """See that each diagram can be read aloud, and is drawn; other fences may have written some."""
    whole = page.file.content_string
    place = place_of(page, whole)
    for fence in scan(markdown):
        if fence.language != "mermaid":
            continue
        line = whole.count("\n", 0, whole.find(fence.text)) if fence.text in whole else 1
        check(fence.text, place.error, line - 1)
        if not drawing(fence.text).exists():
            where = f"{place.page}:{line}"
            log.warning("%s: this diagram is not drawn yet; run `make diagrams`", where)


def check(source: str, error: Any, start: int) -> None:
    """Raise what ``error`` makes when a diagram lacks its title or its description."""
    if not TITLE.search(source):
        raise error(start, "this diagram needs a line 'accTitle: ...', its caption")
    if not DESCRIPTION.search(source):
        raise error(start, "this diagram needs a line 'accDescr: ...' for screen readers")


def drawing(source: str) -> Path:
    return DRAWN / f"{key_of(source)}.svg"


def narrow_drawing(source: str) -> Path:
    """The same drawing for a narrow column; there is none of what Mermaid has drawn."""
    return DRAWN / "narrow" / f"{key_of(source)}.svg"


def fence_mermaid_custom(source: str, *arguments: Any, **options: Any) -> str:
    """The drawn SVG as a numbered figure; without one, what the plugin makes of it."""
    svg, narrow = drawing(source), narrow_drawing(source)
    title = TITLE.search(source)
    if not svg.exists() or title is None:
        html: str = draw_in_browser(source, *arguments, **options)
        return html
    small = narrow.read_text("utf-8") if narrow.exists() else ""
    return as_figure(svg.read_text("utf-8"), small, title[1].strip())


def as_figure(wide: str, narrow: str, title: str) -> str:
    """A numbered figure of a drawing, and of the same for a narrow column, if there is one."""
    names = ["figure", "figure-diagram"]
    if (width := WIDTH.search(wide)) and float(width[2]) > COLUMN:
        names.append("figure-wide")
    return (
        f'<figure class="{" ".join(names)}" data-search-exclude>'
        f'<div class="diagram" tabindex="0">{_sized(wide + narrow)}</div>'
        f'<figcaption><span class="figure-number"></span> {escape(title)}</figcaption>'
        "</figure>"
    )


def _sized(svg: str) -> str:
    """The drawings with their own width as a property: the stylesheet tells how far they shrink."""
    return WIDTH.sub(r"\1--natural:\2", svg)
