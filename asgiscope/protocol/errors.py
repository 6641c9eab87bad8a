"""What ``send()`` raises, and how to know it again when it comes out of the app."""

from __future__ import annotations


class MessageError(RuntimeError):
    """Raised inside ``send()`` for a message that breaks a rule. ``rules`` are the rules' ids."""

    def __init__(self, text: str, rules: tuple[str, ...]) -> None:
        super().__init__(text)
        self.rules = rules


class ClientDisconnected(OSError):
    """Raised inside ``send()`` when the client has left, as the specification asks since 2.4."""


class EndlessWait(RuntimeError):
    """A wait for another thread that nothing can end."""

    def __init__(self) -> None:
        super().__init__("waits for another thread, but no thread is left that could end the wait")


class CannotFollow(RuntimeError):
    """A wait that the engine cannot model where there are no threads."""

    def __init__(self) -> None:
        super().__init__("waits for another thread; there are no threads here, as in the browser")


def repeats_the_server(error: BaseException) -> bool:
    """Whether an exception only says again what the server has said: the trace holds it already."""
    if isinstance(error, BaseExceptionGroup):
        return all(repeats_the_server(part) for part in error.exceptions)
    if isinstance(error, (MessageError, ClientDisconnected, EndlessWait, CannotFollow)):
        return True
    cause = error.__cause__ or error.__context__  # a framework's own word for the disconnect
    return isinstance(cause, ClientDisconnected)
