"""How much a run may take, and what is raised where it takes more."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """How much a run may take: turns of the event loop, virtual seconds, recorded events.

    ``real`` are seconds by a real clock: so long it waits for something real without a sign of
    life, and so long the app may keep the event loop without giving control back.
    """

    turns: int = 200_000
    seconds: float = 86_400.0
    events: int = 200_000
    real: float = 10.0


class OverBudget(BaseException):
    """The run took more turns, virtual seconds or events than it is allowed (the argument says).

    Not an ``Exception``, so that an app that catches everything does not go on for ever.
    """
