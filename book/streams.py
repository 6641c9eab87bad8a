"""Smaller content streams, of which a reader sees the same.

Chromium states the place of every single letter, because it rounds widths to 1/64 of a pixel. Here
each run of letters becomes one ``TJ``, with an adjustment where the rounding has added up to eight
thousandths of the font's size. And a dashed or dotted line, which Chromium draws as a hundred small
rectangles, becomes one line with a pattern of dashes.
"""

from __future__ import annotations

import re
from typing import Any, Final

import pikepdf

from book.states import say_once

TOLERATED: Final = 8.0  # thousandths of the font's size
RUN: Final = re.compile(
    rb"/(?P<font>\w+) (?P<size>[\d.]+) Tf\n(?P<matrix>[^\n]+ Tm)\n"
    rb"(?P<shown><[0-9A-F]+> Tj\n(?:-?[\d.]+ 0 Td <[0-9A-F]+> Tj\n)+)ET"
)
SHOWN: Final = re.compile(rb"(?:(-?[\d.]+) 0 Td )?<([0-9A-F]+)> Tj\n")

NUMBER: Final = rb"-?[\d.]+"
POINT: Final = rb"(?:" + NUMBER + rb" " + NUMBER + rb" "
QUAD: Final = POINT + rb"m\n)" + (POINT + rb"l\n)") * 3
RECTANGLE: Final = POINT + NUMBER + rb" " + NUMBER + rb" re\nf\n)"
DASHES: Final = re.compile(rb"(?:" + QUAD + rb"){3,}f\n|(?:" + RECTANGLE + rb"){3,}")
HEX: Final = re.compile(rb"<((?:[0-9A-F]{4})+)>")
SPECIAL: Final = re.compile(rb"[\\()\r\n]")
ESCAPED: Final = {
    **{byte: b"\\" + byte for byte in (b"\\", b"(", b")")},
    b"\r": b"\\r",
    b"\n": b"\\n",
}
SAME: Final = 0.02  # pixels
PLACED: Final = re.compile(rb"[^\n]+ (?:m|l|c|re|Tm)\n")
LONG: Final = re.compile(rb"-?\d*\.\d{3,}")

Widths = dict[int, float]
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
        content = join_letters(page.obj.Contents.read_bytes(), fonts)
        content = say_once(round_places(join_dashes(content)))
        page.obj.Contents.write(literals(content))


def literals(content: bytes) -> bytes:
    """The same content with each string as its own bytes, half as many as those of its digits."""
    return HEX.sub(_literal, content)


def _literal(found: re.Match[bytes]) -> bytes:
    text = bytes.fromhex(found[1].decode())
    return b"(" + SPECIAL.sub(lambda byte: ESCAPED[byte[0]], text) + b")"


def round_places(content: bytes) -> bytes:
    """The same content with places to a hundredth of a pixel."""

    def rounded(number: re.Match[bytes]) -> bytes:
        return _number(float(number[0])).encode()

    return PLACED.sub(lambda line: LONG.sub(rounded, line[0]), content)


def _number(value: float) -> str:
    """To a hundredth, and never with an exponent, which PDF does not know."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")


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


def join_letters(content: bytes, fonts: dict[bytes, Widths]) -> bytes:
    """The same content with each run of letters as one string; other content is left alone."""

    def joined(run: re.Match[bytes]) -> bytes:
        widths = fonts.get(run["font"])
        if widths is None:
            return run[0]
        shown = _array(run["shown"], float(run["size"]), widths)
        return b"/%b %b Tf\n%b\n%b TJ\nET" % (run["font"], run["size"], run["matrix"], shown)

    return RUN.sub(joined, content)


def _array(shown: bytes, size: float, widths: Widths) -> bytes:
    parts, off, width = [b"[<"], 0.0, 0.0
    for moved, letters in SHOWN.findall(shown):
        if moved:
            off += width - float(moved) * 1000 / size  # what TJ has to take back
        if abs(off) >= TOLERATED:
            taken = round(off)
            parts.append(b">%d<" % taken)
            off -= taken
        parts.append(letters)
        width = _width(letters, widths)
    return b"".join([*parts, b">]"])


def _width(letters: bytes, widths: Widths) -> float:
    glyphs = (int(letters[at : at + 4], 16) for at in range(0, len(letters), 4))
    return sum(widths.get(glyph, widths[-1]) for glyph in glyphs)


def join_dashes(content: bytes) -> bytes:
    """The same content with each row of equal rectangles at equal distances as one dashed line."""
    return DASHES.sub(_dashed, content)


def _dashed(found: re.Match[bytes]) -> bytes:
    boxes = _boxes(found[0])
    left, top, width, height = boxes[0]
    across = abs(boxes[1][0] - left) > SAME
    axis, length, thickness = (0, width, height) if across else (1, height, width)
    pitch = boxes[1][axis] - boxes[0][axis]
    if pitch <= length or not all(
        _is_alike(box, boxes[0], axis, pitch * index) for index, box in enumerate(boxes)
    ):
        return found[0]
    end = pitch * (len(boxes) - 1) + length
    middle = thickness / 2
    start = (left, top + middle) if across else (left + middle, top)
    stop = (left + end, start[1]) if across else (start[0], top + end)
    stroke = "q [{} {}] 0 d {} w {} {} m {} {} l S Q\n"
    numbers = (length, pitch - length, thickness, *start, *stop)
    return stroke.format(*map(_number, numbers)).encode()


def _boxes(content: bytes) -> list[Box]:
    numbers = [float(number) for number in re.findall(NUMBER, content)]
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
