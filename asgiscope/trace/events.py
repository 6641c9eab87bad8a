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


BLOCK: Final = 256  # events that are packed at a time: most runs have fewer, and are not

_STRINGS: Final = frozenset((str,))
_About = tuple[str, str, str, str, int | None, str | None]  # from ``connection`` on, no message


class Events(Sequence[Event]):
    """Events in their order, each made when it is asked for.

    The newest are kept as they come. Older ones are packed: what an event has in common with
    others (all but its time and the values of its message) is there once for all of them, and
    its own tuple points to that. It takes a quarter of the room of events with dicts in them.
    """

    def __init__(self) -> None:
        self._count = 0
        self._new: list[tuple[_About, float, Any]] = []
        self._packed: list[tuple[Any, ...]] = []
        self._common: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def add(self, t: float, message: Any, about: _About) -> int:
        """Append an event; return its number. The message is not copied."""
        self._new.append((about, t, message))
        self._count += 1
        if not self._count % BLOCK:
            self._packed.extend(map(self._pack, self._new))
            self._new.clear()
        return self._count

    def _pack(self, event: tuple[_About, float, Any]) -> tuple[Any, ...]:
        about, t, message = event
        if type(message) is dict and _STRINGS.issuperset(map(type, message)):
            common = (about, tuple(message))
            return (self._common.setdefault(common, common), t, *message.values())
        whole = (about, None)
        return (self._common.setdefault(whole, whole), t, message)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> list[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | list[Event]:
        numbers = range(self._count)[index]
        if isinstance(numbers, range):
            return [self._event(number) for number in numbers]
        return self._event(numbers)

    def _event(self, number: int) -> Event:
        packed = len(self._packed)
        if number >= packed:
            about, t, message = self._new[number - packed]
        else:
            (about, keys), t, *values = self._packed[number]
            message = values[0] if keys is None else dict(zip(keys, values, strict=True))
        connection, from_, to, kind, line, state = about
        return Event(number + 1, t, connection, from_, to, kind, message, line, state)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (Events, list)):
            return len(self) == len(other) and all(map(Event.__eq__, self, other))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self[:])
