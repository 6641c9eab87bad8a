"""Leaves out what only repeats: an endless stream is the same two events ten thousand times."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

LONGEST_CYCLE: Final = 12  # events that repeat together
SHOWN: Final = 2  # times that a cycle is shown before the rest is left out; and once after
LEAST: Final = 20  # items: fewer are not worth leaving out
MOST_ROWS: Final = 400  # of all that is left: more than a terminal is scrolled back for

T = TypeVar("T")


class LeftOut(NamedTuple):
    """So many items; ``alike`` when they repeat what stands before."""

    size: int
    alike: bool


def folded(items: Sequence[T], key: Callable[[T], Hashable]) -> list[T | LeftOut]:
    """The items, with the middle of every long repetition left out, and of a long list, too."""
    rows = [*_without_repeats(items, key)]
    if len(rows) <= MOST_ROWS:
        return rows
    tail = MOST_ROWS // 4
    head, middle, end = rows[: MOST_ROWS - tail], rows[MOST_ROWS - tail : -tail], rows[-tail:]
    return [*head, LeftOut(sum(map(_size, middle)), alike=False), *end]


def _size(row: object) -> int:
    return row.size if isinstance(row, LeftOut) else 1


def _without_repeats(given: Sequence[T], key: Callable[[T], Hashable]) -> Iterator[T | LeftOut]:
    items: list[T] = list(given)
    keys = [key(item) for item in items]
    index = 0
    while index < len(items):
        cycle, times = _repetition(keys, index)
        left_out = cycle * (times - SHOWN - 1)
        if left_out < LEAST:
            yield items[index]
            index += 1
            continue
        end = index + cycle * times
        yield from items[index : index + cycle * SHOWN]
        yield LeftOut(left_out, alike=True)
        yield from items[end - cycle : end]
        index = end


def _repetition(keys: list[Hashable], start: int) -> tuple[int, int]:
    """The shortest cycle that repeats often enough from here on, and how often it does."""
    for cycle in range(1, LONGEST_CYCLE + 1):
        end = start + cycle
        while end < len(keys) and keys[end] == keys[end - cycle]:
            end += 1
        times = (end - start) // cycle
        if cycle * (times - SHOWN - 1) >= LEAST:
            return cycle, times
    return 1, 1
