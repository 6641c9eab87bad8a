"""Runs of text that follow each other in one text object, each placed by the one before it.

Chromium begins a text object for each run, and places it from the corner of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from book.states import number

Widths = dict[int, float]
Place = tuple[float, float]

# A piece in which nothing is but text, so that it can stand in a text object as a whole.
PIECE: Final = re.compile(
    rb"(/\w+ <</MCID \d+ >>BDC\n)((?:BT\n(?:[^\n]+ (?:Tf|Tc|Tm|TJ|Tj|rg|gs|scn)\n)+ET\n)+)EMC\n"
)
UPRIGHT: Final = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm")
SHOWN: Final = re.compile(rb"<([0-9A-F]+)>|(-?[\d.]+)")
TOUCHING: Final = 0.05  # pixels between the end of a run and the place of the next
EVEN: Final = 0.005  # pixels: on the same line


def gather(content: bytes) -> bytes:
    """The same content with as few text objects as there can be."""

    def whole(piece: re.Match[bytes]) -> bytes:
        text = piece[2].replace(b"BT\n", b"").replace(b"ET\n", b"")
        return b"BT\n%b%bEMC\nET\n" % (piece[1], text)

    return PIECE.sub(whole, content).replace(b"ET\nBT\n", b"")


@dataclass(frozen=True)
class Pen:
    """The font that holds, and its spacing."""

    font: bytes = b""
    size: float = 0.0
    apart: float = 0.0

    def width(self, shown: bytes, widths: Widths) -> float:
        """How far a string, or an array of strings, moves the pen, in pixels."""
        moved = 0.0
        for letters, taken in SHOWN.findall(shown):
            glyphs = [int(letters[at : at + 4], 16) for at in range(0, len(letters), 4)]
            moved += sum(widths.get(glyph, widths[-1]) for glyph in glyphs) - float(taken or 0)
            moved += len(glyphs) * self.apart * 1000 / self.size
        return moved * self.size / 1000


@dataclass
class Following:
    """The lines so far; in this text object, the place stated last, and where the pen is."""

    fonts: dict[bytes, Widths]
    lines: list[bytes] = field(default_factory=list)
    pen: Pen = field(default_factory=Pen)
    saved: list[Pen] = field(default_factory=list)
    start: Place | None = None
    end: Place | None = None

    def take(self, line: bytes) -> None:
        operator = line.rpartition(b" ")[2]
        if operator == b"Tm":
            self._place(line)
            return
        if operator == b"BT":
            self.start = self.end = None
        elif line == b"q":
            self.saved.append(self.pen)
        elif line == b"Q":
            self.pen = self.saved.pop()
        elif operator == b"Tf":
            self.pen = replace(self.pen, font=line.split()[0][1:], size=float(line.split()[1]))
        elif operator == b"Tc":
            self.pen = replace(self.pen, apart=float(line.split()[0]))
        elif operator in (b"Tj", b"TJ"):
            self._show(line)
        self.lines.append(line)

    def _place(self, line: bytes) -> None:
        found = UPRIGHT.fullmatch(line)
        place = (float(found[1]), float(found[2])) if found else None
        if place and self.end and _touch(place, self.end):
            return
        if place and self.start:
            across, up = place[0] - self.start[0], self.start[1] - place[1]
            line = b"%b %b Td" % (number(across), number(up))
        self.lines.append(line)
        self.start = self.end = place

    def _show(self, line: bytes) -> None:
        widths = self.fonts.get(self.pen.font)
        if widths is None or b" Td " in line:  # where it ends is not known
            self.start = self.end = None
        elif self.end:
            self.end = (self.end[0] + self.pen.width(line, widths), self.end[1])


def follow(content: bytes, fonts: dict[bytes, Widths]) -> bytes:
    """The same content, a run being placed only where it does not begin where the last one ends."""
    following = Following(fonts)
    for line in content.split(b"\n"):
        following.take(line)
    return b"\n".join(following.lines)


def _touch(place: Place, end: Place) -> bool:
    return abs(place[0] - end[0]) < TOUCHING and abs(place[1] - end[1]) < EVEN
