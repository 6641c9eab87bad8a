"""Mermaid in a page of Chromium: it reads diagrams, and draws those that drawing/ does not.

A flow chart is drawn in the two widths that a page has (drawing/picture.py): lines are broken as in
our own drawings, and what stands between boxes gets less and less, until it fits.
"""

from __future__ import annotations

import re
from typing import Any, Final

from playwright.sync_api import Page

from common.places import ROOT
from drawing.letters import PROSE, wrapped
from drawing.picture import NARROW, shown

MERMAID: Final = ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
_SETTINGS: Final = {
    "startOnLoad": False,
    "theme": "base",
    "look": "classic",
    "fontFamily": "sans-serif",
    "themeVariables": {"fontSize": f"{PROSE.size}px"},
    "deterministicIds": True,
    "securityLevel": "strict",
    "htmlLabels": False,
}
# Px: what a line has, the room between boxes, between rows, and around words; tightest last.
_TIGHTER: Final = {
    False: ((300, 40, 40, 12), (200, 30, 34, 10), (150, 24, 30, 8)),
    True: ((130, 20, 30, 8), (100, 14, 28, 7), (84, 12, 26, 6), (76, 10, 24, 5), (66, 8, 22, 4)),
}
# How wide a drawing may be, px: letters of 14 px may come out as 13 in a column, 12 on a telephone.
_MOST: Final = {False: 620.0, True: NARROW * 14 / 12}
_NOISE: Final = re.compile(
    r"<style>.*?</style>"
    r"|<g></g>|<defs></defs>"
    r"| (?:style|data-et|data-id|data-from|data-to|data-look|data-points|data-edge"
    r"|alignment-baseline|dominant-baseline|stroke|stroke-width|fill|font-style|font-weight"
    r'|transform="translate\(0, 0\)|aria-hidden)="[^"]*"',
    re.S,
)
_DEFINITIONS: Final = re.compile(r"<defs>.*?</defs>|<marker .*?</marker>", re.S)
_WORD: Final = re.compile(r'<tspan class="text-inner-tspan">(.*?)</tspan>')
_ROWS: Final = re.compile(r"(?:<tspan class=\"text-outer-tspan[^>]*>[^<]*</tspan>)+")
_ROW: Final = re.compile(r"<tspan [^>]*>([^<]*)</tspan>")
_LONG: Final = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?(?!\d*em)")
_TEXT: Final = re.compile(r'(?<=[\[{(])(?<!\[\()"([^"]+)"')
_LABEL: Final = re.compile(r'\|"?([^|"]+)"?\|')
_BLANK: Final = (
    "\N{BRAILLE PATTERN BLANK}"  # Mermaid cuts off any other; taken out when it is drawn
)
_LEADING: Final = 1.2  # em from line to line; Mermaid leaves room for 1.1 and a margin


def with_mermaid(page: Page) -> Page:
    """The page, in which Mermaid is then there with our settings."""
    page.set_content("<!doctype html><meta charset=utf-8><body></body>")
    page.add_script_tag(path=str(MERMAID))
    page.evaluate("settings => mermaid.initialize(settings)", _SETTINGS)
    return page


def draw_chart(page: Page, source: str, name: str, narrow: bool) -> str:
    """A flow chart as it fits its width, or else as narrow as it can be."""
    drawn: list[tuple[float, str]] = []
    for most, between, rows, pad in _TIGHTER[narrow]:
        chart = {
            "htmlLabels": False,
            "wrappingWidth": 600,  # lines are broken already
            "minNodeWidth": 56,
            "diagramPadding": 2,
            "nodeSpacing": between,
            "rankSpacing": rows,
            "padding": pad,
            "subGraphTitleMargin": {"top": 4, "bottom": 6},
        }
        svg = render(page, in_lines(source, most), name, {"flowchart": chart})
        drawn.append((width_of(svg), svg))
        if drawn[-1][0] <= _MOST[narrow]:
            break
    width, svg = min(drawn)
    return svg.replace('class="flowchart"', f'class="flowchart {shown(width * 0.93, narrow)}"', 1)


def in_lines(source: str, most: float) -> str:
    """The diagram with its texts in lines of so many px, and with blanks around arrows' labels.

    The text of a cylinder stays as it is: there is no room for more lines in it.
    """

    def lines_of(text: str, blank: str = "") -> str:
        lines = wrapped(re.sub(r"<br\s*/?>", "\n", text), PROSE, most)
        return '"' + "<br>".join(f"{blank}{line}{blank}" for line in lines) + '"'

    def broken(line: str) -> str:
        if line.lstrip().startswith("acc"):
            return line
        line = _TEXT.sub(lambda match: lines_of(match[1]), line)
        return _LABEL.sub(lambda match: f"|{lines_of(match[1], _BLANK)}|", line)

    return "\n".join(map(broken, source.splitlines()))


def render(page: Page, source: str, name: str, settings: dict[str, Any] | None = None) -> str:
    """What Mermaid draws, without what the stylesheet says."""
    page.evaluate("settings => mermaid.initialize(settings)", {**_SETTINGS, **(settings or {})})
    script = "async ([name, source]) => (await mermaid.render(name, source)).svg"
    return clean(page.evaluate(script, [name, source]))


def width_of(svg: str) -> float:
    width = re.search(r'style="width:(\d+)px"', svg)
    assert width is not None
    return float(width[1])


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

    body = _NOISE.sub("", _DEFINITIONS.sub(keep, _NOISE.sub("", body)))
    body = _ROWS.sub(with_leading, _WORD.sub(r"\1", body)).replace(_BLANK, "")
    head = _NOISE.sub("", head)
    if width:
        size = f' style="width:{round(float(width[1]))}px"'
        head = re.sub(r' width="100%"', size, head)
    return _LONG.sub(shorter, (head + body).strip()) + "\n"


def with_leading(match: re.Match[str]) -> str:
    """The lines of a label, further apart than Mermaid sets them, around the same middle."""
    rows = _ROW.findall(match[0])
    first = 1.0 - (len(rows) - 1) * (_LEADING - 1.1) / 2
    return "".join(
        f'<tspan x="0" y="{first + row * _LEADING:.3g}em">{text}</tspan>'
        for row, text in enumerate(rows)
    )


def shorter(match: re.Match[str]) -> str:
    """A number to a tenth of a pixel."""
    return f"{round(float(match[0]), 1) + 0.0:g}"
