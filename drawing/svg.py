"""Writes a drawing as SVG, without colours: docs/assets/styles/diagrams.css has those."""

from __future__ import annotations

from html import escape

from drawing.picture import Dot, Picture, Point, Stroke, Text, shown


def as_svg(picture: Picture, name: str) -> str:
    """The drawing as one line of SVG; ``name`` is its id, once in a page."""
    width, height = number(picture.width), number(picture.height)
    groups = "".join(
        f'<g class="{group.name}">{"".join(map(part_of, group.parts))}</g>'
        for group in picture.groups
        if group.parts
    )
    return (
        f'<svg id="{name}" class="drawn {shown(picture.width, picture.narrow)}" xmlns="http://www.w3.org/2000/svg"'
        f' style="width:{width}px" viewBox="0 0 {width} {height}"'
        f' role="graphics-document document" aria-roledescription="{picture.kind}"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        f'<title id="{name}-title">{escape(picture.title, quote=False)}</title>'
        f'<desc id="{name}-desc">{escape(picture.description, quote=False)}</desc>'
        f"{groups}</svg>\n"
    )


def part_of(part: Text | Stroke | Dot) -> str:
    """One text, path or circle."""
    if isinstance(part, Text):
        return text_of(part)
    if isinstance(part, Dot):
        place = f'cx="{number(part.x)}" cy="{number(part.y)}" r="{number(part.radius)}"'
        return f'<circle class="{part.name}" {place}/>'
    end = "Z" if part.closed else ""
    path = "".join(run_of(run) + end for run in part.runs)
    return f'<path class="{part.name}" d="{path}"/>'


def run_of(points: tuple[Point, ...]) -> str:
    """A line's points as a path: from the first, level and upright pieces by one number each."""
    (x, y), *others = points
    path = f"M{number(x)} {number(y)}"
    for u, v in others:
        if v == y:
            path += f"H{number(u)}"
        elif u == x:
            path += f"V{number(v)}"
        else:
            path += f"L{number(u)} {number(v)}"
        x, y = u, v
    return path


def text_of(text: Text) -> str:
    face, x = text.face, number(text.x)
    first = text.top + face.leading / 2 + 0.36 * face.size  # the baseline
    name = face.name + ("" if text.anchor == "middle" else f" {text.anchor}")
    line, *others = (escape(line, quote=False) for line in text.lines)
    more = "".join(f'<tspan x="{x}" dy="{number(face.leading)}">{line}</tspan>' for line in others)
    return f'<text class="{name}" x="{x}" y="{number(first)}">{line}{more}</text>'


def number(value: float) -> str:
    """To half a pixel, which is sharp on every screen, in as few characters as can be."""
    return f"{round(value * 2) / 2:g}"
