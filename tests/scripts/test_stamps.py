"""scripts/stamps.py and scripts/set_up.py: done once, and again when it matters."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from common.problem import Problem
from scripts import set_up
from scripts.progress import Progress
from scripts.set_up import STEPS, Step
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
    step.do(Progress(io.StringIO()))
    assert step.is_done()


def test_a_changed_input_makes_a_step_undone(root: Path) -> None:
    step = make_step(root, (root / "made").mkdir)
    step.do(Progress(io.StringIO()))
    (root / "parts" / "two.txt").write_text("two")
    assert not step.is_done()


def test_a_removed_result_makes_a_step_undone(root: Path) -> None:
    step = make_step(root, (root / "made").mkdir)
    step.do(Progress(io.StringIO()))
    (root / "made").rmdir()
    assert not step.is_done()


def test_an_interrupted_step_is_not_done(root: Path) -> None:
    make_step(root, (root / "made").mkdir).do(Progress(io.StringIO()))

    def interrupt() -> None:
        raise KeyboardInterrupt

    step = make_step(root, interrupt)
    with pytest.raises(KeyboardInterrupt):
        step.do(Progress(io.StringIO()))
    assert not step.is_done()


def test_an_input_changed_during_a_step_makes_it_undone(root: Path) -> None:
    def work() -> None:
        (root / "made").mkdir()
        (root / "parts" / "one.txt").write_text("saved meanwhile")

    step = make_step(root, work)
    step.do(Progress(io.StringIO()))
    assert not step.is_done()


def named(root: Path, name: str, action: Callable[[], None], *after: str) -> Step:
    return Step(name, name, (), root / name, root / f"{name}.stamp", action, after)


def test_steps_go_side_by_side_as_soon_as_what_they_need_is_done(root: Path) -> None:
    """Each of the two would wait in vain for the other if they went one after the other."""
    order: list[str] = []
    together = threading.Barrier(2)

    def beside(name: str) -> Callable[[], None]:
        def action() -> None:
            together.wait(20)
            order.append(name)

        return action

    steps = [
        named(root, "last", lambda: order.append("last"), "left", "right"),
        named(root, "left", beside("left"), "first"),
        named(root, "right", beside("right"), "first"),
        named(root, "first", lambda: order.append("first")),
    ]
    set_up.do_all(steps)
    assert (order[0], sorted(order[1:3]), order[3]) == ("first", ["left", "right"], "last")


def test_what_needs_a_step_that_failed_is_not_begun(root: Path) -> None:
    def fail() -> None:
        raise Problem("no network")

    begun: list[str] = []
    steps = [
        named(root, "first", fail),
        named(root, "second", lambda: begun.append("second"), "first"),
    ]
    with pytest.raises(Problem, match="no network"):
        set_up.do_all(steps)
    assert begun == []


def test_a_step_that_is_asked_for_brings_those_that_it_needs() -> None:
    assert [step.name for step in set_up.with_needed(["runtime"])] == [
        *("environment", "node", "wheels", "runtime"),
    ]
    assert [step.name for step in set_up.with_needed(["python"])] == ["environment", "python"]


def test_every_step_needs_only_steps_before_it() -> None:
    names = [step.name for step in STEPS]
    assert len(names) == len(set(names))
    for number, step in enumerate(STEPS):
        assert set(step.after) <= set(names[:number]), step.name


@pytest.mark.parametrize("state", ["unfinished", "gone", "whole"])
def test_an_environment_that_is_not_whole_is_forgotten_with_all_its_stamps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    steps = [Step("a", "", (), tmp_path, tmp_path / name, tmp_path.mkdir) for name in ("b", "c")]
    for step in steps:
        step.stamp.write_text("1")
    if state == "unfinished":
        (tmp_path / "unfinished").touch()
    monkeypatch.setattr(set_up, "VENV", tmp_path)
    monkeypatch.setattr(set_up, "STEPS", steps)
    monkeypatch.setattr(set_up, "runs", lambda *command: state != "gone")
    set_up.check_environment()
    assert [step.stamp.exists() for step in steps] == [state == "whole"] * 2


def test_a_step_that_another_one_undoes_is_done_again(root: Path) -> None:
    done: list[str] = []

    def make(name: str) -> None:
        done.append(name)
        (root / name).touch()

    second = named(root, "second", lambda: make("second"), "first")
    set_up.do_all([second])

    def undo() -> None:
        second.stamp.unlink()
        make("first")

    set_up.do_all([named(root, "first", undo), second])
    assert done == ["second", "first", "second"]
    set_up.do_all([named(root, "first", undo), second])
    assert done == ["second", "first", "second"]
