"""How far several pieces of work are that go on side by side.

On a terminal, one line that is drawn again every half second; elsewhere, a plain line when a piece
begins and one when it ends.
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import TextIO

EVERY = 0.5  # seconds
CLEAR = "\r\x1b[K"


@dataclass
class Work:
    """One piece under way; ``detail`` tells how far it is, if that is known."""

    title: str
    detail: Callable[[], str]
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def told(self) -> str:
        """Title, seconds, and how far: "Installing npm packages 7 s"."""
        detail = self.detail()
        return f"{self.title} {self.seconds:.0f} s{f' ({detail})' if detail else ''}"


class Progress:
    """Use it with ``with``; then ``with progress.work(title):`` from any thread."""

    def __init__(self, output: TextIO | None = None) -> None:
        self.output = output or sys.stdout
        self.live = self.output.isatty()
        self.under_way: list[Work] = []
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._redraw, daemon=True)

    def __enter__(self) -> Progress:
        if self.live:
            self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over.set()
        if self.live:
            self.thread.join()

    @contextmanager
    def work(self, title: str, detail: Callable[[], str] = lambda: "") -> Iterator[None]:
        """Tell of a piece of work for as long as the block runs, and whether it was done."""
        work = Work(title, detail)
        with self.lock:
            self.under_way.append(work)
            if not self.live:
                self._write(f"{title} …\n")
        ended = "failed"
        try:
            yield
            ended = "done"
        finally:
            with self.lock:
                self.under_way.remove(work)
                self._write(f"{title}: {ended} in {work.seconds:.0f} s\n")

    def _redraw(self) -> None:
        while not self.over.wait(EVERY):
            with self.lock:
                line = " · ".join(work.told() for work in self.under_way)
                self._write(line[: shutil.get_terminal_size().columns - 1])

    def _write(self, text: str) -> None:
        self.output.write(f"{CLEAR if self.live else ''}{text}")
        self.output.flush()
