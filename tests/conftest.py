"""What every test may ask for: the built site, a real server in front of it, a real browser.

The browser's fixtures are two: `page` is an ordinary Playwright page; `page_log` tells what that
page asked for and complained about. Nothing but 127.0.0.1 can be reached from it.

How tests are chosen and shared among processes is in tests/sharing.py.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

from common.browser import find_browser, find_shell, launch_arguments
from runtime.build import build
from tests.built import site_of

pytest_plugins = ["tests.asked", "tests.sharing"]

START_SECONDS = 20
# WebAssembly stays as it is compiled at first: no run of a test is so long that more would pay.
COMPILE_ONCE = "--js-flags=--liftoff-only"


@dataclass
class PageLog:
    """What one page did: every address it asked for, and every error it reported."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def hosts(self) -> set[str]:
        """Hosts asked for, without ports; `data:` and `blob:` addresses have none."""
        return {host for url in self.requests if (host := urlsplit(url).hostname)}

    def watch(self, page: Page) -> None:
        """Listen to a page, its frames and its workers."""
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", self._page_error)

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def _page_error(self, error: Error) -> None:
        self.errors.append(str(error))


@pytest.fixture(scope="session")
def built_site(testrun_uid: str) -> Path:
    """The site, built once for all processes by `mkdocs build --strict`, warnings being errors."""
    return site_of(testrun_uid)


@pytest.fixture(scope="session")
def runtime() -> dict[str, str]:
    """What runs in the reader's browser, built; gives its stamp."""
    return build()


@contextmanager
def serving(app: Any, **options: Any) -> Iterator[str]:
    """Serve an ASGI app by a real uvicorn on a free loopback port; give its address."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2, **options)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            _wait_for(lambda: server.started or not thread.is_alive())
            if not server.started:
                pytest.fail("uvicorn did not start: the app's startup failed (see the log above)")
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(START_SECONDS)


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"nothing happened within {START_SECONDS} seconds")
        time.sleep(0.01)


@pytest.fixture
def serve(loopback: None) -> Iterator[Callable[[Any], str]]:
    """A function: give it an ASGI app, get the address of a real uvicorn that serves it."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(serving(app))


@pytest.fixture(scope="session")
def site_url(built_site: Path, loopback: None) -> Iterator[str]:
    """The address of the built site, served by our own snippet; no slash at the end."""
    from snippets.serving.serve_site import create_app

    with serving(create_app(built_site)) as url:
        yield url


@pytest.fixture
def free_port(loopback: None) -> int:
    """A loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers."""
    with sync_playwright() as started:
        yield started


def _start(playwright: Playwright, program: Path) -> Iterator[Browser]:
    arguments = [*launch_arguments(), COMPILE_ONCE]
    chromium = playwright.chromium.launch(executable_path=str(program), args=arguments)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium per session, without windows where there is such a one."""
    yield from _start(playwright, find_shell())


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium per session as readers have it: a frame has a process of its own, too."""
    yield from _start(playwright, find_browser())


@pytest.fixture(scope="session")
def own_browser() -> None:
    """A browser that the code under test starts by itself: the quick part leaves such tests out."""


@pytest.fixture(scope="session")
def new_environment() -> None:
    """A virtual environment that the test makes, which takes seconds: not in the quick part."""


@pytest.fixture
def page_log() -> PageLog:
    """What this test's `page` asked for and complained about."""
    return PageLog()


@pytest.fixture
def page(browser: Browser, page_log: PageLog) -> Iterator[Page]:
    """A page in a fresh context: no cookies, no storage, nothing cached."""
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(30_000)  # milliseconds: for a busy machine
    opened = context.new_page()
    page_log.watch(opened)
    yield opened
    context.close()
