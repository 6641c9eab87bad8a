"""What only repeats is left out, and how much it was is said."""

from __future__ import annotations

from asgiscope.trace.repeats import LEAST, MOST_ROWS, SHOWN, LeftOut, folded


def by_letter(item: str) -> str:
    return item[0]


def test_the_middle_of_a_repetition_is_left_out() -> None:
    items = ["s1", *(f"{kind}{n}" for n in range(1_000) for kind in "ab"), "z1"]
    assert folded(items, by_letter) == [
        "s1", "a0", "b0", "a1", "b1", LeftOut(1_994, alike=True), "a999", "b999", "z1",
    ]  # fmt: skip


def test_a_short_repetition_is_shown_whole() -> None:
    items = [f"a{n}" for n in range(LEAST + SHOWN)]
    assert folded(items, by_letter) == items
    longer = [*items, "a", "z"]
    assert folded(longer, by_letter) == ["a0", "a1", LeftOut(LEAST, alike=True), "a", "z"]


def test_what_never_repeats_is_cut_in_the_middle() -> None:
    items = [f"{n:05}" for n in range(2_000)]
    rows = folded(items, lambda item: item)
    assert len(rows) == MOST_ROWS + 1
    assert rows[0] == "00000"
    assert rows[-1] == "01999"
    [gap] = [row for row in rows if isinstance(row, LeftOut)]
    assert gap == LeftOut(2_000 - MOST_ROWS, alike=False)


def test_nothing_is_lost_in_the_count() -> None:
    items = [f"{'xyz'[n % 3 if n % 50 else 0]}{n}" for n in range(5_000)]
    rows = folded(items, by_letter)
    assert sum(row.size if isinstance(row, LeftOut) else 1 for row in rows) == 5_000
