"""Smaller content streams, of which a reader sees the same.

Chromium states the place of every single letter, because it rounds widths to 1/64 of a pixel and
spreads the letters of a line that fills its measure. Here each run of letters becomes one ``TJ``
with one distance between letters, and with an adjustment where the rest has added up to eight
thousandths of the font's size. And a dashed or dotted line, which Chromium draws as a hundred small
rectangles, becomes one line with a pattern of dashes.
"""

from __future__ import annotations

import math
import re
from statistics import median_low
from typing import Any, Final

import pikepdf

from book.runs import Widths, follow, gather
from book.states import number, say_once

TOLERATED: Final = 8.0  # thousandths of the font's size
STEP: Final = 4  # of adjustments: those that differ by a hair are written alike
SHOW: Final = rb"(?:(?:-?[\d.]+ 0 Td )?<[0-9A-F]+> Tj\n)+"
TEXT: Final = re.compile(
    rb"BT\n(?P<first>/\w+ [\d.]+ Tf\n)1 0 0 -1 (?P<left>[\d.-]+) (?P<base>[\d.-]+) Tm\n"
    rb"(?P<rest>" + SHOW + rb"(?:/\w+ [\d.]+ Tf\n" + SHOW + rb")*)ET"
)
PART: Final = re.compile(rb"(/\w+ [\d.]+ Tf\n)(" + SHOW + rb")")
RUN: Final = re.compile(
    rb"BT\n/(?P<font>\w+) (?P<size>[\d.]+) Tf\n(?P<matrix>[^\n]+ Tm)\n"
    rb"(?P<shown><[0-9A-F]+> Tj\n(?:-?[\d.]+ 0 Td <[0-9A-F]+> Tj\n)*)ET"
)
SHOWN: Final = re.compile(rb"(?:(-?[\d.]+) 0 Td )?<([0-9A-F]+)> Tj\n")

NUMBER: Final = rb"-?[\d.]+"
POINT: Final = NUMBER + rb" " + NUMBER + rb" "
QUAD: Final = POINT + rb"m\n" + (POINT + rb"l\n") * 3
RECTANGLE: Final = POINT + POINT + rb"re\nf\n"
DASHES: Final = re.compile(rb"(?:" + QUAD + rb"){3,}f\n|(?:" + RECTANGLE + rb"){3,}")
CIRCLE: Final = POINT + rb"m\n(?:" + POINT * 3 + rb"c\n)+h\n"
DOTS: Final = re.compile(rb"(?:" + CIRCLE + rb"){3,}f\n")
HEX: Final = re.compile(rb"<((?:[0-9A-F]{4})+)>")
SPECIAL: Final = re.compile(rb"[\\()\r\n]")
ESCAPED: Final = {
    **{byte: b"\\" + byte for byte in (b"\\", b"(", b")")},
    b"\r": b"\\r",
    b"\n": b"\\n",
}
SAME: Final = 0.02  # pixels
UNEVEN: Final = 0.05  # pixels: far down a long document, Chromium's places are no finer
DOT: Final = 0.01  # pixels
SQUARE: Final = 0  # ends of dashes
ROUND: Final = 1

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, width, height


def shrink_streams(pdf: pikepdf.Pdf) -> None:
    """Rewrite the content of every page."""
    known: dict[tuple[int, int], Widths] = {}
    for page in pdf.pages:
        fonts = {}
        for name, font in page.obj.Resources.get("/Font", {}).items():
            if font.get("/Subtype") == "/Type0":
                if font.objgen not in known:
                    known[font.objgen] = glyph_widths(font)
                fonts[name[1:].encode()] = known[font.objgen]
        content = join_letters(part_fonts(page.obj.Contents.read_bytes()), fonts)
        content = follow(gather(say_once(join_dashes(content))), fonts)
        page.obj.Contents.write(literals(content))


def literals(content: bytes) -> bytes:
    """The same content with each string as its own bytes, half as many as those of its digits."""
    return HEX.sub(_literal, content)


def _literal(found: re.Match[bytes]) -> bytes:
    text = bytes.fromhex(found[1].decode())
    return b"(" + SPECIAL.sub(lambda byte: ESCAPED[byte[0]], text) + b")"


def glyph_widths(font: Any) -> Widths:
    """The widths that a composite font states, by glyph; the default one is under -1."""
    descendant = font.DescendantFonts[0]
    widths: Widths = {-1: float(descendant.get("/DW", 1000))}
    listed = list(descendant.get("/W", []))
    while listed:
        first, then = int(listed.pop(0)), listed.pop(0)
        if isinstance(then, (int, float)) or not hasattr(then, "__len__"):
            width = float(listed.pop(0))
            widths.update(dict.fromkeys(range(first, int(then) + 1), width))
        else:
            widths.update({first + index: float(width) for index, width in enumerate(then)})
    return widths


def part_fonts(content: bytes) -> bytes:
    """The same content, each run of letters being in one font, and beginning where it is placed."""

    def parted(text: re.Match[bytes]) -> bytes:
        at, runs = float(text["left"]), []
        for font, shown in PART.findall(text["first"] + text["rest"]):
            moves = [float(moved or 0) for moved, _ in SHOWN.findall(shown)]
            at += moves[0]
            first = shown[shown.index(b"<") :]
            runs.append(
                b"BT\n%b1 0 0 -1 %b %b Tm\n%bET" % (font, number(at, 6), text["base"], first)
            )
            at += sum(moves[1:])
        return b"\n".join(runs)

    return TEXT.sub(parted, content)


