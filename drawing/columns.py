"""Where the lanes of a sequence stand, and how much room there is for words between them.

Gap ``i`` is the room left of lane ``i``; the first and the last one are at the drawing's edges.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from drawing.letters import HEAD, NOTE, Face, face_of, longest_piece, wrapped
from drawing.parsed import Block, Event, Message, Note, Sequence
from drawing.picture import NARROW, WIDTHS

PAD: Final = 9.0  # px between a lane and the words beside it
LOOP: Final = 22.0  # px: how far a message to oneself goes out
MARK: Final = 5.0  # px: half of the mark by which a remark is tied to its lane
_WIDEST: Final = 270.0  # px from lane to lane: a few lanes need not fill the column
_LEAST: Final = 112.0  # px: lines of words are not made shorter than this if a wider drawing helps
_EDGE: Final = 30.0  # px beside the first and the last lane, at least
_STEP: Final = 6.0  # px


@dataclass(frozen=True)
class Columns:
    """The lanes' places, from left to right, px; ``narrow``: words may lie where lanes are."""

    places: tuple[float, ...]
    width: float
    narrow: bool = False

    def gap(self, index: int) -> tuple[float, float]:
        """From where to where words stand in a gap."""
        edges = (-PAD, *self.places, self.width + PAD)
        return edges[index] + PAD, edges[index + 1] - PAD

    def widest(self, start: int, end: int) -> int:
        """The widest gap between two lanes; of equals the one next to the first lane."""
        gaps = range(start + 1, end + 1) if start < end else range(start, end, -1)
        return max(gaps, key=lambda gap: round(self.places[gap] - self.places[gap - 1]))


@dataclass(frozen=True)
class Need:
    """Words that stand in a gap, and what stands beside them there, px."""

    gap: int
    text: str
    face: Face
    beside: float = 2 * PAD

    def width(self, most: float) -> float:
        """What it takes if lines take at most so much, but no word is divided, px."""
        room = max(most - self.beside, longest_piece(self.text, self.face))
        lines = wrapped(self.text, self.face, room)
        return self.face.widest(lines) + self.beside


def note_gap(note: Note, lane: int) -> int:
    """Where a remark at one lane stands: left of it, but for the first lane."""
    if note.side == "OVER":
        return lane or 1
    return lane if note.side == "LEFTOF" else lane + 1


def self_gap(lane: int, lanes: int) -> int:
    """Where a message to oneself goes out: right of the lane, but for the last one."""
    return lane if 0 < lane == lanes - 1 else lane + 1


def reach(events: tuple[Event, ...], order: dict[str, int]) -> tuple[int, int]:
    """The first and the last lane that these events touch; their words stand between the two."""
    lanes = [end for event in events for end in _ends(event, order)]
    return (min(lanes), max(lanes)) if lanes else (0, len(order) - 1)


def _ends(event: Event, order: dict[str, int]) -> tuple[int, ...]:
    if isinstance(event, Message):
        start, end = order[event.sender], order[event.receiver]
        gap = self_gap(start, len(order))
        return (start, end) if start != end else (gap - 1, gap)
    if isinstance(event, Note):
        start, end = order[event.first], order[event.last]
        gap = note_gap(event, start)
        return (start, end) if start != end else (start, gap - 1, gap)
    return ()


def inside(events: tuple[Event, ...], begin: int) -> tuple[Event, ...]:
    """What stands in the block that begins there."""
    depth = 0
    for place, event in enumerate(events[begin:], begin):
        if isinstance(event, Block):
            depth += {"begin": 1, "next": 0, "end": -1}[event.edge]
        if not depth:
            return events[begin:place]
    return events[begin:]


def heading(block: Block) -> str:
    """What stands at the top of a block, or of one of its parts."""
    return f"{block.kind} [{block.text}]" if block.text else block.kind


def needs(sequence: Sequence, order: dict[str, int]) -> list[Need]:
    """All words that have to stand in one gap; those that may choose among several are left out."""
    found = []
    open_blocks: list[int] = []
    for place, event in enumerate(sequence.events):
        if isinstance(event, Message):
            start, end = order[event.sender], order[event.receiver]
            face = face_of(event.text)
            if start == end:
                gap = self_gap(start, len(order))
                found.append(Need(gap, event.text, face, 2 * PAD + LOOP))
            elif abs(start - end) == 1:
                found.append(Need(max(start, end), event.text, face))
        elif isinstance(event, Note) and event.first == event.last:
            gap, face = note_gap(event, order[event.first]), face_of(event.text, NOTE)
            found.append(Need(gap, event.text, face, 2 * PAD + MARK))
        elif isinstance(event, Block):
            if event.edge == "begin":
                open_blocks.append(reach(inside(sequence.events, place), order)[0] + 1)
            if event.edge == "end":
                open_blocks.pop()
            else:
                found.append(Need(open_blocks[-1], heading(event), NOTE))
    return found


def wide_columns(sequence: Sequence) -> Columns:
    """Lanes so far from each other that all words stand between them, in as few lines as can be.

    As wide as a column of text if that will do, else wider; lanes at the same distance if there is
    room for it.
    """
    order = {lane.id: place for place, lane in enumerate(sequence.lanes)}
    wanted = needs(sequence, order)
    lines = [most for most in _downwards(_WIDEST) if most >= _LEAST]
    tries = [(limit, most) for limit in WIDTHS[2:] for most in lines]
    for limit, most in [*tries, *((WIDTHS[-1], most) for most in _downwards(_LEAST))]:
        gaps = _gaps(sequence, wanted, most)
        edges, steps = gaps[0] + gaps[-1], gaps[1:-1]
        room = limit - edges
        if steps and max(steps) * len(steps) <= room:
            even = min(max(_WIDEST, *steps), room / len(steps), max(steps) + room / 3)
            return _columns([gaps[0], *[even] * len(steps), gaps[-1]])
        if sum(steps) <= room:
            more = min(30.0, (room - sum(steps)) / max(len(steps), 1))
            return _columns([gaps[0], *(step + more for step in steps), gaps[-1]])
    return _columns(gaps)


def _downwards(most: float) -> list[float]:
    return [most - _STEP * count for count in range(int(most / _STEP) - 8)]


def _gaps(sequence: Sequence, wanted: list[Need], most: float) -> list[float]:
    """How wide each gap has to be if lines of words take at most so much of it."""
    heads = [HEAD.widest(head_lines(lane.name, most)) for lane in sequence.lanes]
    gaps = [
        max(_EDGE, heads[0] / 2),
        *((one + other) / 2 + 2 * PAD for one, other in pairwise(heads)),
        max(_EDGE, heads[-1] / 2),
    ]
    for need in wanted:
        gaps[need.gap] = max(gaps[need.gap], need.width(most))
    return gaps


def head_lines(name: str, most: float) -> tuple[str, ...]:
    """A lane's name, in lines where it is long."""
    return wrapped(name, HEAD, most)


def _columns(gaps: list[float]) -> Columns:
    *places, width = (round(place) for place in accumulate(gaps))
    return Columns(tuple(places), width)


def narrow_columns(sequence: Sequence) -> Columns:
    """All lanes within NARROW, as far from each other as can be."""
    ends = (sequence.lanes[0], sequence.lanes[-1])
    left, right = (min(max(_EDGE, HEAD.width(lane.name) / 2), 52.0) for lane in ends)
    count = len(sequence.lanes)
    pitch = (NARROW - left - right) / max(count - 1, 1)
    return Columns(tuple(round(left + pitch * lane) for lane in range(count)), NARROW, True)
