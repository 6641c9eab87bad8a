"""What HTTP itself asks of a response, beyond the order of its messages (RFC 9110)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .findings import Problem

NO_CONTENT: Final = 204
WITHOUT_BODY: Final = (NO_CONTENT, 304)


class ResponseLength:
    """The declared ``content-length`` of a response against what is sent."""

    def __init__(self, method: str) -> None:
        self._head = method == "HEAD"
        self.carries_body = not self._head  # whether the client is sent what the app gives as one
        self._status = 0
        self._declared: int | None = None
        self.sent = 0

    def validate_start(self, message: Mapping[str, Any]) -> list[Problem]:
        """What is wrong with the declared length."""
        values = [value for name, value in message.get("headers", ()) if name == b"content-length"]
        if not values:
            return []
        if len(set(values)) > 1 or not all(value.isdigit() for value in values):
            found = ", ".join(value.decode("latin-1") for value in values)
            return [Problem("http-content-length-invalid", {"found": found})]
        if values and message["status"] == NO_CONTENT:
            return [Problem("http-content-length-not-allowed", {"status": NO_CONTENT})]
        return []

    def start(self, message: Mapping[str, Any]) -> None:
        self._status = message["status"]
        self.carries_body = not self._head and self._status not in WITHOUT_BODY
        for name, value in message.get("headers", ()):
            if name == b"content-length" and self._status not in WITHOUT_BODY:
                self._declared = int(value)

    def validate_body(self, size: int, last: bool) -> list[Problem]:
        """What is wrong with another ``size`` bytes, the last of them or not."""
        if not self.carries_body:
            if size and not self._head:
                return [Problem("http-body-not-allowed", {"status": self._status})]
            return []
        total = self.sent + size
        if self._declared is None or total == self._declared:
            return []
        values = {"declared": self._declared, "sent": total}
        if total > self._declared:
            return [Problem("http-content-length-long", values)]
        return [Problem("http-content-length-short", values)] if last else []
