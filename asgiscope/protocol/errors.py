"""What ``send()`` raises."""

from __future__ import annotations


class MessageError(RuntimeError):
    """Raised inside ``send()`` for a message that breaks a rule. ``rules`` are the rules' ids."""

    def __init__(self, text: str, rules: tuple[str, ...]) -> None:
        super().__init__(text)
        self.rules = rules


class ClientDisconnected(OSError):
    """Raised inside ``send()`` when the client has left, as the specification asks since 2.4."""
