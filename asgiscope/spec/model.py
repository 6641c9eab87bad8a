"""The shapes in which the specification is written down here as data.

Nothing in this package runs an app: the validator, the mock server, the reference pages and the
tests all read the same tables.
"""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple

Level = Literal["error", "warning", "note"]
Direction = Literal["receive", "send"]

SPECIFICATION: Final = "https://asgi.readthedocs.io/en/latest/"


class _Required:
    """The default of a key that has none."""

    def __repr__(self) -> str:
        return "REQUIRED"


REQUIRED: Final = _Required()


class Key(NamedTuple):
    """One key of a scope or of a message.

    ``type`` names a predicate of :mod:`asgiscope.spec.types`. ``default`` is what a reader of the
    dict assumes when the key is missing, or ``REQUIRED``. ``since`` is the ``spec_version`` that
    brought the key, or "" where it has been there from the first version or came without one.
    """

    name: str
    type: str
    default: Any = REQUIRED
    since: str = ""

    @property
    def required(self) -> bool:
        return self.default is REQUIRED


class Message(NamedTuple):
    """A message type: who gives it (``send``: the app; ``receive``: the server) and its keys.

    ``section`` is the page and anchor below :data:`SPECIFICATION`. ``extension`` is the name that
    ``scope["extensions"]`` must hold before an app may send it, or "".
    """

    type: str
    protocol: str
    direction: Direction
    section: str
    keys: tuple[Key, ...] = ()
    extension: str = ""

    @property
    def url(self) -> str:
        return SPECIFICATION + self.section


class Scope(NamedTuple):
    """A scope type and its keys. ``version`` is the newest ``spec_version`` described here."""

    type: str
    version: str
    section: str
    keys: tuple[Key, ...]

    @property
    def url(self) -> str:
        return SPECIFICATION + self.section


class Rule(NamedTuple):
    """One thing that can be said of an app, with the section that says so.

    ``level`` follows the specification's verb: ``error`` for must, ``warning`` for should,
    ``note`` for what is allowed but worth knowing. A section that is a whole URL belongs to
    another document (an RFC, the Python documentation). ``tolerated``: servers pass it on, so that
    it is told but does not stop the app.
    """

    id: str
    level: Level
    section: str
    tolerated: bool = False

    @property
    def raises(self) -> bool:
        """Whether ``send()`` raises for it: every error does that servers do not tolerate."""
        return self.level == "error" and not self.tolerated

    @property
    def url(self) -> str:
        return self.section if "://" in self.section else SPECIFICATION + self.section
