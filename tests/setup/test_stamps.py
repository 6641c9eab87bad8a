"""scripts/stamps.py and scripts/set_up.py: done once, and again when it matters."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import set_up
from scripts.set_up import Step
from scripts.stamps import hash_inputs, is_current, list_inputs, write_stamp


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(set_up, "ROOT", tmp_path)
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.txt").write_text("one")
    return tmp_path


def make_step(root: Path, action: Callable[[], None]) -> Step:
    return Step("parts", "Making", ("parts/**/*",), root / "made", root / "made.stamp", action)


def test_times_do_not_count(root: Path) -> None:
    before = hash_inputs(root, ["parts/*"])
    os.utime(root / "parts" / "one.txt", (1, 1))
    assert hash_inputs(root, ["parts/*"]) == before


def test_contents_and_names_count(root: Path) -> None:
    before = hash_inputs(root, ["parts/*"])
    (root / "parts" / "one.txt").write_text("two")
    changed = hash_inputs(root, ["parts/*"])
    (root / "parts" / "one.txt").rename(root / "parts" / "two.txt")
    assert len({before, changed, hash_inputs(root, ["parts/*"])}) == 3


def test_caches_are_no_inputs(root: Path) -> None:
    (root / "parts" / "__pycache__").mkdir()
    (root / "parts" / "__pycache__" / "one.pyc").write_bytes(b"")
    assert list_inputs(root, ["parts/**/*"]) == [root / "parts" / "one.txt"]


def test_a_stamp_holds_its_value(tmp_path: Path) -> None:
    stamp = tmp_path / "folder" / "stamp"
    assert not is_current(stamp, "1")
    write_stamp(stamp, "1")
    assert is_current(stamp, "1")
    assert not is_current(stamp, "2")
    assert list(stamp.parent.iterdir()) == [stamp]


def test_a_step_is_done_once(root: Path) -> None:
    step = make_step(root, (root / "made").mkdir)
    assert not step.is_done()
    step.do()
    assert step.is_done()


def test_a_changed_input_makes_a_step_undone(root: Path) -> None:
    step = make_step(root, (root / "made").mkdir)
    step.do()
    (root / "parts" / "two.txt").write_text("two")
    assert not step.is_done()


def test_a_removed_result_makes_a_step_undone(root: Path) -> None:
    step = make_step(root, (root / "made").mkdir)
    step.do()
    (root / "made").rmdir()
    assert not step.is_done()


def test_an_interrupted_step_is_not_done(root: Path) -> None:
    make_step(root, (root / "made").mkdir).do()

    def interrupt() -> None:
        raise KeyboardInterrupt

    step = make_step(root, interrupt)
    with pytest.raises(KeyboardInterrupt):
        step.do()
    assert not step.is_done()


def test_an_input_changed_during_a_step_makes_it_undone(root: Path) -> None:
    def work() -> None:
        (root / "made").mkdir()
        (root / "parts" / "one.txt").write_text("saved meanwhile")

    step = make_step(root, work)
    step.do()
    assert not step.is_done()
