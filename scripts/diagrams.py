"""``make diagrams``: draws every Mermaid diagram of the pages, in Chromium.

Mermaid reads them all. Sequence and state diagrams are then drawn by drawing/, in two widths, each
time and everywhere to the same bytes; what is not drawn there, flow charts for one, Mermaid draws
itself, once. A drawing is an SVG without colours and styles (docs/assets/styles/diagrams.css has
those), under a name made of the diagram's text. Drawings that no page uses any more are removed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from common.browser import find_browser, launch_arguments
from common.places import ROOT
from drawing.draw import draw
from drawing.faults import faults
from drawing.parsed import READ, Unsupported, read
from drawing.svg import as_svg
from site_plugin.diagrams import DRAWN, check, drawing, key_of, narrow_drawing
from site_plugin.fences import FenceError, Place, scan
from site_plugin.kinds.specification import expand

MERMAID = ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
SETTINGS = {
    "startOnLoad": False,
    "theme": "base",
    "look": "classic",
    "fontFamily": "sans-serif",
    "deterministicIds": True,
    "securityLevel": "strict",
    "htmlLabels": False,
    "flowchart": {"htmlLabels": False, "useMaxWidth": True, "wrappingWidth": 360},
}
NOISE = re.compile(
    r"<style>.*?</style>"
    r"|<g></g>|<defs></defs>"
    r"| (?:style|data-et|data-id|data-from|data-to|data-look|data-points|data-edge"
    r'|alignment-baseline|dominant-baseline|stroke|stroke-width|fill)="[^"]*"',
    re.S,
)
DEFINITIONS = re.compile(r"<defs>.*?</defs>|<marker .*?</marker>", re.S)


def diagrams() -> Iterator[tuple[str, str]]:
    """Each diagram's source, and where it stands."""
    for path in sorted((ROOT / "docs").rglob("*.md")):
        place = Place(path.relative_to(ROOT).as_posix(), 0)
        text = expand(path.read_text("utf-8"), path.relative_to(ROOT / "docs").parts[0], place)
        for fence in scan(text):
            if fence.language == "mermaid":
                check(fence.text, place.error, fence.start)
                yield fence.text, f"{place.page}:{fence.start + 1}"


def main() -> int:
    try:
        found = dict(diagrams())
    except FenceError as error:
        print(error, file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=launch_arguments()
        )
        wanted, failed = draw_all(with_mermaid(browser.new_page()), found)
        browser.close()
    for path in sorted({*DRAWN.rglob("*.svg")} - wanted):
        path.unlink()
        print(f"removed {name_of(path)}, which no page uses")
    if not failed:
        print(f"all {len(found)} diagrams are drawn")
    return 1 if failed else 0


def with_mermaid(page: Page) -> Page:
    """The page, in which Mermaid is then there with our settings."""
    page.set_content("<!doctype html><meta charset=utf-8><body></body>")
    page.add_script_tag(path=str(MERMAID))
    page.evaluate("settings => mermaid.initialize(settings)", SETTINGS)
    return page


def draw_all(page: Page, found: dict[str, str]) -> tuple[set[Path], bool]:
    """Write each drawing that is new or has changed; which there are, and whether one failed."""
    (DRAWN / "narrow").mkdir(parents=True, exist_ok=True)
    wanted, failed = {drawing(source) for source in found}, False
    for source, where in found.items():
        try:
            files = drawings(page, source, where)
        except Exception as error:  # whatever Mermaid says of the text
            print(f"{where}: {str(error).splitlines()[0]}", file=sys.stderr)
            failed = True
            continue
        wanted |= files.keys()
        for path, svg in files.items():
            if not path.exists() or path.read_text("utf-8") != svg:
                path.write_text(svg, "utf-8")
                print(f"drew {where} as {name_of(path)}")
    return wanted, failed


def drawings(page: Page, source: str, where: str) -> dict[Path, str]:
    """The files of a diagram: two if it is drawn here, else the one that Mermaid draws or drew."""
    key, path = key_of(source), drawing(source)
    try:
        diagram = read(page.evaluate(READ, source))
    except Unsupported as what:
        print(f"{where}: Mermaid draws this itself, since drawing/ does not know: {what}")
        diagram = None
    if diagram is None:
        is_drawn = path.exists() and not narrow_drawing(source).exists()
        return {path: path.read_text("utf-8") if is_drawn else by_mermaid(page, source)}
    files = {}
    for file, name, narrow in (
        (path, f"d{key}", False),
        (narrow_drawing(source), f"n{key}", True),
    ):
        picture = draw(diagram, narrow)
        if found := faults(picture):
            raise ValueError(f"{found[0]}; use shorter words, or break them by <br>")
        files[file] = as_svg(picture, name)
    return files


def by_mermaid(page: Page, source: str) -> str:
    script = "async ([name, source]) => (await mermaid.render(name, source)).svg"
    return clean(page.evaluate(script, [f"d{key_of(source)}", source]))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def clean(svg: str) -> str:
    """The drawing without what the stylesheet says, and without definitions that nothing uses."""
    start = re.search(r"<svg[^>]*>", svg)
    assert start is not None
    head = start[0]
    width = re.search(r"max-width: ([\d.]+)px", head)
    body = svg[start.end() :]
    used = set(re.findall(r"url\(#([^)]+)\)", body)) | set(re.findall(r'href="#([^"]+)"', body))

    def keep(match: re.Match[str]) -> str:
        return match[0] if any(f'id="{name}"' in match[0] for name in used) else ""

    body = NOISE.sub("", DEFINITIONS.sub(keep, NOISE.sub("", body)))
    head = NOISE.sub("", head)
    if width:
        size = f' style="width:{round(float(width[1]))}px"'
        head = re.sub(r' width="100%"', size, head)
    return (head + body).strip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
