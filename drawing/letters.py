"""How wide text is, without a font: by a table, a little wider than the fonts that readers have.

Widths are in px at the size at which a face is drawn (docs/assets/styles/diagrams.css has the same
sizes). What is not ASCII counts as a full-width character: 1 em, as Chinese is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_FIRST: Final = " "
# In thousandths of an em, from the space to the tilde: those of Noto Sans, the widest of the usual.
_SANS: Final = (
    *(260, 268, 408, 646, 572, 831, 729, 225, 300, 300, 551, 572, 268, 322, 268, 372),
    *(572,) * 10,
    *(268, 268, 572, 572, 572, 434, 897),
    *(639, 650, 632, 729, 556, 519, 728, 741, 339, 290, 619, 521, 907),
    *(760, 781, 605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572),
    *(329, 372, 329, 572, 444, 281),
    *(561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 524, 258, 935),
    *(618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470),
    *(380, 550, 380, 572),
)
_MONO: Final = (605,) * len(_SANS)


@dataclass(frozen=True)
class Face:
    """One way of setting text: its name in the stylesheet, and its measures in px."""

    name: str
    size: float
    leading: float
    widths: tuple[int, ...]
    margin: float = 1.04  # fonts differ: how much wider than the table one may be

    def width(self, text: str) -> float:
        """How wide a line is at most, px."""
        return sum(map(self._advance, text)) * self.size * self.margin

    def widest(self, lines: Iterable[str]) -> float:
        """How wide several lines are, px."""
        return max(map(self.width, lines), default=0.0)

    def _advance(self, char: str) -> float:
        place = ord(char) - ord(_FIRST)
        return self.widths[place] / 1000 if place < len(self.widths) else 1.0


PROSE: Final = Face("prose", 14, 20, _SANS)
CODE: Final = Face("code", 13, 20, _MONO, 1.0)
HEAD: Final = Face("head", 15, 21, _SANS, 1.26)  # bold serifs, some of them wide
NOTE: Final = Face("note-words", 13, 19, _SANS)

# A label is set as code if it holds some: a call, a type of message, a header, a path, a status.
_IS_CODE: Final = re.compile(
    r"[=_(\[↵]|\w\.\w|\b[A-Z]+ /|HTTP/|\w: [\w/]|^\d{3}\b|^return\b|^[A-Z][a-z]+[A-Z]", re.ASCII
)
_AFTER: Final = "，。：；、！？）"  # a line of Chinese may end after these, without a blank
_PIECES: Final = re.compile(rf"[^ {_AFTER}]*[{_AFTER}]+|[^ {_AFTER}]+| +")
_PARTS: Final = re.compile(
    rf"[\x21-\x7e]*?[.,/=_]+(?=[A-Za-z])|[\x21-\x7e]+|[^\x21-\x7e][{_AFTER}]*"
)


def face_of(label: str, prose: Face = PROSE) -> Face:
    """The face of a label: code, or else that of its kind of prose."""
    return CODE if _IS_CODE.search(label) else prose


def wrapped(text: str, face: Face, most: float) -> tuple[str, ...]:
    """The lines of a text within ``most`` px, of about the same width; a newline is kept.

    Lines end at blanks and after Chinese punctuation. Only a piece that is wider by itself is
    divided: a dotted name after a dot, Chinese between characters, and never a word.
    """
    return tuple(line for part in text.split("\n") for line in _balanced(part.strip(), face, most))


def longest_piece(text: str, face: Face) -> float:
    """How wide lines have to be, px, if no piece is to be divided."""
    return face.widest(piece.strip() for piece in _PIECES.findall(text.replace("\n", " ")))


def _balanced(text: str, face: Face, most: float) -> list[str]:
    """As many lines as are needed, and then as narrow as that number allows."""
    pieces = list(_pieces(text, face, most))
    lines = _filled(pieces, face, most)
    while len(lines) > 1 and all(_ends_well(line) for line in lines[:-1]):
        narrower = _filled(pieces, face, face.widest(lines) - 0.1)
        if len(narrower) != len(lines) or face.widest(narrower) >= face.widest(lines):
            break
        lines = narrower
    return lines


def _ends_well(line: str) -> bool:
    """Whether a line ends between words, so that another one may end there as well."""
    return not line.endswith((".", "=", "/", "_"))


def _filled(pieces: list[str], face: Face, most: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1].strip() and face.width((lines[-1] + piece).rstrip()) > most:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _pieces(text: str, face: Face, most: float) -> Iterator[str]:
    for match in _PIECES.finditer(text):
        whole = match[0]
        if face.width(whole) <= most or whole.isspace():
            yield whole
        else:
            yield from _PARTS.findall(whole)
