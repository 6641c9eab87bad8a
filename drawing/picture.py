"""A drawing before it is SVG: every text, line and dot with its place, in px from the top left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from drawing.letters import Face

NARROW: Final = 304.0  # px: the column of a telephone that is 360 px wide
# The widths of a column from which on a wide drawing stands in it, px; diagrams.css has a rule for
# each. The third is a column of text on all but telephones, the last has the margin beside it.
WIDTHS: Final = (360.0, 480.0, 600.0, 720.0, 860.0)

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


def shown(width: float, narrow: bool) -> str:
    """The class by which the stylesheet shows a drawing where there is room for its width, px."""
    return "narrow" if narrow else f"from-{next((w for w in WIDTHS if w >= width), WIDTHS[-1]):g}"


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies in this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Text:
    """Lines one below the other, anchored at ``x``; the first begins at ``top``."""

    lines: tuple[str, ...]
    face: Face
    x: float
    top: float
    anchor: Anchor = "middle"
    tone: str = ""  # in the stylesheet: "quiet", "lane-tone", "inverse"; plain ink if left out

    @property
    def width(self) -> float:
        return self.face.widest(self.lines)

    @property
    def height(self) -> float:
        return len(self.lines) * self.face.leading

    @property
    def box(self) -> Box:
        before = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        left = self.x - before
        return Box(left, self.top, left + self.width, self.top + self.height)


@dataclass(frozen=True)
class Stroke:
    """Lines from point to point, each of ``runs`` by itself; closed ones end where they began.

    Corners within a run are rounded by ``radius`` px, as far as the pieces beside them allow.
    """

    name: str  # in the stylesheet: "lane", "shaft", "tip", "frame" ...
    runs: tuple[tuple[Point, ...], ...]
    closed: bool = False
    radius: float = 0.0

    @property
    def boxes(self) -> Iterator[Box]:
        """The box of each straight piece."""
        for run in self.runs:
            ends = (*run[1:], run[0]) if self.closed else run[1:]
            for (x, y), (u, v) in zip(run, ends, strict=False):
                yield Box(min(x, u), min(y, v), max(x, u), max(y, v))


@dataclass(frozen=True)
class Dot:
    """A circle."""

    name: str
    x: float
    y: float
    radius: float

    @property
    def boxes(self) -> Iterator[Box]:
        r = self.radius
        yield Box(self.x - r, self.y - r, self.x + r, self.y + r)


@dataclass(frozen=True)
class Group:
    """What belongs together: a lane with its name, an arrow with its label."""

    name: str  # classes for the stylesheet: whose it is, and what
    parts: tuple[Text | Stroke | Dot, ...]


@dataclass(frozen=True)
class Picture:
    """A whole drawing, of which a page has two: ``narrow`` is the one for a telephone."""

    kind: Literal["sequence", "state", "picture"]
    narrow: bool
    title: str
    description: str
    width: float
    height: float
    groups: tuple[Group, ...]

    @property
    def texts(self) -> list[Text]:
        return [part for group in self.groups for part in group.parts if isinstance(part, Text)]

    @property
    def marks(self) -> list[Stroke | Dot]:
        """All that is drawn and is no text."""
        return [part for group in self.groups for part in group.parts if not isinstance(part, Text)]
