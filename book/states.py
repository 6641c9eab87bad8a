"""Content streams in which each thing is said once, where it is first needed.

Chromium begins a frame of its own for every box that it draws, and states colour and font for every
run of letters in it. Here what is filled, clipped or written moves into the frame of the page, and
only lines that are drawn with a pen keep theirs; what holds already is not stated again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from common.problem import Problem

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
SAME: Final = 1e-5  # of scales: over a page, a hundredth of a pixel
COLOURS: Final = re.compile(rb"(?P<stroke>(?:[\d.]+ ){3}RG) (?P<fill>(?:[\d.]+ ){3}rg)")
PATTERNS: Final = re.compile(rb"/Pattern CS/Pattern cs(?P<name>/\w+) SCN/\w+ scn")
DASHED: Final = re.compile(rb"(q \d J \[.*\] 0 d [\d.]+ w )(\S+ \S+ m) (\S+ \S+ l) S Q")
PATH: Final = (b"m", b"l", b"c", b"re", b"h")
KEPT: Final = (b"BT", b"ET", b"EMC", b"BDC")
CLIPS: Final = (b"n",)
# What needs its own frame, as far as these numbers of it: a pen's is the scale, a drawing's all.
# A Q ends a dashed line of book/streams.py.
OWN_FRAME: Final = {b"S": 4, b"Q": 4, b"Do": 6}
# What has to hold for what draws. A drawing of its own states all but the spacing of letters.
NEEDED: Final[dict[bytes, tuple[str, ...]]] = {
    b"n": (),
    b"f": ("given", "fill"),
    b"f*": ("given", "fill"),
    b"S": ("given", "stroke"),
    b"Q": ("given", "stroke"),
    b"Do": ("given", "spacing"),
    b"Tm": (),
    b"Tj": ("given", "font", "spacing", "fill"),
    b"TJ": ("given", "font", "spacing", "fill"),
}
SETTINGS: Final = {b"gs": "given", b"Tf": "font", b"Tc": "spacing"}


@dataclass(frozen=True)
class State:
    """What holds at a place, each as the line that states it."""

    frame: Matrix = IDENTITY
    fill: bytes = b"0 0 0 rg"
    stroke: bytes = b"0 0 0 RG"
    given: bytes = b""
    font: bytes = b""
    spacing: bytes = b"0 Tc"


@dataclass
class Level:
    """A ``q``: what it saved, and what the output had saved if it needed one too."""

    told: State
    written: State | None = None


@dataclass
class Rewriting:
    """``told`` is what holds in the source, ``written`` what the lines so far have stated."""

    lines: list[bytes] = field(default_factory=list)
    told: State = field(default_factory=State)
    written: State = field(default_factory=State)
    levels: list[Level] = field(default_factory=list)
    path: list[bytes] = field(default_factory=list)
    entered: bool = False  # the page has its frame: that of what is drawn first

    def take(self, line: bytes) -> None:
        operator = line.rpartition(b" ")[2].removeprefix(b">>")
        if operator in PATH:
            self.path.append(line)
        elif operator in KEPT:
            self.lines.append(line)
        elif operator in SETTINGS:
            said: dict[str, Any] = {SETTINGS[operator]: line}
            self.told = replace(self.told, **said)
        elif colours := COLOURS.fullmatch(line):
            self.told = replace(self.told, stroke=colours["stroke"], fill=colours["fill"])
        elif pattern := PATTERNS.fullmatch(line):
            fill, stroke = b"/Pattern cs%b scn" % pattern[1], b"/Pattern CS%b SCN" % pattern[1]
            self.told = replace(self.told, stroke=stroke, fill=fill)
        elif operator == b"cm":
            self.told = replace(self.told, frame=product(_matrix(line), self.told.frame))
        elif operator == b"q":
            self.levels.append(Level(self.told))
        elif operator == b"Q" and not DASHED.fullmatch(line):
            self._close()
        elif line:
            self._draw(line, operator)

    def _draw(self, line: bytes, operator: bytes) -> None:
        needed = NEEDED.get(operator)
        if needed is None:
            raise Problem(f"book/states.py does not know the operator in {line[:60]!r}.")
        if not self.entered:
            self._enter()
        if operator in CLIPS:
            self._open()
        if not _agree(self._way(), OWN_FRAME.get(operator, 0)):
            self._open()
            self._enter()
        self._state(needed)
        way = self._way()
        self.lines += [part for one in self.path for part in move(one, way)]
        self.path.clear()
        self.lines.append(_moved(line, operator, way))

    def _way(self) -> Matrix:
        """From the frame of the source to the one that is written."""
        return product(self.told.frame, inverse(self.written.frame))

    def _enter(self) -> None:
        self.lines.append(_write(self._way(), 7) + b" cm")
        self.written = replace(self.written, frame=self.told.frame)
        self.entered = True

    def _open(self) -> None:
        if self.levels and self.levels[-1].written is None:
            self.levels[-1].written = self.written
            self.lines.append(b"q")

    def _close(self) -> None:
        level = self.levels.pop()
        self.told = level.told
        if level.written is not None:
            self.written = level.written
            self.lines.append(b"Q")

    def _state(self, names: tuple[str, ...]) -> None:
        for name in names:
            wanted = getattr(self.told, name)
            if wanted and wanted != getattr(self.written, name):
                self.lines.append(wanted)
                self.written = replace(self.written, **{name: wanted})


def say_once(content: bytes) -> bytes:
    """The same content, each operator of which stands in a line of its own."""
    rewriting = Rewriting()
    for line in content.split(b"\n"):
        rewriting.take(line)
    return b"\n".join(rewriting.lines)


def move(line: bytes, way: Matrix) -> list[bytes]:
    """A step of a path in another frame; of a box that is turned, its four sides."""
    *numbers, operator = line.split()
    values = [float(number) for number in numbers]
    if operator == b"re":
        left, top, width, height = values
        if abs(way[1]) < SAME and abs(way[2]) < SAME:
            x, y = apply(way, left, top)
            return [_join((x, y, width * way[0], height * way[3]), operator)]
        right, bottom = left + width, top + height
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        sides = zip(corners, (b"m", b"l", b"l", b"l"), strict=True)
        return [*(_join(apply(way, *corner), side) for corner, side in sides), b"h"]
    points = zip(values[::2], values[1::2], strict=True)
    return [_join([one for point in points for one in apply(way, *point)], operator)]


def _moved(line: bytes, operator: bytes, way: Matrix) -> bytes:
    if operator == b"Tm":
        return _write(product(_matrix(line), way)) + b" Tm"
    if dashed := DASHED.fullmatch(line):
        ends = move(dashed[2], way) + move(dashed[3], way)
        return b"%b%b S Q" % (dashed[1], b" ".join(ends))
    return line


def product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    x, y = apply(then, e, f)
    p, q, r, s = then[:4]
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y)


def inverse(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    turned = (d / size, -b / size, -c / size, a / size, 0.0, 0.0)
    x, y = apply(turned, -e, -f)
    return (*turned[:4], x, y)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f


def number(value: float, digits: int = 2) -> bytes:
    """To a hundredth, and never with an exponent, which PDF does not know."""
    text = f"{round(value, digits) + 0:.{digits}f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", text).encode()


def _agree(way: Matrix, count: int) -> bool:
    """Whether the first numbers of it leave everything as it is."""
    return all(abs(way[index] - IDENTITY[index]) < SAME for index in range(count))


def _matrix(line: bytes) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in line.split()[:6])
    return (a, b, c, d, e, f)


def _write(matrix: Matrix, digits: int = 5) -> bytes:
    scales = b" ".join(number(one, digits) for one in matrix[:4])
    return b"%b %b %b" % (scales, number(matrix[4]), number(matrix[5]))


def _join(values: tuple[float, ...] | list[float], operator: bytes) -> bytes:
    return b" ".join([*map(number, values), operator])
