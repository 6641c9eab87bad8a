"""Threads where there are none, as in the browser: the function runs at once, on its own clock.

What differs from a real thread: everything the function does happens when it starts, and it cannot
wait for what others have still to do.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NoReturn

from .errors import CannotFollow
from .here import Place, Ready, Run, here, name_of_call, standing
from .loop import OutsideAnyLoop
from .pool_workers import Deliver


class InlinePlace(Place):
    """A thread's function in the middle of someone else's; ``now`` is its own."""

    now = 0.0
    parks = False  # whether nobody is told of a wait that never ends, unless it does harm

    def sleep(self, seconds: float) -> None:
        self.run.loop.allow(self.now + seconds)
        self.now += seconds

    def wait(self, ready: Ready, timeout: float | None, call: str = "") -> bool:
        threads = self.run.open_threads()
        until = math.inf if timeout is None else self.now + timeout
        while not ready():
            ending = threads.next_ending(until)
            when = until if ending is None else ending.when
            if when == math.inf:
                self._cannot_follow(call or name_of_call())
            self.sleep(max(0.0, when - self.now))
            if ending is None:
                return ready()
            ending()
        return True

    def _cannot_follow(self, call: str) -> NoReturn:
        if self.parks:
            self.run.loop.not_followed.append((call, self.run.line_of_start()))
        else:
            self.run.on_rule("engine-cannot-follow", what=call)
        raise CannotFollow


def run_inline(
    run: Run, function: Callable[[], Any], *, parks: bool = False
) -> tuple[float, Deliver]:
    """Run a function as a thread would; when it has ended, and how to hand its result over.

    One that ``parks`` may wait for ever, as a thread does that waits for more work.
    """
    before = here()
    place = InlinePlace(run)
    place.parks = parks
    place.now = before.now if before is not None else run.loop.now
    with standing(place), OutsideAnyLoop():
        try:
            result = function()
        except Exception as error:
            failure = error
            return place.now, lambda future: future.set_exception(failure)
    return place.now, lambda future: future.set_result(result)
