"""``make diagrams``: draws every Mermaid diagram of the pages, in Chromium.

Mermaid reads them all. Sequence and state diagrams are then drawn by drawing/, each time and
everywhere to the same bytes; flow charts Mermaid draws itself, once, by the fonts of the machine.
A drawing is an SVG without colours and styles (docs/assets/styles/diagrams.css has those), under a
name made of the diagram's text; narrow/ has the same for telephones. Drawings that no page uses any
more are removed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from common.browser import find_browser, launch_arguments
from common.places import ROOT
from drawing.draw import draw
from drawing.faults import faults
from drawing.parsed import READ, Sequence, States, Unsupported, read
from drawing.svg import as_svg
from scripts.mermaid import draw_chart, render, with_mermaid
from site_plugin.diagrams import DRAWN, check, drawing, key_of, narrow_drawing
from site_plugin.fences import FenceError, Place, scan
from site_plugin.kinds.specification import expand


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
    """The files of a diagram: the wide and the narrow one, but for what Mermaid alone knows."""
    wide, narrow = drawing(source), narrow_drawing(source)
    names = {wide: f"d{key_of(source)}", narrow: f"n{key_of(source)}"}
    try:
        diagram = read(page.evaluate(READ, source))
    except Unsupported as what:
        print(f"{where}: Mermaid draws this itself, since drawing/ does not know: {what}")
        return {wide: render(page, source, names[wide])}
    if diagram:
        return {file: drawn(diagram, name, file == narrow) for file, name in names.items()}
    if wide.exists() and narrow.exists():
        return {file: file.read_text("utf-8") for file in names}
    return {file: draw_chart(page, source, name, file == narrow) for file, name in names.items()}


def drawn(diagram: Sequence | States, name: str, narrow: bool) -> str:
    """The SVG; raises ValueError if it has a fault."""
    picture = draw(diagram, narrow)
    if found := faults(picture):
        raise ValueError(f"{found[0]}; use shorter words, or break them by <br>")
    return as_svg(picture, name)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
