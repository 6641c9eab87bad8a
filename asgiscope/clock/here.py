"""Where the code that runs now stands: on the event loop of a run, in one of its threads, nowhere;
and for which call of the app it runs.

What a run changes (the clock, threads, locks) is changed once for the whole process, and asks each
time. So code outside a run, and other threads of the process, have the real things.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar
from threading import get_ident
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, Protocol

from .budget import OverBudget
from .loop import VirtualLoop

if TYPE_CHECKING:
    from .threads import Threads

Ready = Callable[[], bool]

ENGINE: Final = __name__.partition(".")[0]  # what the names of its modules begin with
SLEEPS: Final = 10_000  # blocking calls within one turn of the event loop


class Place:
    """A thread of a run. Subclasses say what sleeping and waiting are there."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.origin: int | None = None  # the line of the app's code that started this thread

    @property
    def now(self) -> float:
        return self.run.loop.now

    def sleep(self, seconds: float) -> None:
        raise NotImplementedError

    def wait(self, ready: Ready, timeout: float | None, call: str = "") -> bool:
        """Block until something is ready; whether it is. ``call`` is named if it is given."""
        raise NotImplementedError

    def enter(self) -> None:
        """The code is about to do what other threads can see."""


class Run:
    """What belongs to one run: its event loop, its threads, and who writes down what they do."""

    def __init__(self, loop: VirtualLoop, on_block: Callable[[float, str], None]) -> None:
        self.loop = loop
        self.on_block = on_block
        self.on_rule: Callable[..., None] = lambda rule, line=None, **values: None
        self.line_of_start: Callable[[], int | None] = lambda: None
        self.on_measured: Callable[..., None] = lambda rule, line=None, **values: None
        self.stands_at: Callable[[FrameType | None], tuple[int | None, str]] = lambda _: (None, "")
        self.threads: Threads | None = None
        self.thread = get_ident()

    def open_threads(self) -> Threads:
        """The threads of the run, which most runs have none of."""
        if self.threads is None:
            from .threads import Threads

            self.threads = self.loop.threads = Threads(self)
        return self.threads

    def close(self) -> None:
        """The run is over."""
        if self.threads is not None:
            self.threads.close()

    def execute(self, executor: Any, function: Callable[[], Any]) -> asyncio.Future[Any]:
        """What ``loop.run_in_executor`` does."""
        return self.open_threads().pools.execute(executor, function)


class LoopPlace(Place):
    """The thread of the event loop: whoever blocks here blocks everything."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._turn = -1
        self._sleeps = 0

    def sleep(self, seconds: float) -> None:
        self.pass_time(seconds, "time.sleep")

    def pass_time(self, seconds: float, call: str) -> None:
        """Let the clock move while nothing else runs, which is told before."""
        loop = self.run.loop
        if self._turn != loop.turns_left:
            self._turn, self._sleeps = loop.turns_left, 0
        self._sleeps += 1
        if self._sleeps > SLEEPS:
            loop.over = "loop"
            raise OverBudget(loop.over)
        self.run.on_block(seconds, call)
        loop.advance_to(loop.now + seconds)

    def wait(self, ready: Ready, timeout: float | None, call: str = "") -> bool:
        if ready():
            return True
        return self.run.open_threads().wait_on_loop(self, ready, timeout, call or name_of_call())


class Owner(Protocol):
    """Whom code of the app runs for: one call of the app."""

    name: str  # of the client

    def actor(self) -> str:
        """Which of the app's tasks is running: "app", or "app/2" and so on."""


CURRENT: Final[ContextVar[Owner | None]] = ContextVar("connection", default=None)


def context_of_a_thread() -> Context:
    """An empty one, but for what the recorder needs: whose call of the app this is about."""
    context = Context()
    context.run(CURRENT.set, CURRENT.get())
    return context


_places: Final[dict[int, Place]] = {}


def here() -> Place | None:
    """The place of the code that asks, or None where it is not part of a run."""
    return _places.get(get_ident())


def origin_of_thread() -> int | None:
    """Where this thread was started, if it is one of a run's."""
    place = _places.get(get_ident())
    return place.origin if place is not None else None


def is_in_thread() -> bool:
    """Whether the code that asks runs in a thread of the app, beside the event loop's."""
    place = _places.get(get_ident())
    return place is not None and not isinstance(place, LoopPlace)


def at_its_time(happen: Callable[[], object]) -> None:
    """Let something happen now, or, where a thread's own clock is ahead, when that time comes."""
    place = _places.get(get_ident())
    if place is not None and place.now > place.run.loop.now:
        place.run.open_threads().at(place.now, happen)
    else:
        happen()


def stand(place: Place | None) -> Place | None:
    """Let the thread that asks stand at a place, or nowhere; where it stood before."""
    thread = get_ident()
    before = _places.get(thread)
    if place is None:
        _places.pop(thread, None)
    else:
        _places[thread] = place
    return before


@contextmanager
def standing(place: Place | None) -> Iterator[None]:
    """Stand at a place, or nowhere, for some time."""
    before = stand(place)
    try:
        yield
    finally:
        stand(before)


def leave(thread: int) -> None:
    """A thread is given up: what it still does is no part of a run."""
    _places.pop(thread, None)


_WAITING: Final = ("threading", "queue", "selectors", "concurrent.futures")


def name_of_call() -> str:
    """The call of the standard library by which the app waits, such as "Queue.get"."""
    name = "time.sleep"
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(_WAITING):
            name = frame.f_code.co_qualname
        elif module.partition(".")[0] != ENGINE:
            break
        frame = frame.f_back
    return name