def join_letters(content: bytes, fonts: dict[bytes, Widths]) -> bytes:
    """The same content with each run of letters as one string; other content is left alone."""

    def joined(run: re.Match[bytes]) -> bytes:
        widths = fonts.get(run["font"])
        if widths is None:
            return run[0]
        size = float(run["size"])
        gaps = _gaps(run["shown"], size, widths)
        apart = number(median_low([gap for _, gap in gaps[:-1]] or [0.0]) * size / 1000)
        text = b"%b TJ" % _array(gaps, float(apart) * 1000 / size)
        if float(apart):
            text = b"%b Tc\n%b\n0 Tc" % (apart, text)
        return b"BT\n/%b %b Tf\n%b\n%b\nET" % (run["font"], number(size), run["matrix"], text)

    return RUN.sub(joined, content)


def _gaps(shown: bytes, size: float, widths: Widths) -> list[tuple[bytes, float]]:
    """Each glyph, and how much more than its width it takes, in thousandths of the size."""
    gaps: list[tuple[bytes, float]] = []
    width = 0.0
    for moved, letters in SHOWN.findall(shown):
        if moved:
            gaps[-1] = (gaps[-1][0], float(moved) * 1000 / size - width)
        glyphs = [letters[at : at + 4] for at in range(0, len(letters), 4)]
        gaps += [(glyph, 0.0) for glyph in glyphs]
        width = sum(widths.get(int(glyph, 16), widths[-1]) for glyph in glyphs)
    return gaps


def _array(gaps: list[tuple[bytes, float]], apart: float) -> bytes:
    parts, off = [b"[<"], 0.0
    for glyph, gap in gaps[:-1]:
        parts.append(glyph)
        off += apart - gap  # what TJ has to take back
        if abs(off) >= TOLERATED:
            taken = round(off / STEP) * STEP
            parts.append(b">%d<" % taken)
            off -= taken
    return b"".join([*parts, gaps[-1][0], b">]"])


def join_dashes(content: bytes) -> bytes:
    """The same content with each row of equal boxes or dots as one line with a pattern."""
    content = DOTS.sub(_dotted, content)
    return DASHES.sub(_dashed, content)


def _dashed(found: re.Match[bytes]) -> bytes:
    boxes = _boxes(found[0])
    row = _row(boxes)
    if row is None:
        return found[0]
    left, top, width, height = boxes[0]
    axis, pitch = row
    length, thickness = (height, width) if axis else (width, height)
    middle = (left + width / 2, top) if axis else (left, top + height / 2)
    whole = pitch * (len(boxes) - 1) + length
    return _line(middle, axis, whole, (length, pitch), thickness, SQUARE)


def _dotted(found: re.Match[bytes]) -> bytes:
    circles = found[0].split(b"h\n")[:-1]
    dots = [dot for dot in map(_dot, circles) if dot]
    row = _row(dots) if len(dots) == len(circles) else None
    if row is None:
        return found[0]
    left, top, size, _ = dots[0]
    axis, pitch = row
    centre = (left + size / 2, top + size / 2)
    # A dot is a dash of hardly any length with round ends; the last one is to lie on the line.
    length = pitch * (len(dots) - 1) + DOT
    return _line(centre, axis, length, (DOT, pitch), size, ROUND)


def _row(boxes: list[Box]) -> tuple[int, float] | None:
    """Along which axis the boxes lie at equal distances, and at which; None if they do not."""
    first, second = boxes[:2]
    axis = 0 if abs(second[0] - first[0]) > SAME else 1
    pitch = second[axis] - first[axis]
    if pitch <= first[2 + axis] or not all(
        _is_alike(box, first, axis, pitch * index) for index, box in enumerate(boxes)
    ):
        return None
    return axis, pitch


def _line(
    start: Point,
    axis: int,
    length: float,
    dash: tuple[float, float],
    thickness: float,
    ends: int,
) -> bytes:
    """A line whose dashes have this length and this distance."""
    stop = (start[0], start[1] + length) if axis else (start[0] + length, start[1])
    drawn, pitch = dash
    pattern = number(drawn, 4) + b" " + number(pitch - drawn, 4)
    first, last = (b" ".join(map(number, point)) for point in (start, stop))
    stroke = b"q %d J [%b] 0 d %b w %b m %b l S Q\n"
    return stroke % (ends, pattern, number(thickness), first, last)


def _dot(circle: bytes) -> Box | None:
    """The box of a circle; None if this is another shape."""
    numbers = [float(one) for one in re.findall(NUMBER, circle)]
    # after the first point, every third one is where a curve ends
    xs, ys = [numbers[0], *numbers[6::6]], [numbers[1], *numbers[7::6]]
    left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    centre, radius = (left + width / 2, top + height / 2), width / 2
    distances = [math.dist(centre, point) for point in zip(xs, ys, strict=True)]
    is_round = all(abs(distance - radius) <= UNEVEN for distance in distances)
    return (left, top, width, height) if is_round else None


def _boxes(content: bytes) -> list[Box]:
    numbers = [float(one) for one in re.findall(NUMBER, content)]
    if content.rstrip().endswith(b"re\nf"):
        return [tuple(numbers[at : at + 4]) for at in range(0, len(numbers), 4)]  # type: ignore[misc]
    boxes = []
    for at in range(0, len(numbers), 8):
        xs, ys = numbers[at : at + 8 : 2], numbers[at + 1 : at + 8 : 2]
        boxes.append((min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    return boxes


def _is_alike(box: Box, first: Box, axis: int, moved: float) -> bool:
    wanted = [first[0], first[1], first[2], first[3]]
    wanted[axis] += moved
    return all(abs(one - other) <= SAME for one, other in zip(box, wanted, strict=True))
