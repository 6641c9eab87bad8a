"""The offline copy in each engine, from a disk: a page is drawn, searched, and its code run."""

from __future__ import annotations

from pathlib import Path

import pytest

from offline.copy import make_copy
from tests.browser.canary import Canary
from tests.browser.conftest import LISTEN
from tests.engines.engine import Engine
from tests.engines.reader import Reader
from tests.engines.server import Watched, escaped


@pytest.fixture(scope="session")
def copy(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for path, data in make_copy(built_site, "").items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


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
