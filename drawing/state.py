"""Lays out a state diagram: states down a spine, each arrow with its label in a row of its own."""

from __future__ import annotations

import math
import re
from typing import Final

from drawing.letters import PROSE, face_of, wrapped
from drawing.parsed import States
from drawing.picture import NARROW, Box, Dot, Group, Picture, Point, Stroke, Text
from drawing.plan import Plan, plan_of
from drawing.strokes import CLEAR, rectangle, tip

_SPINE: Final = 26.0  # px from the left: where arrows lead straight down
_PADS: Final = 10.0  # px between a box and what is written in it
_TRACK: Final = 11.0  # px from one track to the next
_LOOP: Final = 15.0  # px: how far an arrow to the same state goes out
_LABEL: Final = 12.0  # px from a box to a label
_NAMES: Final = {True: (96.0, 76.0), False: (150.0,)}  # px: a line of a state's name, if narrow
_LABELS: Final = 340.0  # px: the longest line of a label in a wide drawing
_DOT: Final = 5.5  # px, a radius
_SENT: Final = re.compile(
    r"http\.response\.|websocket\.(accept|send|close|http\.)|lifespan\.\w+\.(complete|failed)"
)
_RECEIVED: Final = re.compile(r"(http|websocket|lifespan)\.\w")


def draw_states(states: States, narrow: bool) -> Picture:
    """The diagram in one of its two widths."""
    return Sheet(states, plan_of(states, beside=not narrow), narrow).picture()


