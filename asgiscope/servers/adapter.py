"""What the engine asks of a real server: one subclass a server, in a module of its own.

Everything that touches the inside of a server stands in that module. Where a version has changed
there, :func:`inside` says so, and which version it was.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import metadata
from typing import Any, ClassVar, Final

from ..client.step_values import unknown
from ..client.steps import ClientError
from .network import Listener

EXTRA: Final = "asgiscope[servers]"
App = Callable[[Any, Any, Any], Coroutine[Any, Any, None]]


class Adapter:
    """A server with its options."""

    name: ClassVar[str]  # as it is given to run(), and as its package is called
    title: ClassVar[str]
    http_versions: tuple[str, ...] = ("1.0", "1.1")

    def __init__(self, options: Mapping[str, Any]) -> None:
        """Check the options and hand them to the server's own configuration.

        Raises :class:`ClientError` for one that the server does not know or does not take.
        """
        self.version = version(self.name)

    @property
    def told(self) -> str:
        return f"{self.title} {self.version}"

    def serve(self, app: App, listener: Listener) -> Coroutine[Any, Any, Any]:
        """The server's own main routine: from its startup to the end of its shutdown."""
        raise NotImplementedError

    def terminate(self) -> None:
        """What the server does when SIGTERM comes."""
        raise NotImplementedError

    def fixed(self) -> AbstractContextManager[None]:
        """Whatever the server takes from chance, or keeps from run to run, the same each time."""
        raise NotImplementedError


def version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?"


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Imports and uses of what is inside a server.

    Raises :class:`ClientError` where it is not installed, and where this version is another inside.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name == name:
            raise ClientError(None, "server-missing", {"server": name, "extra": EXTRA}) from None
        raise _changed(name, error) from error
    except (ImportError, AttributeError) as error:
        raise _changed(name, error) from error


def _changed(name: str, error: Exception) -> ClientError:
    about = {"server": name, "version": version(name), "found": str(error)}
    return ClientError(None, "server-inside", about)


def check_options(server: str, options: Iterable[str], known: Iterable[str], taken: str) -> None:
    """Raise :class:`ClientError` for an option that this version does not know.

    ``taken`` are the names of those that can have an effect here, in one text.
    """
    names = sorted(set(taken.split()).intersection(known))
    for option in options:
        if option not in names:
            raise ClientError(None, "server-option", {"server": server, **unknown(option, names)})


@contextmanager
def taking(server: str) -> Iterator[None]:
    """Turns what a server's configuration raises for a value into a :class:`ClientError`."""
    try:
        yield
    except ClientError:
        raise
    except (Exception, SystemExit) as error:
        text = f"{type(error).__name__}: {error}"
        raise ClientError(None, "server-value", {"server": server, "found": text}) from error


@contextmanager
def replaced(*changes: tuple[Any, str, Any]) -> Iterator[None]:
    """Attributes with other values, for some time."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in changes]
    for owner, name, value in changes:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)
