"""``make diagrams``: draws every Mermaid diagram of the pages that is not drawn yet.

A drawing is an SVG without colours and styles (docs/assets/styles/diagrams.css has those), under a
name made of the diagram's text. Drawings that no page uses any more are removed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from common.browser import find_browser, launch_arguments
from common.places import ROOT
from site_plugin.diagrams import DRAWN, check, drawing, key_of
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
    "sequence": {"useMaxWidth": True, "mirrorActors": False, "messageMargin": 34},
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
    wanted = {drawing(source) for source in found}
    for path in sorted(set(DRAWN.glob("*.svg")) - wanted):
        path.unlink()
        print(f"removed {path.name}, which no page uses")
    missing = {source: where for source, where in found.items() if not drawing(source).exists()}
    if not missing:
        print(f"all {len(wanted)} diagrams are drawn")
        return 0
    return draw_all(missing)


def draw_all(missing: dict[str, str]) -> int:
    DRAWN.mkdir(exist_ok=True)
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=launch_arguments()
        )
        page = browser.new_page()
        page.set_content("<!doctype html><meta charset=utf-8><body></body>")
        page.add_script_tag(path=str(MERMAID))
        page.evaluate("settings => mermaid.initialize(settings)", SETTINGS)
        for source, where in missing.items():
            try:
                svg = draw(page, source)
            except Exception as error:  # whatever Mermaid says of the text
                print(f"{where}: {str(error).splitlines()[0]}", file=sys.stderr)
                failed += 1
                continue
            drawing(source).write_text(svg, "utf-8")
            print(f"drew {where} as diagrams/{drawing(source).name}")
        browser.close()
    return 1 if failed else 0


def draw(page: Page, source: str) -> str:
    name = f"d{key_of(source)}"
    script = "async ([name, source]) => (await mermaid.render(name, source)).svg"
    return clean(page.evaluate(script, [name, source]))


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
