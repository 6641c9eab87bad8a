"""The offline copy in each engine, from a disk: a page is drawn, searched, and its code run."""

from __future__ import annotations

from pathlib import Path

import pytest

from offline.archive import FOLDER
from tests.browser.canary import Canary
from tests.browser.conftest import LISTEN
from tests.engines.engine import Engine
from tests.engines.reader import Reader
from tests.engines.server import Watched, escaped
from tests.offline.conftest import UNPACKED, copied


@pytest.fixture(scope="session")
def copy(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(built_site, tmp_path_factory) / UNPACKED / FOLDER


async def nobody(scope: object, receive: object, send: object) -> None:
    raise AssertionError("a page on a disk has no server")


def test_a_page_on_a_disk_is_searched_and_its_code_runs(
    engine: Engine, bird: Canary, copy: Path
) -> None:
    engine.open((copy / "en/learn/first-app/index.html").as_uri())
    engine.wait('return document.querySelector(".demo-rows") !== null;')
    engine.run(LISTEN)
    reader = Reader(engine, "", Watched(nobody), bird)
    assert reader.status() == 200
    engine.click(".md-search__input")
    engine.write("coroutine")
    engine.wait('return document.querySelector(".md-search-result__item a") !== null;')
    found = engine.run('return document.querySelector(".md-search-result__item a").href;')
    assert found.split("#")[0].split("?")[0].startswith((copy / "en").as_uri())
    assert found.split("#")[0].split("?")[0].endswith("/index.html")
    assert engine.errors() == []
    assert escaped(bird) == []
