"""Which limit of its budget a run has passed, and how that is named."""

from __future__ import annotations

from ..clock.budget import OverBudget
from ..clock.loop import VirtualLoop
from ..trace.values import plain_number
from .exchange import Exchange


def limit_of(error: BaseException, loop: VirtualLoop) -> str:
    """Which limit was passed. An interrupt is the watchdog's, or else that of a person: raised."""
    if isinstance(error, OverBudget):
        return str(error)
    if not loop.over:
        loop.forget_failures()
        raise error
    return loop.over


def name_over_budget(exchange: Exchange, loop: VirtualLoop, limit: str, line: int | None) -> None:
    loop.over = limit
    event = len(exchange.recorder.trace.events)
    if limit == "real":
        seconds, line = plain_number(loop.waits.patience), loop.over_line or line
        exchange.find("loop-held", event, line, call=loop.over_call, seconds=seconds)
    else:
        seconds = plain_number(loop.now)
        exchange.find("app-over-budget", event, line, limit=limit, seconds=seconds)
