"""How the tests are chosen, ordered and shared among processes, by what each asks for.

A test's fixtures say what it costs. One that asks for no browser, no server and no built site is
``quick``: `make test-quick` runs those. Tests of one module go to one process, unless a mark
``xdist_group`` names another group. A test may listen on a port only if it asks for ``loopback``.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SLOW = {"browser", "engine", "started", "built_site", "loopback"}
BROWSERS = {"browser", "engine", "started"}
SERVERS = {"uvicorn", "hypercorn", "nginx"}
WAITING = 2  # processes a core: a test of servers or browsers mostly waits


class Listeners:
    """Notes who listens on a port, or starts a program that does, without having asked."""

    def __init__(self) -> None:
        self.allowed = True
        self.seen: list[str] = []

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit hook: see the standard library's table of audit events."""
        if self.allowed:
            return
        if event == "socket.bind" and arguments[0].family in (socket.AF_INET, socket.AF_INET6):
            self.seen.append(f"binds {arguments[1]}")
        elif event == "subprocess.Popen" and SERVERS.intersection(map(str, arguments[1])):
            self.seen.append(f"starts {' '.join(map(str, arguments[1]))}")


LISTENERS = Listeners()
sys.addaudithook(LISTENERS.hear)


def fixtures_of(item: pytest.Item) -> set[str]:
    """The names of the fixtures that a test asks for, directly or not."""
    return set(getattr(item, "fixturenames", ()))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is quick, keep modules together, and put tests with a browser last.

    While Playwright's synchronous API is open, asyncio takes its loop for a running one in this
    thread, and `asyncio.run()` refuses to start another. The browser stays open for the session.
    """
    for item in items:
        if SLOW.isdisjoint(fixtures_of(item)):
            item.add_marker("quick")
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: not BROWSERS.isdisjoint(fixtures_of(item)))


@pytest.fixture(autouse=True)
def _only_who_asks_listens(request: pytest.FixtureRequest) -> Iterator[None]:
    LISTENERS.seen.clear()
    LISTENERS.allowed = "loopback" in request.fixturenames
    yield
    LISTENERS.allowed = True
    if LISTENERS.seen:
        told = "; ".join(LISTENERS.seen)
        pytest.fail(f"this test {told}, and must ask for the fixture 'loopback'", pytrace=False)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """For ``-n auto``: one process for single files, else two a core."""
    if config.args and all(Path(name.partition("::")[0]).is_file() for name in config.args):
        return 0
    return WAITING * (os.cpu_count() or 1)
