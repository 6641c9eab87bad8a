"""Snapshots: the same bytes whenever they are made, and nothing missing that a start needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime import snapshot
from runtime.archives import SELDOM, is_seldom
from runtime.build import (
    ENGINE,
    NOT_IN_BROWSERS,
    archives,
    platform,
    pyodide,
    release,
    run_node,
)
from runtime.snapshot import SNAPSHOTS, WORDS, Made, snapshots

pytestmark = pytest.mark.xdist_group("snapshots")  # what is compiled for them, once


@pytest.fixture(scope="module")
def compiled(runtime: dict[str, str]) -> dict[str, bytes]:
    made = archives(ENGINE)
    return {**made, **pyodide(made)}


def make(compiled: dict[str, bytes]) -> dict[str, Made]:
    return snapshots(compiled, {"release": release(), "platform": platform()}, run_node)


def test_snapshots_made_anew_are_the_same_bytes(
    compiled: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = make(compiled)
    monkeypatch.setattr(snapshot, "CACHE", tmp_path)
    assert make(compiled) == kept
    assert len(list(tmp_path.glob("*.wasm"))) == len(SNAPSHOTS)


def test_what_a_start_imports_is_not_in_the_archive_of_seldom_modules(
    compiled: dict[str, bytes],
) -> None:
    for name, made in make(compiled).items():
        assert not set(made.absent) & set(SELDOM), name


def test_each_snapshot_has_all_of_the_engine_that_a_run_needs(
    compiled: dict[str, bytes],
) -> None:
    texts = {f"asgiscope.texts.{each}.{part}" for each in ("zh", "en") for part in WORDS}
    lazy = {*texts, "asgiscope.server.server"}
    for made in make(compiled).values():
        assert lazy <= set(made.modules)


def test_what_browsers_do_without_is_in_the_engine() -> None:
    assert [name for name in NOT_IN_BROWSERS if not any(ENGINE.glob(name))] == []


@pytest.mark.parametrize("name", ["pdb.py", "unittest/mock.py", "encodings/cp866.py"])
def test_a_seldom_module_is_known_by_its_path(name: str) -> None:
    assert is_seldom(name)


@pytest.mark.parametrize("name", ["asyncio/events.py", "encodings/utf_8.py", "http/cookies.py"])
def test_what_apps_import_is_not_seldom(name: str) -> None:
    assert not is_seldom(name)
