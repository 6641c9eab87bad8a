"""Content streams without what says again what holds already.

Chromium begins a text object, and states font and both colours, for every run of letters. Here runs
share a text object as long as only their place and their colour change, a font or a colour that
holds is not stated again, and the colour of lines is stated only where a line is drawn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

COLOURS: Final = re.compile(rb"(?:[\d.]+ ){3}RG ((?:[\d.]+ ){3}rg)")
# What draws lines with the colour that holds, or runs other content that may.
STROKES: Final = (b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh")
SAVE: Final = b"q"
RESTORE: Final = b"Q"
WHOLE: Final = b"q "  # begins a dashed line of book/streams.py, which ends with a Q


@dataclass
class State:
    """What holds at a place: the font, and which line of the output has stated the colours."""

    font: bytes = b""
    colours: bytes = b""
    stated: int = -1

    def copy(self) -> State:
        return State(self.font, self.colours, self.stated)


@dataclass
class Rewriting:
    """The lines that are kept so far."""

    lines: list[bytes] = field(default_factory=list)
    state: State = field(default_factory=State)
    saved: list[State] = field(default_factory=list)
    drawn_with: set[int] = field(default_factory=set)  # lines whose colour of lines is needed
    outlined: bool = False  # letters are drawn with lines
    open_text: bool = False  # an ET that is held back, for the next text may follow at once

    def take(self, line: bytes) -> None:
        operator = line.rpartition(b" ")[2]
        if line == b"ET":
            self.open_text = True
        elif line == b"BT" and self.open_text:
            self.open_text = False
        elif COLOURS.fullmatch(line):
            self._colour(line)
        elif operator == b"Tf":
            self._font(line)
        else:
            self._other(line, operator)

    def _colour(self, line: bytes) -> None:
        if line != self.state.colours:
            self.state.colours, self.state.stated = line, len(self.lines)
            self.lines.append(line)

    def _font(self, line: bytes) -> None:
        if line != self.state.font:
            self.state.font = line
            self.lines.append(line)

    def _other(self, line: bytes, operator: bytes) -> None:
        self._end_text()
        if line.startswith(WHOLE):
            self.drawn_with.add(self.state.stated)
        elif operator == SAVE:
            self.saved.append(self.state.copy())
        elif operator == RESTORE and self.saved:
            self.state = self.saved.pop()
        elif operator in STROKES:
            self.drawn_with.add(self.state.stated)
        elif operator == b"Tr":
            self.outlined = True
        elif operator in (b"rg", b"RG", b"cs", b"CS", b"scn", b"SCN"):
            self.drawn_with.add(self.state.stated)
            self.state.colours = b""
        self.lines.append(line)

    def _end_text(self) -> None:
        if self.open_text:
            self.open_text = False
            self.lines.append(b"ET")

    def whole(self) -> bytes:
        self._end_text()
        for index, line in enumerate(self.lines):
            found = COLOURS.fullmatch(line)
            if found and index not in self.drawn_with and not self.outlined:
                self.lines[index] = found[1]
        return b"\n".join(self.lines)


def say_once(content: bytes) -> bytes:
    """The same content, each operator of which stands in a line of its own."""
    rewriting = Rewriting()
    for line in content.split(b"\n"):
        rewriting.take(line)
    return rewriting.whole()
