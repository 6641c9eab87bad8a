"""How the tests are chosen, ordered and shared among processes, by what each asks for.

A test's fixtures say what it costs. One that asks for no browser, no server and nothing built is
``quick``: `make test-quick` runs those. Tests of one module go to one process, unless a mark
``xdist_group`` names another group. A test may listen on a port only if it asks for ``loopback``,
and let other code start a browser only if it asks for ``own_browser``.
"""

from __future__ import annotations

import functools
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.groups import ByGroup, name_groups

BROWSERS = {"playwright", "engine", "started"}
SLOW = BROWSERS | {"own_browser", "built_site", "runtime", "tree", "loopback", "new_environment"}
LONG = {"book", "started"}  # minutes in one process: none may be left for the end
SERVERS = {"uvicorn", "hypercorn", "nginx"}
DRIVER = "run-driver"  # of Playwright, as its command line has it
SLOWEST = 20  # tests told at the end of CI
WAITING = 2  # processes a core: a test of servers or browsers mostly waits


class Watch:
    """Notes who listens on a port, or starts a server or a browser, without having asked."""

    def __init__(self) -> None:
        self.asked: set[str] | None = None
        self.seen: list[str] = []

    def bind(self, sock: socket.socket, address: Any) -> None:
        """In place of ``socket.socket.bind``."""
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            self.note({"loopback"}, f"binds {address}")
        BIND(sock, address)

    def start(self, process: subprocess.Popen[Any], args: Any, *rest: Any, **options: Any) -> None:
        """In place of ``subprocess.Popen.__init__``."""
        words = [str(word) for word in args] if isinstance(args, (list, tuple)) else [str(args)]
        if SERVERS.intersection(words):
            self.note({"loopback"}, f"starts {' '.join(words)}")
        elif DRIVER in words:
            self.note(BROWSERS | {"own_browser"}, "starts a browser")
        START(process, args, *rest, **options)

    def note(self, needed: set[str], what: str) -> None:
        """It is a fault unless one of these fixtures was asked for."""
        if self.asked is not None and not self.asked & needed:
            self.seen.append(f"it {what}, and does not ask for {' or '.join(sorted(needed))}")


WATCH = Watch()
# Not an audit hook: that is asked at each `frame.f_code`, too, and slows traced code fourfold.
BIND, START = socket.socket.bind, subprocess.Popen.__init__
socket.socket.bind = lambda sock, address: WATCH.bind(sock, address)  # type: ignore[method-assign]
subprocess.Popen.__init__ = functools.wraps(START)(  # type: ignore[method-assign]
    lambda process, *args, **options: WATCH.start(process, *args, **options)
)


def fixtures_of(item: pytest.Item) -> set[str]:
    """The names of the fixtures that a test asks for, directly or not."""
    return set(getattr(item, "fixturenames", ()))


def pytest_configure(config: pytest.Config) -> None:
    """Tell at the end of CI which tests took longest."""
    if os.environ.get("CI"):
        config.option.durations = SLOWEST


def turn_of(item: pytest.Item) -> tuple[bool, bool]:
    """What sorts the tests: those with a browser last, in each part the long groups first."""
    return needs_browser(item), LONG.isdisjoint(fixtures_of(item))


def needs_browser(item: pytest.Item) -> bool:
    """Whether it asks for a browser that stays open for the tests after it."""
    return not BROWSERS.isdisjoint(fixtures_of(item))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is quick, and put tests with a browser last.

    While Playwright's synchronous API is open, asyncio takes its loop for a running one in this
    thread, and `asyncio.run()` refuses to start another. The browser stays open for the session.
    """
    for item in items:
        if SLOW.isdisjoint(fixtures_of(item)):
            item.add_marker("quick")
    items.sort(key=turn_of)
    name_groups(items, needs_browser)


@pytest.fixture(autouse=True)
def _each_asks_for_what_it_uses(request: pytest.FixtureRequest) -> Iterator[None]:
    WATCH.seen.clear()
    WATCH.asked = set(request.fixturenames)
    yield
    WATCH.asked = None
    if WATCH.seen:
        pytest.fail("\n".join(WATCH.seen), pytrace=False)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """For ``-n auto``: one process for single files, else two a core."""
    if config.args and all(Path(name.partition("::")[0]).is_file() for name in config.args):
        return 0
    return WAITING * (os.cpu_count() or 1)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    """Who runs what: see tests/groups.py."""
    return ByGroup(config, log)
