"""Lays out a sequence diagram: lanes from left to right, time downwards, row after row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from drawing.columns import (
    LOOP,
    MARK,
    PAD,
    Columns,
    head_lines,
    heading,
    inside,
    narrow_columns,
    note_gap,
    reach,
    self_gap,
    wide_columns,
)
from drawing.letters import HEAD, NOTE, face_of, wrapped
from drawing.parsed import Activity, Block, Message, Note, Sequence
from drawing.picture import Anchor, Box, Group, Picture, Stroke, Text
from drawing.strokes import AWAY, arrow, diamond, kind_of, rectangle, tip

ROLES: Final = frozenset({"client", "server", "app"})  # lanes with a colour of their own
_ABOVE: Final = 12.0  # px from what was before to a label
_BELOW: Final = 5.0  # px from a label to its arrow
_RULE: Final = 18.0  # px, half of the bar below a lane's name
_FRAME: Final = 15.0  # px from a lane to the frame of a block around it
_CLEAR: Final = 3.0  # px around words that lie over a lane


def draw_sequence(sequence: Sequence, narrow: bool) -> Picture:
    """The diagram in one of its two widths."""
    columns = narrow_columns(sequence) if narrow else wide_columns(sequence)
    return Sheet(sequence, columns).picture()


@dataclass
class OpenBlock:
    """A block whose end is not drawn yet."""

    left: float
    right: float
    top: float
    first: int  # the first lane in it
    dividers: list[float] = field(default_factory=list)


class Sheet:
    """A drawing in the making; ``y`` is how far down it has come."""

    def __init__(self, sequence: Sequence, columns: Columns) -> None:
        self.sequence, self.columns = sequence, columns
        self.order = {lane.id: place for place, lane in enumerate(sequence.lanes)}
        self.y = 0.0
        self.starts: list[float] = []  # of each lane
        self.running: dict[str, list[float]] = {lane.id: [] for lane in sequence.lanes}
        self.blocks: list[OpenBlock] = []
        self.bands: list[tuple[int, int, float, float]] = []  # lanes from, to, and y from, to
        self.heads: list[Group] = []
        self.behind: list[Group] = []  # frames, and where a lane runs
        self.groups: list[Group] = []

    def picture(self) -> Picture:
        self._draw_heads()
        for place, event in enumerate(self.sequence.events):
            if isinstance(event, Block):
                self._block(event, place)
            else:
                self._draw(event)
        for lane, starts in self.running.items():
            for _ in [*starts]:  # what runs on to the end
                self._activity(Activity(lane, False))
        bottom = self.y + 12
        lanes = [self._lane(place, bottom) for place in range(len(self.order))]
        return Picture(
            "sequence",
            self.columns.narrow,
            self.sequence.title,
            self.sequence.description,
            self.columns.width,
            bottom + 1,
            (*self.heads, *lanes, *self.behind, *self.groups),
        )

    def _draw(self, event: Message | Note | Activity) -> None:
        if isinstance(event, Message):
            self._message(event)
        elif isinstance(event, Note):
            self._note(event)
        else:
            self._activity(event)

    # ---- lanes ----

    def _draw_heads(self) -> None:
        """The lanes' names: side by side, or where there is no room for it, in several rows."""
        places = self.columns.places
        pitch = min((right - left for left, right in pairwise(places)), default=self.columns.width)
        texts = []
        for lane, x in zip(self.sequence.lanes, places, strict=True):
            lines = head_lines(lane.name, pitch - PAD)
            texts.append(Text(lines, HEAD, self._fit(x, HEAD.widest(lines)), 0))
        rows = staggered([text.box for text in texts])
        tops = [0.0]
        for row in range(max(rows) + 1):
            tallest = max(t.height for t, own in zip(texts, rows, strict=True) if own == row)
            tops.append(tops[-1] + tallest + 12)
        for lane, text, row, x in zip(self.sequence.lanes, texts, rows, places, strict=True):
            bottom = tops[row + 1] - 12
            name = replace(text, top=bottom - text.height)
            rule = Stroke("rule", (((x - _RULE, bottom + 3.5), (x + _RULE, bottom + 3.5)),))
            self.heads.append(Group(role_of(lane.id), (name, rule)))
            self.starts.append(bottom + 10)
        self.y = tops[-1]

    def _fit(self, x: float, width: float) -> float:
        """The middle of words of that width, as near to x as the drawing's edges allow."""
        inset = 6.0 * len(self.blocks)
        return min(max(x, inset + width / 2), self.columns.width - inset - width / 2)

    def _lane(self, place: int, bottom: float) -> Group:
        """The line of a lane, but where words lie over it."""
        x = self.columns.places[place]
        texts = [part for each in (*self.heads, *self.groups) for part in each.parts]
        boxes = [part.box for part in texts if isinstance(part, Text)]
        gone = [(b.top, b.bottom) for b in boxes if b.left - _CLEAR < x < b.right + _CLEAR]
        gone += [(top, end) for low, high, top, end in self.bands if low <= place <= high]
        runs, start = [], self.starts[place]
        for top, end in sorted(gone):
            if end <= start:
                continue
            if top - start >= 3:
                runs.append(((x, start), (x, top)))
            start = end
        runs.append(((x, start), (x, bottom)))
        return Group(role_of(self.sequence.lanes[place].id), (Stroke("lane", tuple(runs)),))

    def _activity(self, activity: Activity) -> None:
        starts = self.running[activity.lane]
        if activity.begins:
            starts.append(self.y)
            return
        x = self.columns.places[self.order[activity.lane]] + 4 * (len(starts) - 1)
        bar = rectangle("bar", x - 3.5, starts.pop(), x + 3.5, self.y)
        self.behind.append(Group(role_of(activity.lane), (bar,)))

    # ---- rows ----

    def _message(self, message: Message) -> None:
        start, end = self.order[message.sender], self.order[message.receiver]
        if start == end:
            self._self(message, start)
            return
        columns = self.columns
        if columns.narrow:
            left, right = 0.0, columns.width - 12 * len(self.blocks)
            middle = (columns.places[start] + columns.places[end]) / 2
        else:
            left, right = columns.gap(columns.widest(start, end))
            middle = (left + right) / 2
        kind, parts = kind_of(message, end > start), []
        if message.text:
            face = face_of(message.text)
            lines = wrapped(message.text, face, right - left)
            x = self._fit(middle, face.widest(lines)) if columns.narrow else middle
            parts.append(Text(lines, face, x, self.y + _ABOVE))
            self.y = parts[-1].box.bottom
        else:
            self.y += _ABOVE + 8
        self.y += _BELOW
        shape = arrow(kind, columns.places[start], columns.places[end], self.y)
        self.groups.append(Group(f"{role_of(message.sender)} {kind}", (*parts, *shape)))

    def _self(self, message: Message, lane: int) -> None:
        x, face = self.columns.places[lane], face_of(message.text)
        way, room = self._beside(self_gap(lane, len(self.order)), lane, LOOP)
        lines = wrapped(message.text, face, room)
        height = max(len(lines) * face.leading, 16)
        middle = self.y + _ABOVE + height / 2
        anchor: Anchor = "start" if way > 0 else "end"
        top = middle - len(lines) * face.leading / 2
        text = Text(lines, face, x + way * (PAD + LOOP), top, anchor)
        kind = kind_of(message, True)
        top, bottom, far = middle - 8, middle + 8, x + way * LOOP
        points = (x + way * AWAY, top), (far, top), (far, bottom), (x + way * AWAY, bottom)
        head = tip(kind, (x + way * 3, bottom), -way)
        shape = Stroke("shaft", (points,)), head
        self.groups.append(Group(f"{role_of(message.sender)} {kind}", (text, *shape)))
        self.y = middle + height / 2 + 2

    def _beside(self, gap: int, lane: int, taken: float) -> tuple[int, float]:
        """On which side of a lane its words stand, and how much room is there."""
        x, columns = self.columns.places[lane], self.columns
        if not columns.narrow:
            left, right = columns.gap(gap)
            return (1 if gap > lane else -1), right - left - taken
        right = columns.width - x
        way = 1 if right > x or (right == x and gap > lane) else -1
        return way, max(x, right) - PAD - taken - 6 * len(self.blocks)

    def _note(self, note: Note) -> None:
        first, last = sorted((self.order[note.first], self.order[note.last]))
        if first != last:
            self._band(note, first, last)
            return
        x = self.columns.places[first]
        way, room = self._beside(note_gap(note, first), first, MARK)
        face = face_of(note.text, NOTE)
        lines = wrapped(note.text, face, room)
        anchor: Anchor = "start" if way > 0 else "end"
        text = Text(lines, face, x + way * (PAD + MARK), self.y + _ABOVE, anchor)
        mark = diamond(x, text.top + text.height / 2, MARK)
        self.groups.append(Group(f"{role_of(note.first)} note", (text, mark)))
        self.y = text.box.bottom

    def _band(self, note: Note, first: int, last: int) -> None:
        """A remark over several lanes: a rule right across them, as where a demo tells the time."""
        left, right = (self.columns.places[lane] for lane in (first, last))
        left, right = max(left - 30, 0), min(right + 30, self.columns.width)
        most = self.columns.width if self.columns.narrow else right - left
        lines = wrapped(note.text, NOTE, most)
        x = self._fit((left + right) / 2, NOTE.widest(lines))
        text = Text(lines, NOTE, x, self.y + _ABOVE + 4)
        box, middle = text.box, text.top + text.height / 2
        sides = ((left, box.left - 8), (box.right + 8, right))
        runs = tuple(((a, middle), (b, middle)) for a, b in sides if b - a > 4)
        self.groups.append(Group("note", (text, Stroke("band", runs)) if runs else (text,)))
        self.bands.append((first, last, box.top - 2, box.bottom + 2))
        self.y = box.bottom + 4

    # ---- blocks ----

    def _block(self, block: Block, place: int) -> None:
        if block.edge == "end":
            self._close()
            return
        if block.edge == "begin":
            self._open(reach(inside(self.sequence.events, place), self.order))
        else:
            self.blocks[-1].dividers.append(self.y + 12)
            self.y += 12
        own = self.blocks[-1]
        if self.columns.narrow:
            left, right = own.left + 8, own.right - 8
        else:
            left, right = self.columns.gap(own.first + 1)
        lines = wrapped(heading(block), NOTE, right - left)
        text = Text(lines, NOTE, left, self.y + 6, "start")
        self.groups.append(Group("block", (text,)))
        self.y = text.box.bottom - 4

    def _open(self, lanes: tuple[int, int]) -> None:
        depth, width = len(self.blocks), self.columns.width
        left, right = (self.columns.places[lane] for lane in lanes)
        if self.columns.narrow:
            left, right = 1 + 6.0 * depth, width - 1 - 6.0 * depth
        else:
            reached = _FRAME - 3.0 * depth
            left, right = max(left - reached, 1), min(right + reached, width - 1)
        self.blocks.append(OpenBlock(left, right, self.y + 14, lanes[0]))
        self.y += 14

    def _close(self) -> None:
        block = self.blocks.pop()
        self.y += 12
        frame = rectangle("frame", block.left, block.top, block.right, self.y)
        runs = tuple(((block.left, y), (block.right, y)) for y in block.dividers)
        dividers = (Stroke("band", runs),) if runs else ()
        self.behind.append(Group("block", (frame, *dividers)))


def role_of(lane: str) -> str:
    """The class by which a lane has its colour."""
    return lane if lane in ROLES else "other"


def staggered(boxes: list[Box]) -> list[int]:
    """The row of each box, so that none touches the one before it in the same row."""
    ends: list[float] = []
    rows = []
    for box in boxes:
        row = next((row for row, end in enumerate(ends) if box.left >= end + 6), len(ends))
        ends[row : row + 1] = [box.right]
        rows.append(row)
    return rows
