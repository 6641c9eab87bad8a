"""Measures several ways of doing a thing in turns: a busy machine is busy for all of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """Microseconds a call: the median of the rounds, and their quartiles."""

    name: str
    median: float
    low: float
    high: float


def interleaved(
    ways: dict[str, Callable[[], object]], rounds: int = 30, calls: int = 50
) -> list[Figure]:
    """Time each way ``calls`` times a round, the ways taking turns; in microseconds a call."""
    seen: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            names = list(ways)
            for name in names[number % len(names) :] + names[: number % len(names)]:
                seen[name].append(_time(ways[name], calls))
    finally:
        gc.enable()
    return [_figure(name, times) for name, times in seen.items()]


def _time(way: Callable[[], object], calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        way()
    return (time.perf_counter() - start) / calls * 1e6


def _figure(name: str, times: list[float]) -> Figure:
    low, median, high = statistics.quantiles(times, n=4)
    return Figure(name, median, low, high)


def table(figures: list[Figure], base: str) -> str:
    """The figures as lines, with the ratio of each to ``base``."""
    reference = next(figure.median for figure in figures if figure.name == base)
    lines = [f"{'':44}{'median':>10}{'quartiles':>20}{'ratio':>8}"]
    for figure in figures:
        spread = f"{figure.low:.0f}-{figure.high:.0f}"
        ratio = figure.median / reference
        lines.append(f"{figure.name:44}{figure.median:>8.0f} µs{spread:>20}{ratio:>8.2f}")
    return "\n".join(lines)
