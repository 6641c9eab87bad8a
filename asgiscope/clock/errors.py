"""What a wait for a thread raises that cannot end."""

from __future__ import annotations


class EndlessWait(RuntimeError):
    """A wait for another thread that nothing can end."""

    def __init__(self) -> None:
        super().__init__("waits for another thread, but no thread is left that could end the wait")


class CannotFollow(RuntimeError):
    """A wait that the engine cannot model where there are no threads."""

    def __init__(self) -> None:
        super().__init__("waits for another thread; there are no threads here, as in the browser")
