"""bench/: figures are of equal rounds, and a part that cannot run says so and stops no other."""

from __future__ import annotations

import json
from importlib import util
from pathlib import Path

import pytest

from bench import __main__ as command
from bench import corpus, rounds


def test_every_way_is_timed_equally_often_and_each_is_first_in_turn() -> None:
    called: list[str] = []
    ways = {name: lambda name=name: called.append(name) for name in ("a", "b")}
    figures = rounds.interleaved(ways, rounds=4, calls=1)
    assert "".join(called) == "ab" + "ab" + "ba" + "ab" + "ba"
    assert [figure.name for figure in figures] == ["a", "b"]
    assert all(figure.low <= figure.median <= figure.high for figure in figures)


def test_ratios_are_to_the_base() -> None:
    figures = [rounds.Figure("ours", 5, 4, 6), rounds.Figure("theirs", 10, 9, 11)]
    _, ours, theirs = rounds.table(figures, "theirs").splitlines()
    assert (ours.split()[-1], theirs.split()[-1]) == ("0.50", "1.00")


def test_a_tool_that_is_not_installed_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "corpus.json"
    monkeypatch.setattr(corpus, "RESULTS", results)
    monkeypatch.setattr(corpus, "WRONG", corpus.WRONG[:3])
    monkeypatch.setattr(corpus, "VALID", corpus.VALID[:2])
    ours = ("", corpus.by_asgiscope)
    monkeypatch.setattr(corpus, "TOOLS", {"ours": ours, "theirs": ("none-such", lambda case: "")})
    corpus.main()
    told = capsys.readouterr().out.splitlines()
    assert told[1].split() == ["ours", "3", "3", "0", "0", "2", "0"]
    assert told[2].startswith("theirs ")
    assert "left out: none-such is not installed" in told[2]
    assert not results.exists()
    monkeypatch.setattr(corpus, "TOOLS", {"ours": ours})
    corpus.main()
    assert json.loads(results.read_text())["ours"]["named"] == 3


def test_every_part_is_a_module_with_a_main() -> None:
    for part in command.PARTS:
        spec = util.find_spec(f"bench.{part}")
        assert spec is not None
        assert spec.origin is not None
        assert "\ndef main() -> None:\n" in Path(spec.origin).read_text("utf-8")


def test_a_part_that_does_not_exist_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "engin"])
    assert command.main() == 2
    assert "there is no part 'engin'; known: engine, corpus" in capsys.readouterr().err
