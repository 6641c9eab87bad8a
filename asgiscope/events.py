"""The events of a run, kept small: a long conversation says nearly the same again and again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, overload


class Event(NamedTuple):
    """One thing that happened.

    ``n`` counts from 1; ``t`` is in virtual seconds; ``from_`` and ``to`` are "client", "server",
    "app" (the task in which the server called the app), or "app/2" and so on for its other tasks.
    ``line`` is a line of the app's own source; ``state`` is the connection's, after the event.
    """

    n: int
    t: float
    connection: str
    from_: str
    to: str
    kind: str
    message: Any = None
    line: int | None = None
    state: str | None = None


_STRINGS: Final = frozenset((str,))


class Events(Sequence[Event]):
    """Events in their order, each made when it is asked for.

    What is kept of one is a short tuple: what it has in common with others (all but its time and
    the values of its message), of which there is one copy for all; its time; and those values.
    That takes a quarter of the room of events with dicts in them.
    """

    def __init__(self) -> None:
        self._rows: list[tuple[Any, ...]] = []
        self._common: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def add(self, t: float, message: Any, about: tuple[Any, ...]) -> int:
        """Append an event; return its number. ``about``: connection, from, to, kind, line, state.

        ``message`` is not copied.
        """
        if type(message) is dict and _STRINGS.issuperset(map(type, message)):
            common = (*about, tuple(message))
            row = (self._common.setdefault(common, common), t, *message.values())
        else:
            common = (*about, None)
            row = (self._common.setdefault(common, common), t, message)
        self._rows.append(row)
        return len(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> list[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | list[Event]:
        numbers = range(1, len(self._rows) + 1)[index]
        if isinstance(numbers, range):
            return [self._event(n) for n in numbers]
        return self._event(numbers)

    def _event(self, n: int) -> Event:
        (*about, keys), t, *values = self._rows[n - 1]
        connection, from_, to, kind, line, state = about
        message = values[0] if keys is None else dict(zip(keys, values, strict=True))
        return Event(n, t, connection, from_, to, kind, message, line, state)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (Events, list)):
            return len(self) == len(other) and all(map(Event.__eq__, self, other))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self[:])
