"""What a picture is drawn with by hand: words, boxes, lines and arrows, each where its author says.

All places are in px from the top left of the sheet. ``of`` says whose a mark is, by which it has
its colour: client, server, app, ``broken`` for what goes wrong, or nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import ceil, hypot
from typing import Final, TypedDict, Unpack

from drawing.letters import CODE, HEAD, NOTE, PROSE, Face, wrapped
from drawing.picture import Anchor, Dot, Group, Point, Stroke, Text
from drawing.strokes import OPEN, diamond, tip

Words = Mapping[str, str | Mapping[str, str]]  # by key: one text for all languages, or one for each
LANES: Final[Words] = {  # words that every picture has
    "client": {"zh": "客户端", "en": "client"},
    "server": {"zh": "服务器", "en": "server"},
    "app": {"zh": "应用", "en": "app"},
}
ROUND: Final = 3.0  # px, the corners of boxes
BEND: Final = 10.0  # px, the corners of lines
HATCH: Final = 5.0  # px from one line of a hatching to the next
_BACK: Final = 7.0  # px: how far before a filled tip its shaft ends


class How(TypedDict, total=False):
    """How words are set: within ``room`` px and ``lines`` lines; whose; in which tone."""

    room: float
    lines: int
    of: str
    tone: str


class DrawingError(ValueError):
    """A mistake in a picture; ``about`` is the word or key in its file that it is about."""

    def __init__(self, text: str, about: str) -> None:
        super().__init__(text)
        self.about = about


class Sheet:
    """A picture in the making, in one language and one width."""

    def __init__(self, words: Words, language: str, width: float) -> None:
        self.words, self.language, self.width = words, language, width
        self.groups: list[Group] = []

    @property
    def height(self) -> float:
        """How far down anything reaches, px."""
        parts = [part for group in self.groups for part in group.parts]
        bottoms = [part.box.bottom for part in parts if isinstance(part, Text)]
        marks = [part for part in parts if not isinstance(part, Text)]
        bottoms += [box.bottom for mark in marks for box in mark.boxes]
        return ceil(max(bottoms, default=0)) + 1.0

    # ---- words ----

    def word(self, key: str) -> str:
        """A text of the picture in this language. Raises :class:`DrawingError` if it is missing."""
        text = self.words.get(key, LANES.get(key))
        if isinstance(text, Mapping):
            text = text.get(self.language)
        if not text:
            raise DrawingError(
                f"there is no word {key!r} in {self.language!r}; write it into WORDS", key
            )
        return text

    def say(
        self, key: str, x: float, y: float, anchor: Anchor = "start", **how: Unpack[How]
    ) -> Text:
        """Prose, of which the first line's middle is at ``y``; see :meth:`put` for the rest."""
        return self.put(self.word(key), PROSE, x, y, anchor, **how)

    def note(
        self, key: str, x: float, y: float, anchor: Anchor = "start", **how: Unpack[How]
    ) -> Text:
        """A remark: small and paler."""
        how.setdefault("tone", "quiet")
        return self.put(self.word(key), NOTE, x, y, anchor, **how)

    def head(
        self, key: str, x: float, y: float, anchor: Anchor = "start", **how: Unpack[How]
    ) -> Text:
        """The name of a lane or of a part, in the colour of whose it is."""
        return self.put(self.word(key), HEAD, x, y, anchor, **how)

    def lane(self, key: str, x: float, of: str) -> None:
        """The name of an upright lane at the top of the sheet; the lane may begin at 34 px."""
        self.head(key, x, HEAD.leading / 2, "middle", of=of)
        self.line((x - 18, 24.5), (x + 18, 24.5), name="rule", of=of)

    def code(
        self, text: str, x: float, y: float, anchor: Anchor = "start", **how: Unpack[How]
    ) -> Text:
        """Code, the same in all languages."""
        return self.put(text, CODE, x, y, anchor, **how)

    def put(
        self,
        text: str,
        face: Face,
        x: float,
        y: float,
        anchor: Anchor = "start",
        *,
        room: float = 0,
        lines: int = 1,
        of: str = "",
        tone: str = "",
    ) -> Text:
        """Words within ``room`` px and ``lines`` lines; without a room, as the text has them.

        Raises :class:`DrawingError` if they do not fit.
        """
        rows = wrapped(text, face, room) if room else tuple(text.split("\n"))
        if room and (len(rows) > lines or face.widest(rows) > room):
            found = f"{len(rows)} lines of {face.widest(rows):.0f} px"
            place = f"its place has {lines} of {room:g} px"
            raise DrawingError(f"{text!r} takes {found}, {place}; shorten it", text)
        words = Text(rows, face, x, y - face.leading / 2, anchor, tone)
        self._add(of, words)
        return words

    # ---- marks ----

    def line(self, *points: Point, name: str = "line", of: str = "", bend: float = BEND) -> None:
        """A line from point to point, its corners rounded."""
        self._add(of, Stroke(name, (points,), radius=bend if len(points) > 2 else 0))

    def arrow(self, kind: str, *points: Point, of: str = "", bend: float = BEND) -> None:
        """A line with the tip of its kind: send, receive, event, return, raise, call, as in demos.

        It begins and ends exactly where it is told to.
        """
        (u, v), (x, y) = points[-2:]
        length = hypot(x - u, y - v)
        way = (x - u) / length, (y - v) / length
        back = 1.0 if kind in OPEN or kind == "raise" else _BACK
        end = x - back * way[0], y - back * way[1]
        shaft = Stroke("shaft", ((*points[:-1], end),), radius=bend if len(points) > 2 else 0)
        self._add(f"{of} {kind}".strip(), shaft, turned(tip(kind, (x, y), 1), (x, y), way))

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        name: str = "plate",
        of: str = "",
        corner: float = ROUND,
    ) -> None:
        """A rectangle: plate, solid, wash, paper (docs/assets/styles/diagrams.css)."""
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        self.shape(*corners, name=name, of=of, corner=corner)

    def shape(
        self, *corners: Point, name: str = "plate", of: str = "", corner: float = ROUND
    ) -> None:
        """A closed line; see :meth:`box` for the names."""
        self._add(of, Stroke(name, (corners,), True, corner))

    def hatch(self, left: float, top: float, right: float, bottom: float, of: str = "") -> None:
        """A rectangle filled with slanting lines."""
        width, height = right - left, bottom - top
        runs = []
        for number in range(1, ceil((width + height) / HATCH)):
            at = number * HATCH
            start = left + max(at - height, 0), top + min(at, height)
            end = left + min(at, width), top + max(at - width, 0)
            runs.append((start, end))
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        self._add(of, Stroke("paper", (corners,), True), Stroke("hatch", tuple(runs)))

    def water(self, left: float, top: float, right: float, bottom: float, of: str = "") -> None:
        """A rectangle that is full up to ``top``: ruled, with a surface."""
        self.box(left, top, right, bottom, "wash", of, 0)
        rows = tuple(
            ((left, y), (right, y)) for y in (bottom - n * HATCH for n in range(1, 100)) if y > top
        )
        surface = Stroke("line", (((left, top), (right, top)),))
        self._add(of, Stroke("hatch", rows), surface)

    def activity(self, y: float, half: float, *pieces: tuple[float, float], of: str = "") -> None:
        """Something in time: blocks from x to x while it runs, and a line while it waits."""
        for (_, end), (start, _) in pairwise(pieces):
            self.line((end, y), (start, y), of=of)
        for start, end in pieces:
            self.box(start, y - half, end, y + half, "solid", of, 0)

    def dot(self, x: float, y: float, radius: float, name: str = "spot", of: str = "") -> None:
        """A circle: spot (filled), hollow."""
        self._add(of, Dot(name, x, y, radius))

    def mark(self, x: float, y: float, of: str = "") -> None:
        """The diamond of what happens at a lane."""
        self._add(f"{of} note".strip(), diamond(x, y, 6))

    def number(self, number: int, x: float, y: float, of: str = "") -> None:
        """A number in a circle, to which the words refer."""
        self.dot(x, y, 10, "solid", of)
        self.put(str(number), NOTE, x, y, "middle", of=of, tone="inverse")

    def _add(self, name: str, *parts: Text | Stroke | Dot) -> None:
        if self.groups and self.groups[-1].name == name:
            parts = (*self.groups.pop().parts, *parts)
        self.groups.append(Group(name, parts))


def turned(stroke: Stroke, about: Point, way: Point) -> Stroke:
    """A stroke that points to the right, turned about a point so that it points ``way`` (1 px)."""
    (x, y), (dx, dy) = about, way

    def turn(point: Point) -> Point:
        a, b = point[0] - x, point[1] - y
        return x + dx * a - dy * b, y + dy * a + dx * b

    return Stroke(stroke.name, tuple(tuple(map(turn, run)) for run in stroke.runs), stroke.closed)
