"""Which state stands where in a state diagram, before there are any px.

States stand one below the other, on a spine. A state at which a way ends that comes from one state
only may stand beside that one instead. Transitions between the same two states are one arrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import Final

from drawing.parsed import States

_MOST_ORDERS: Final = 6  # tracks of which every order is tried


@dataclass(frozen=True)
class Plan:
    """The states' places, and the labels of each arrow."""

    spine: tuple[str, ...]
    leaves: dict[str, str]  # what stands beside a state, and beside which
    first: str
    last: frozenset[str]  # states at which all may end
    labels: dict[tuple[str, str], tuple[str, ...]]

    def straight(self, start: str, end: str) -> bool:
        """Whether the arrow leads to the next state on the spine."""
        return (start, end) in pairwise(self.spine)

    def tracks(self) -> tuple[str, ...]:
        """The states that are reached by a track of their own, beside the spine; inner first."""
        ends = [
            end
            for start, end in self.labels
            if start != end and end not in self.leaves and not self.straight(start, end)
        ]
        wanted = tuple(dict.fromkeys(ends))
        if len(wanted) > _MOST_ORDERS:
            return wanted
        return min(permutations(wanted), key=self._crossings)

    def sources(self, end: str) -> list[str]:
        """The states whose arrows take this state's track."""
        arrows = [(a, b) for a, b in self.labels if b == end and a != b]
        return [start for start, end in arrows if not self.straight(start, end)]

    def _crossings(self, tracks: tuple[str, ...]) -> int:
        """How often an arrow crosses a track on its way to one that is further out."""
        place = {state: number for number, state in enumerate(self.spine)}
        spans = []
        for end in tracks:
            stops = [place[each] for each in (*self.sources(end), end)]
            spans.append((min(stops), max(stops), stops))
        return sum(
            low <= stop <= high
            for outer, (_, _, stops) in enumerate(spans)
            for low, high, _ in spans[:outer]
            for stop in stops
        )


def plan_of(states: States, beside: bool) -> Plan:
    """The plan; ``beside`` says whether there is room beside the spine for states."""
    labels: dict[tuple[str, str], tuple[str, ...]] = {}
    for step in states.transitions:
        if step.start is not None and step.end is not None:
            arrow = (step.start, step.end)
            labels[arrow] = (*labels.get(arrow, ()), *([step.text] if step.text else []))
    firsts = [step.end for step in states.transitions if step.start is None and step.end]
    first = firsts[0] if firsts else next(iter(states.names))
    last = frozenset(step.start for step in states.transitions if step.end is None and step.start)
    leaves = leaves_of(labels) if beside else {}
    spine = spine_of([name for name in states.names if name not in leaves], [*labels], first)
    return Plan(tuple(spine), leaves, first, last, labels)


def leaves_of(labels: dict[tuple[str, str], tuple[str, ...]]) -> dict[str, str]:
    """States from which no arrow leads on and to which one leads; none if there is one way only."""
    ways = [(start, end) for start, end in labels if start != end]
    starts = [start for start, _ in ways]
    if len(set(starts)) == len(starts):
        return {}
    ends = [end for _, end in ways]
    return {end: start for start, end in ways if end not in starts and ends.count(end) == 1}


def spine_of(states: list[str], arrows: list[tuple[str, str]], first: str) -> list[str]:
    """The states in order: those that lead on by the longest way to each, then those that do not.

    Of the latter, those come first whose arrows begin furthest down, and then those with few.
    """
    ranks = ranks_of(arrows, first)
    starts = {start for start, end in arrows if start != end}
    on = sorted((name for name in states if name in starts), key=lambda name: ranks.get(name, 0))
    into = {name: [on.index(a) for a, b in arrows if b == name and a in on] for name in states}
    ends = [name for name in states if name not in starts]
    return [*on, *sorted(ends, key=lambda end: (-max(into[end], default=0), len(into[end])))]


def ranks_of(arrows: list[tuple[str, str]], first: str) -> dict[str, int]:
    """How many arrows the longest way to each state has that passes none twice."""
    ranks: dict[str, int] = {}

    def visit(state: str, rank: int, path: frozenset[str]) -> None:
        if ranks.get(state, -1) >= rank:
            return
        ranks[state] = rank
        for start, end in arrows:
            if start == state and end not in path:
                visit(end, rank + 1, path | {end})

    visit(first, 0, frozenset({first}))
    return ranks
