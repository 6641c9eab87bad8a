"""The threads of an app, in virtual time.

Where there are threads, the app's are real, but only one of them runs at a time, and it is always
certain which: a thread goes on until it sleeps, waits or ends, and then gives the baton back to
whoever let it run (:mod:`asgiscope.clock.workers`). So a thread costs no time by itself, and the
order of events is the same each time.

In the browser there are none. There a thread's function runs at once, on the event loop's own
thread, with a clock of its own that ``time.sleep`` moves; its result is delivered when that clock
says (:mod:`asgiscope.clock.inline_threads`). What cannot be followed so is told, and never blamed
on the app.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections import deque
from collections.abc import Callable

from .budget import OverBudget
from .errors import EndlessWait
from .here import LoopPlace, Owner, Ready, Run
from .pools import Pools
from .thread_facts import is_asleep
from .workers import Waiting, Worker


class Ending:
    """A moment at which a thread ends or goes on; whoever comes to it first lets it happen."""

    def __init__(self, when: float, number: int, happen: Callable[[], object]) -> None:
        self.when = when
        self.number = number
        self.happened = False
        self._happen = happen

    def __lt__(self, other: Ending) -> bool:
        return (self.when, self.number) < (other.when, other.number)

    def __call__(self) -> None:
        if not self.happened:
            self.happened = True
            self._happen()


class Threads:
    """The threads of a run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.pools = Pools(self)
        self._loop = run.loop
        self._endings: list[Ending] = []
        self._numbers = itertools.count()
        self.waiting: list[Waiting] = []
        self.workers: list[Worker] = []
        self.away: list[Worker] = []  # in a call that really blocks
        self.back: deque[Worker] = deque()  # returned from such a call, and wants to go on

    def at(self, when: float, happen: Callable[[], object]) -> None:
        """Let something happen at its time, or sooner for one who blocks until then."""
        ending = Ending(when, next(self._numbers), happen)
        heapq.heappush(self._endings, ending)
        self._loop.call_at(when, ending)

    def poll(self) -> bool:
        """Let those threads go on whose wait is over; whether there were any."""
        moved = False
        while self.back:
            self.back.popleft().hand_baton()
            moved = True
        for wait in tuple(self.waiting):
            if not wait.over and wait.ready():
                self.end_wait(wait, True)
                moved = True
        return moved

    def end_wait(self, wait: Waiting, result: bool) -> None:
        if not wait.over:
            wait.over, wait.result = True, result
            self.waiting.remove(wait)
            wait.worker.resume()

    def time_out(self, wait: Waiting) -> None:
        """The time limit of a wait has come."""
        if not wait.over:
            self.end_wait(wait, wait.ready())

    @property
    def really_wait(self) -> bool:
        """Whether a thread waits for what only real time can bring."""
        return bool(self.away) or any(wait.real for wait in self.waiting)

    def name_of_away(self) -> str:
        """The call in which a thread stays that is away."""
        if self.away:
            return self.run.stands_at(self.away[0].frame())[1]
        return "select"

    def stop_runaways(self) -> None:
        """Stop the threads that compute and do not come to an end, and with them the run."""
        for worker in self.away:
            if not is_asleep(worker.native):
                self._loop.over = "loop"
                self._loop.over_line, self._loop.over_call = self.run.stands_at(worker.frame())

    def wait_on_loop(
        self, place: LoopPlace, ready: Ready, timeout: float | None, call: str
    ) -> bool:
        """Block the event loop's thread; time passes, and other threads go on, until it is ready.

        Raises :class:`EndlessWait` when nothing can make it so.
        """
        until = math.inf if timeout is None else self._loop.now + timeout
        while not ready():
            self._count_turn()
            if self.poll():
                continue
            ending = self.next_ending(until)
            when = until if ending is None else ending.when
            if self._loop.waits.wait(None if when == math.inf else when - self._loop.now):
                continue
            if when == math.inf:
                self.run.on_rule("loop-waits-for-ever", call=call)
                raise EndlessWait
            if when > self._loop.now:
                place.pass_time(when - self._loop.now, call)
            if ending is None:
                return ready()
            ending()
        return True

    def _count_turn(self) -> None:
        self._loop.turns_left -= 1
        if self._loop.turns_left < 0:
            self._loop.over = self._loop.over or "turns"
            raise OverBudget(self._loop.over)

    def next_ending(self, until: float) -> Ending | None:
        """The next moment at which a thread ends or goes on, if it comes by then."""
        while self._endings and self._endings[0].happened:
            heapq.heappop(self._endings)
        if self._endings and self._endings[0].when <= until:
            return self._endings[0]
        return None

    def stuck(self, owner: Owner) -> tuple[str, int] | None:
        """The call and the line at which a thread of an owner waits in the app's own code."""
        for wait in self.waiting:
            line, _ = self.run.stands_at(wait.worker.frame())
            if wait.worker.owner is owner and line is not None:
                return wait.call, line
        return None

    def close(self) -> None:
        """The run is over: end what still waits or sleeps. What really blocks is left alone."""
        for _ in range(5):  # a thread may refuse a few times
            for worker in [worker for worker in self.workers if not worker.done]:
                worker.end()
        for worker in self.workers:
            worker.give_up()