class Sheet:
    """A drawing in the making; ``y`` is how far down it has come."""

    def __init__(self, states: States, plan: Plan, narrow: bool) -> None:
        self.states, self.plan = states, plan
        self.narrow = narrow
        self.tracks = plan.tracks()
        self._choose_widths()
        self.y = 0.0
        self.right = self._right()  # of all labels and of the states beside the spine
        self.outs: dict[str, list[float]] = {state: [] for state in self.tracks}
        self.ins: dict[str, float] = {}
        self.groups: list[Group] = []

    def _choose_widths(self) -> None:
        """How long the lines of names and of labels may be: where it is narrow, labels go first."""
        longest = max(
            (t.width for each in self.plan.labels.values() for t in self._all(each)), default=0
        )
        for most in _NAMES[self.narrow]:
            self.names = {
                state: wrapped(name, PROSE, most) for state, name in self.states.names.items()
            }
            self.wide = self._box_width(self.plan.spine)  # of the boxes on the spine
            tracks = _TRACK * len(self.tracks)
            self.room = NARROW - self.wide - _LABEL - tracks - 4 if self.narrow else _LABELS
            if longest <= self.room - _LOOP:
                break

    def _all(self, labels: tuple[str, ...]) -> tuple[Text, ...]:
        """The labels of an arrow in lines as long as they would like to be."""
        return self._texts(labels, 0, 0, math.inf)

    def _box_width(self, states: tuple[str, ...]) -> float:
        lines = (line for state in states for line in self.names[state])
        return PROSE.widest(lines) // 1 + 1 + 2 * _PADS

    def _right(self) -> float:
        """Where the tracks begin."""
        if self.narrow:
            return self.wide + _LABEL + self.room
        self.leaf = self._reach(set(self.plan.leaves.values())) // 1 + 1 + _LABEL
        right = self._reach(set(self.plan.spine))
        if self.plan.leaves:
            right = max(right, self.leaf + self._box_width(tuple(self.plan.leaves)) + 34)
        return right // 1 + 1

    def _reach(self, states: set[str]) -> float:
        """How far to the right the labels go at these states."""
        reached = [self.wide + _LABEL]
        for (start, end), labels in self.plan.labels.items():
            if start in states:
                left = self.wide + _LABEL + (_LOOP if start == end else 0)
                left = _SPINE + _LABEL if self.plan.straight(start, end) else left
                reached += [text.box.right for text in self._texts(labels, left, 0, self.room)]
        return max(reached)

    def picture(self) -> Picture:
        self._begin()
        for place, state in enumerate(self.plan.spine):
            following = self.plan.spine[place + 1] if place + 1 < len(self.plan.spine) else None
            self._state(state)
            self._down(state, following)
        for number, state in enumerate(self.tracks):
            self._track(state, self.right + _TRACK * (number + 0.5))
        width = NARROW if self.narrow else self.right + _TRACK * len(self.tracks) + 1
        return Picture(
            "state",
            self.narrow,
            self.states.title,
            self.states.description,
            width,
            self.y + 1,
            tuple(self.groups),
        )

    def _begin(self) -> None:
        self.y = 2 * _DOT + 1
        self.groups.append(Group("step", (Dot("full", _SPINE, 6.5, _DOT),)))
        self._arrow((_SPINE, self.y), (_SPINE, self.y + 18))
        self.y += 18

    # ---- states ----

    def _state(self, state: str) -> None:
        """A box as high as its arrows need, and these on its right side."""
        top, self.y = self.y, self.y + 4
        if (state, state) in self.plan.labels:
            self._self(state)
        if state in self.tracks:
            self.ins[state] = self.y + 14
            self.y += 22
        for (start, end), labels in self.plan.labels.items():
            if start == state != end and not self.plan.straight(start, end):
                self._out(end, labels)
        if state in self.plan.last and state != self.plan.spine[-1]:
            self._end(self.wide, self.y + 14)
            self.y += 22
        height = len(self.names[state]) * PROSE.leading + 14
        bottom = max(top + height, self.y + 6)
        if self.y == top + 26 and state in self.ins:  # nothing but the way in: to the middle
            self.ins[state] = (top + bottom) / 2
        self._box(state, Box(0.5, top, self.wide, bottom))
        self.y = bottom

    def _box(self, state: str, box: Box) -> None:
        lines = self.names[state]
        top = (box.top + box.bottom - len(lines) * PROSE.leading) / 2
        name = Text(lines, PROSE, (box.left + box.right) / 2, top)
        shape = rectangle("box", box.left, box.top, box.right, box.bottom)
        self.groups.append(Group("state", (shape, name)))

    def _texts(
        self, labels: tuple[str, ...], x: float, top: float, room: float
    ) -> tuple[Text, ...]:
        """The labels of one arrow, one below the other."""
        texts = []
        for label in labels:
            face = face_of(label)
            texts.append(Text(wrapped(label, face, room), face, x, top, "start"))
            top = texts[-1].box.bottom + (5 if self.narrow else 2)
        return tuple(texts)

    def _self(self, state: str) -> None:
        x, far = self.wide, self.wide + _LOOP
        labels = self.plan.labels[state, state]
        texts = self._texts(labels, far + _LABEL - 4, self.y, self.room - _LOOP)
        bottom = texts[-1].box.bottom if texts else self.y + 20
        middle = (self.y + bottom) / 2
        out, back = middle - 7, middle + 7
        path = ((x, out), (far, out), (far, back), (x + CLEAR, back))
        shape = Stroke("shaft", (path,)), tip("event", (x + CLEAR - 1, back), -1)
        self.groups.append(Group(f"step {sender_of(labels)}".rstrip(), (*texts, *shape)))
        self.y = bottom + 8

    def _out(self, end: str, labels: tuple[str, ...]) -> None:
        """An arrow to a state beside the spine, or to the track of one further on."""
        texts = self._texts(labels, self.wide + _LABEL, self.y, self.room)
        y = texts[-1].box.bottom + 3 if texts else self.y + 12
        self.groups.append(Group("step", texts))
        self.y = y + 7
        if end in self.tracks:
            self.outs[end].append(y)
            return
        half = (len(self.names[end]) * PROSE.leading + 12) / 2
        self._arrow((self.wide, y), (self.leaf, y), sender_of(labels))
        right = self.leaf + self._box_width(tuple(self.plan.leaves))
        self._box(end, Box(self.leaf, y - half, right, y + half))
        if end in self.plan.last:
            self._end(right, y)
        self.y = y + half + 4

    def _end(self, x: float, y: float) -> None:
        self._arrow((x, y), (x + 18, y))
        self._dots(x + 18 + _DOT, y)

    def _dots(self, x: float, y: float) -> None:
        dots = (Dot("ring", x, y, _DOT), Dot("full", x, y, _DOT - 3))
        self.groups.append(Group("step", dots))

    # ---- arrows ----

    def _down(self, state: str, following: str | None) -> None:
        """What leads to the next state, or out of the last one."""
        start = self.y
        if following is None:
            if state in self.plan.last:
                self._arrow((_SPINE, start), (_SPINE, start + 18))
                self._dots(_SPINE, start + 18 + _DOT)
                self.y += 18 + 2 * _DOT
            return
        if not self.plan.straight(state, following) or (state, following) not in self.plan.labels:
            self.y += 16
            return
        labels = self.plan.labels[state, following]
        texts = self._texts(labels, _SPINE + _LABEL, start + 7, self.right - _SPINE - _LABEL)
        self.y = texts[-1].box.bottom + 9 if texts else start + 24
        self.groups.append(Group("step", texts))
        self._arrow((_SPINE, start), (_SPINE, self.y), sender_of(labels))

    def _arrow(self, start: Point, end: Point, sender: str = "") -> None:
        """A straight arrow to the right or down."""
        (x, y), (u, v) = start, end
        shaft = Stroke("shaft", ((start, (u, v - 1) if u == x else (u - 1, v)),))
        head = ((u - 4.5, v - 8), (u, v - 1), (u + 4.5, v - 8))
        if v == y:
            head = ((u - 8, v - 4.5), (u - 1, v), (u - 8, v + 4.5))
        self.groups.append(Group(f"step {sender}".rstrip(), (shaft, Stroke("tip", (head,)))))

    def _track(self, state: str, x: float) -> None:
        """The line that all arrows to a state share which come from further off."""
        y, outs = self.ins[state], self.outs[state]
        runs = [((self.wide, out), (x, out)) for out in outs]
        upright = (x, min(*outs, y)), (x, max(*outs, y))
        runs += [upright, ((x, y), (self.wide + 1, y))]
        head = tip("event", (self.wide + 1, y), -1)
        sender = sender_of(self.plan.labels[self.plan.sources(state)[0], state])
        group = Group(f"step {sender}".rstrip(), (Stroke("shaft", tuple(runs)), head))
        self.groups.append(group)


def sender_of(labels: tuple[str, ...]) -> str:
    """Whose message leads to the next state, where the label is a type of message; or nobody's."""
    label = labels[0].replace("\n", "") if labels else ""
    if _SENT.match(label):
        return "app"
    return "server" if _RECEIVED.match(label) else ""
