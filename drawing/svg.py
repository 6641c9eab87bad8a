"""Writes a drawing as SVG, without colours: docs/assets/styles/diagrams.css has those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from math import hypot

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
    path = "".join(run_of(rounded(run, part)) + end for run in part.runs)
    return f'<path class="{part.name}" d="{path}"/>'


def run_of(points: Iterable[Point | tuple[Point, Point]]) -> str:
    """A line's points as a path: from the first, level and upright pieces by one number each.

    A pair of points is a corner and where the curve around it ends.
    """
    path, x, y = "", 0.0, 0.0
    for point in points:
        if isinstance(point[0], tuple):
            (a, b), (u, v) = point
            path += f"Q{number(a)} {number(b)} {number(u)} {number(v)}"
        else:
            u, v = point
            path += _straight(x, y, u, v) if path else f"M{number(u)} {number(v)}"
        x, y = u, v
    return path


def _straight(x: float, y: float, u: float, v: float) -> str:
    if v == y:
        return f"H{number(u)}"
    return f"V{number(v)}" if u == x else f"L{number(u)} {number(v)}"


def rounded(run: tuple[Point, ...], stroke: Stroke) -> Iterator[Point | tuple[Point, Point]]:
    """The points of a run, each rounded corner as where its curve begins, and then as a pair."""
    last = len(run) - 1
    for place, corner in enumerate(run):
        is_end = not stroke.closed and place in (0, last)
        if is_end or not stroke.radius:
            yield corner
            continue
        before, after = run[place - 1], run[(place + 1) % len(run)]
        yield _towards(corner, before, stroke.radius)
        yield corner, _towards(corner, after, stroke.radius)


def _towards(start: Point, end: Point, far: float) -> Point:
    """The point that lies ``far`` px on the way from one to another, or halfway if that is less."""
    (x, y), (u, v) = start, end
    share = min(far / (hypot(u - x, v - y) or 1), 0.5)
    return x + (u - x) * share, y + (v - y) * share


def text_of(text: Text) -> str:
    face, x = text.face, number(text.x)
    first = text.top + face.leading / 2 + 0.36 * face.size  # the baseline
    anchor = "" if text.anchor == "middle" else text.anchor
    name = " ".join(filter(None, (face.name, anchor, text.tone)))
    line, *others = (escape(line, quote=False) for line in text.lines)
    more = "".join(f'<tspan x="{x}" dy="{number(face.leading)}">{line}</tspan>' for line in others)
    return f'<text class="{name}" x="{x}" y="{number(first)}">{line}{more}</text>'


def number(value: float) -> str:
    """To half a pixel, which is sharp on every screen, in as few characters as can be."""
    return f"{round(value * 2) / 2:g}"
