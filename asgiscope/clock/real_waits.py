"""Real waiting inside virtual time: for sockets, pipes, processes, and real calls.

The virtual clock stands meanwhile. What comes within the patience of a run comes at the virtual
moment at which it was asked for. What takes longer than the next timer is from then lets that timer
fire first, as a real clock would.
"""

from __future__ import annotations

import selectors
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .loop import VirtualLoop

SLICE: Final = 0.005  # real seconds between two looks at what is not a file
real_clock: Final = time.monotonic
real_sleep: Final = time.sleep


class LazySelector(selectors.BaseSelector):
    """A selector that is made when the first file is registered: most runs have none.

    ``turn`` is what the event loop does instead of waiting.
    """

    def __init__(self, turn: Callable[[float | None], list[Any]]) -> None:
        self.select = turn  # type: ignore[method-assign,assignment] # at each turn: no call between
        self.real: selectors.BaseSelector | None = None
        self.on_first: Callable[[], None] = lambda: None

    def select(self, timeout: float | None = None) -> list[Any]:
        raise NotImplementedError  # each one has its own

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        if self.real is None:
            self.real = selectors.DefaultSelector()
            self.on_first()
        return self.real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        if self.real is None:
            raise KeyError(f"{fileobj!r} is not registered")
        return self.real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        if self.real is None:
            raise KeyError(f"{fileobj!r} is not registered")
        return self.real.modify(fileobj, events, data)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self.real.get_map() if self.real else {}

    def close(self) -> None:
        if self.real:
            self.real.close()
            self.real = None


class RealWaits:
    """How long a run really waits, and for what."""

    def __init__(self, loop: VirtualLoop, patience: float) -> None:
        self._loop = loop
        self._selector: LazySelector = loop._selector  # type: ignore[attr-defined]
        self._selector.on_first = self._begin
        self.files: selectors.BaseSelector | None = None
        self.patience = patience  # real seconds without a sign of life
        self.left = patience
        self.waiting = False  # whether the loop really waits now
        self.on_files: Callable[[], None] = lambda: None

    def _begin(self) -> None:
        self.files = self._selector.real
        self.on_files()

    def look(self) -> list[Any]:
        """What is ready now of the files."""
        assert self.files is not None
        found = self.files.select(0)
        if found:
            self.left = self.patience
        return found

    def destroy(self) -> None:
        """The loop is closed: nothing is waited for any more."""
        self.on_files = lambda: None
        del self._loop, self._selector

    @property
    def pending(self) -> bool:
        """Whether there is something that only real time can bring."""
        threads = self._loop.threads
        files = self.files is not None and bool(self.files.get_map())
        return files or (threads is not None and threads.really_wait)

    @property
    def what(self) -> str:
        """What it waits for, in a word or two."""
        threads = self._loop.threads
        if self.files is not None and self.files.get_map():
            return "socket, pipe, process"
        return threads.name_of_away() if threads is not None else ""

    @property
    def gave_up(self) -> bool:
        """Whether it has waited in vain for something real."""
        return self.left <= 0 and self.pending

    def wait(self, timeout: float | None) -> bool:
        """Really wait, at most so long; whether something has come, so that a turn is due."""
        if not self.pending:
            return False
        until = min(self.left, self.left if timeout is None else timeout)
        begin = real_clock()
        self.waiting = True
        try:
            while (spent := real_clock() - begin) < until:
                if self._arrived(min(SLICE, until - spent)):
                    self.left = self.patience
                    return True
        finally:
            self.waiting = False
        self.left -= until
        if self.left <= 0 and self._loop.threads is not None:
            self._loop.threads.stop_runaways()
        return bool(self._loop.over)

    def _arrived(self, seconds: float) -> bool:
        threads = self._loop.threads
        if self._loop.has_ready or (threads is not None and threads.poll()):
            return True
        if self.files is not None and self.files.get_map():
            return bool(self.files.select(seconds))
        real_sleep(seconds)
        return False
