"""book/streams.py: what is drawn stays the same."""

from __future__ import annotations

import re

from book.states import say_once
from book.streams import TOLERATED, Widths, join_dashes, join_letters, literals, round_places

WIDTHS: Widths = {-1: 1000.0, 1: 500.0, 2: 250.0}
LETTERS = (
    b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n<0001> Tj\n5 0 Td <0002> Tj\n2.6 0 Td <0003> Tj\n"
    b"9.999 0 Td <0001> Tj\nET"
)


def ends(content: bytes) -> float:
    """How far the letters of a TJ move, in thousandths of the font's size."""
    moved = 0.0
    for letters, taken in re.findall(rb"<([0-9A-F]+)>(-?\d+)?", content):
        for at in range(0, len(letters), 4):
            moved += WIDTHS.get(int(letters[at : at + 4], 16), WIDTHS[-1])
        moved -= int(taken or 0)
    return moved


def test_letters_become_one_string_and_stay_in_place() -> None:
    joined = join_letters(LETTERS, {b"F1": WIDTHS})
    assert joined == b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n[<00010002>-10<00030001>] TJ\nET"
    placed = (5 + 2.6 + 9.999) * 100 + WIDTHS[1]
    assert abs(ends(joined) - placed) < 2


def test_letters_of_an_unknown_font_are_left_alone() -> None:
    assert join_letters(LETTERS, {}) == LETTERS


def test_small_deviations_do_not_add_up() -> None:
    steps = b"".join(b"4.99 0 Td <0001> Tj\n" for _ in range(100))
    content = b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n<0001> Tj\n" + steps + b"ET"
    joined = join_letters(content, {b"F1": WIDTHS})
    assert abs(ends(joined) - (4.99 * 100 * 100 + WIDTHS[1])) < TOLERATED


def test_a_row_of_rectangles_becomes_a_dashed_line() -> None:
    dots = b"".join(b"%d 7 2 2 re\nf\n" % left for left in (10, 14, 18, 22))
    assert join_dashes(dots) == b"q [2 2] 0 d 2 w 10 8 m 24 8 l S Q\n"
    quads = b"".join(b"1 %d m\n1 %d l\n0 %d l\n0 %d l\n" % (y, y + 3, y + 3, y) for y in (0, 5, 10))
    assert join_dashes(quads + b"f\n") == b"q [3 2] 0 d 1 w 0.5 0 m 0.5 13 l S Q\n"


def test_rectangles_that_differ_are_left_alone() -> None:
    for dots in (
        b"10 7 2 2 re\nf\n14 7 2 2 re\nf\n19 7 2 2 re\nf\n",
        b"10 7 2 2 re\nf\n14 7 2 2 re\nf\n18 7 3 2 re\nf\n",
        b"10 7 2 2 re\nf\n14 9 2 2 re\nf\n18 11 2 2 re\nf\n",
        b"10 7 2 2 re\nf\n11 7 2 2 re\nf\n12 7 2 2 re\nf\n",
    ):
        assert join_dashes(dots) == dots


def test_places_are_rounded_and_scales_are_not() -> None:
    assert round_places(b"1.23456 -.00012 m\n") == b"1.23 0 m\n"
    assert round_places(b"1234567.891 .5 l\n") == b"1234567.89 .5 l\n"
    assert round_places(b"3.1223309 0 0 3.1223309 0 0 cm\n") == b"3.1223309 0 0 3.1223309 0 0 cm\n"


RED, BLUE = b"1 0 0 RG 1 0 0 rg", b"0 0 1 RG 0 0 1 rg"
TEXT = b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n<0001> Tj\nET"


def lines(*parts: bytes) -> bytes:
    return b"\n".join(parts)


def test_runs_of_text_share_a_text_object_and_state_font_and_colour_once() -> None:
    told = say_once(lines(RED, TEXT, RED, TEXT, BLUE, TEXT))
    place = b"1 0 0 -1 3 4 Tm\n<0001> Tj"
    assert told == lines(b"1 0 0 rg", b"BT", b"/F1 10 Tf", place, place, b"0 0 1 rg", place, b"ET")


def test_what_is_restored_holds_again() -> None:
    told = say_once(lines(RED, b"q", BLUE, TEXT, b"Q", RED, TEXT))
    assert told.count(b"1 0 0 rg") == 1
    assert told.count(b"/F1 10 Tf") == 2


def test_the_colour_of_lines_is_kept_where_a_line_is_drawn() -> None:
    line = b"0 0 m\n9 0 l\nS"
    assert say_once(lines(RED, line, BLUE, TEXT)).startswith(RED)
    assert RED in say_once(lines(RED, b"q", TEXT, b"Q", line))
    assert b"RG" not in say_once(lines(RED, TEXT))
    assert b"RG" in say_once(lines(RED, b"2 Tr", TEXT))


def test_a_dashed_line_is_drawn_in_its_colour_and_changes_nothing() -> None:
    dashes = b"q [1 2] 0 d 1 w 0 0 m 9 0 l S Q"
    told = say_once(lines(b"q", RED, TEXT, dashes, TEXT, b"Q", TEXT))
    assert told.startswith(b"q\n" + RED)
    assert told.count(b"/F1 10 Tf") == 2


def test_strings_are_written_as_their_bytes() -> None:
    assert literals(b"[<00415C28>2<290A>] TJ") == b"[(\x00A\\\\\\()2(\\)\\n)] TJ"
    assert literals(b"/P <</MCID 0 >>BDC") == b"/P <</MCID 0 >>BDC"
