"""The three engines, one after the other, each with a canary as its only way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from common.problem import Problem
from scripts.engines import find_firefox, find_webkit, wanted_engines
from tests.browser.canary import Canary, canary_server
from tests.browser.small_site import serve_site, write_site
from tests.conftest import serving
from tests.engines.chromium import Chromium
from tests.engines.engine import Engine
from tests.engines.firefox import Firefox
from tests.engines.reader import Reader
from tests.engines.server import Watched
from tests.engines.webkit import WebKit


@pytest.fixture(scope="session")
def bird() -> Iterator[Canary]:
    """Hears what tries to leave: every engine has it as its proxy for other hosts."""
    with canary_server() as listening:
        yield listening


def every_engine(*in_chromium: pytest.MarkDecorator, only: Sequence[str] = ()) -> list[Any]:
    """The engines as parameters, or those named; each is started in one process only."""
    marks = {"chromium": in_chromium}
    return [
        pytest.param(name, marks=[pytest.mark.xdist_group(f"engine {name}"), *marks.get(name, ())])
        for name in wanted_engines()
        if not only or name in only
    ]


# For what tests/browser holds of Chromium, and more: here it would only be done again.
held_in_chromium = pytest.mark.parametrize("started", every_engine(pytest.mark.long), indirect=True)


@pytest.fixture(scope="session", params=every_engine())
def started(request: pytest.FixtureRequest, bird: Canary) -> Iterator[Engine]:
    """Each engine, once a session; one that cannot be had fails the tests, with the remedy."""
    makers: dict[str, Callable[[], Engine]] = {
        "chromium": lambda: Chromium(request.getfixturevalue("browser"), bird.address),
        "firefox": lambda: Firefox(find_firefox(), bird.address),
        "webkit": lambda: WebKit(find_webkit(), bird.address),
    }
    try:
        engine = makers[request.param]()
    except Problem as problem:
        pytest.fail(str(problem), pytrace=False)
    yield engine
    engine.close()


@pytest.fixture
def engine(started: Engine, bird: Canary) -> Engine:
    """An engine that has complained about nothing yet."""
    started.open("about:blank")
    started.resize(1280, 800)
    started.logged.clear()
    bird.noted.clear()
    return started


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the small site."""
    folder = tmp_path_factory.mktemp("small")
    write_site(folder)
    return folder


@pytest.fixture
def reader(engine: Engine, bird: Canary, small_folder: Path, serve: Callable[[Any], str]) -> Reader:
    """A reader of the small site."""
    watched = Watched(serve_site(small_folder))
    return Reader(engine, serve(watched), watched, bird)


@dataclass
class Site:
    """The whole site, served with a log and a recorder."""

    folder: Path
    url: str
    server: Watched


@pytest.fixture(scope="session")
def watched_site(built_site: Path) -> Iterator[Site]:
    """The built site, as our own snippet serves it."""
    from snippets.serving.serve_site import create_app

    watched = Watched(create_app(built_site))
    with serving(watched) as url:
        yield Site(built_site, url, watched)
