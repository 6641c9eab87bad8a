"""book/streams.py, book/states.py and book/runs.py: what is drawn stays the same."""

from __future__ import annotations

import re

import pytest

from book.runs import Widths, follow, gather
from book.states import say_once
from book.streams import TOLERATED, join_dashes, join_letters, literals, part_fonts
from common.problem import Problem

WIDTHS: Widths = {-1: 1000.0, 1: 500.0, 2: 250.0}
LETTERS = (
    b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n<0001> Tj\n5 0 Td <0002> Tj\n2.6 0 Td <0003> Tj\n"
    b"9.999 0 Td <0001> Tj\nET"
)


def ends(content: bytes) -> float:
    """How far the letters of a TJ move, in thousandths of the font's size, which is 10."""
    moved = 0.0
    apart = re.search(rb"(\S+) Tc", content)
    for letters, taken in re.findall(rb"<([0-9A-F]+)>(-?\d+)?", content):
        for at in range(0, len(letters), 4):
            moved += WIDTHS.get(int(letters[at : at + 4], 16), WIDTHS[-1])
            moved += float(apart[1]) * 100 if apart else 0
        moved -= int(taken or 0)
    return moved


def test_letters_become_one_string_and_stay_in_place() -> None:
    joined = join_letters(LETTERS, {b"F1": WIDTHS})
    assert joined == b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n[<00010002>-8<00030001>] TJ\nET"
    placed = (5 + 2.6 + 9.999) * 100 + WIDTHS[1]
    assert abs(ends(joined) - placed) < TOLERATED


def test_letters_that_are_spread_have_one_distance_and_what_follows_has_none() -> None:
    spread = b"".join(b"%g 0 Td <0001> Tj\n" % (5 + gap) for gap in (0.2, 0.2, 0.2, 0.35))
    content = b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n<0001> Tj\n" + spread + b"ET"
    assert join_letters(content, {b"F1": WIDTHS}).split(b"\n")[3:] == [
        b".2 Tc",
        b"[<0001000100010001>-16<0001>] TJ",
        b"0 Tc",
        b"ET",
    ]


def test_a_run_in_two_fonts_becomes_two_each_in_its_place() -> None:
    mixed = b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n<0001> Tj\n5 0 Td <0001> Tj\n/F2 10 Tf\n"
    assert part_fonts(mixed + b"5 0 Td <0007> Tj\n9 0 Td <0008> Tj\nET") == lines(
        b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n<0001> Tj\n5 0 Td <0001> Tj\nET",
        b"BT\n/F2 10 Tf\n1 0 0 -1 13 4 Tm\n<0007> Tj\n9 0 Td <0008> Tj\nET",
    )


def test_a_run_that_begins_with_a_move_begins_where_that_leads() -> None:
    moved = b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n.5 0 Td <0001> Tj\nET"
    assert part_fonts(moved) == b"BT\n/F1 10 Tf\n1 0 0 -1 3.5 4 Tm\n<0001> Tj\nET"


def test_letters_of_an_unknown_font_are_left_alone() -> None:
    assert join_letters(LETTERS, {}) == LETTERS


def test_small_deviations_do_not_add_up() -> None:
    steps = b"".join(b"4.99 0 Td <0001> Tj\n" for _ in range(100))
    content = b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n<0001> Tj\n" + steps + b"ET"
    joined = join_letters(content, {b"F1": WIDTHS})
    assert abs(ends(joined) - (4.99 * 100 * 100 + WIDTHS[1])) < TOLERATED


def test_a_row_of_rectangles_becomes_a_dashed_line() -> None:
    dots = b"".join(b"%d 7 2 2 re\nf\n" % left for left in (10, 14, 18, 22))
    assert join_dashes(dots) == b"q 0 J [2 2] 0 d 2 w 10 8 m 24 8 l S Q\n"
    quads = b"".join(b"1 %d m\n1 %d l\n0 %d l\n0 %d l\n" % (y, y + 3, y + 3, y) for y in (0, 5, 10))
    assert join_dashes(quads + b"f\n") == b"q 0 J [3 2] 0 d 1 w .5 0 m .5 13 l S Q\n"


def circles(*lefts: float, height: float = 2) -> bytes:
    """As Chromium draws them, but of four curves."""
    return b"".join(
        b"%g 1 m\n9 9 9 9 %g %g c\n9 9 9 9 %g 1 c\n9 9 9 9 %g 0 c\n9 9 9 9 %g 1 c\nh\n"
        % (left + 2, left + 1, height, left, left + 1, left + 2)
        for left in lefts
    )


def test_a_row_of_dots_becomes_a_dotted_line() -> None:
    row = join_dashes(circles(0, 5, 10) + b"f\n")
    assert row == b"q 1 J [.01 4.99] 0 d 2 w 1 1 m 11.01 1 l S Q\n"
    for shapes in (circles(0, 5, 11), circles(0, 5, 10, height=3), circles(0, 5)):
        assert join_dashes(shapes + b"f\n") == shapes + b"f\n"


def test_rectangles_that_differ_are_left_alone() -> None:
    for dots in (
        b"10 7 2 2 re\nf\n14 7 2 2 re\nf\n19 7 2 2 re\nf\n",
        b"10 7 2 2 re\nf\n14 7 2 2 re\nf\n18 7 3 2 re\nf\n",
        b"10 7 2 2 re\nf\n14 9 2 2 re\nf\n18 11 2 2 re\nf\n",
        b"10 7 2 2 re\nf\n11 7 2 2 re\nf\n12 7 2 2 re\nf\n",
    ):
        assert join_dashes(dots) == dots


RED, BLUE = b"1 0 0 RG 1 0 0 rg", b"0 0 1 RG 0 0 1 rg"
BOX, LINE = b"0 0 4 1 re\nf", b"0 0 m\n9 0 l\nS"
TEXT = b"BT\n/F1 10 Tf\n1 0 0 -1 3 4 Tm\n<0001> Tj\nET"
PAGE = b"2 0 0 2 9 9 cm\n0 0 1 1 re\nf"  # what is drawn first, so that its frame is the page's


def lines(*parts: bytes) -> bytes:
    return b"\n".join(parts)


def told(*parts: bytes) -> bytes:
    """What is said of content on a page."""
    said = say_once(lines(PAGE, *parts))
    assert said.startswith(PAGE + b"\n")
    return said[len(PAGE) + 1 :]


def test_font_and_colour_are_stated_once_and_only_what_is_needed() -> None:
    place, shown = b"BT\n1 0 0 -1 3 4 Tm", b"<0001> Tj\nET"
    assert told(RED, TEXT, RED, TEXT, BLUE, TEXT) == lines(
        *(place, b"/F1 10 Tf", b"1 0 0 rg", shown),
        *(place, shown),
        *(place, b"0 0 1 rg", shown),
    )
    assert told(RED, LINE) == lines(b"1 0 0 RG", LINE)


def test_what_is_filled_or_written_moves_into_the_frame_of_the_page() -> None:
    assert told(b"q", b"1 0 0 1 10 20 cm", RED, BOX, b"Q") == b"1 0 0 rg\n10 20 4 1 re\nf"
    turned = told(b"q", b"0 1 -1 0 0 0 cm", BOX, TEXT, b"Q")
    assert turned.startswith(b"0 0 m\n0 4 l\n-1 4 l\n-1 0 l\nh\nf\nBT\n0 1 1 0 -4 3 Tm\n")


def test_what_is_restored_holds_again_although_nothing_was_saved() -> None:
    assert told(RED, BOX, b"q", BLUE, BOX, b"Q", BOX) == lines(
        *(b"1 0 0 rg", BOX),
        *(b"0 0 1 rg", BOX),
        *(b"1 0 0 rg", BOX),
    )


def test_a_line_keeps_its_frame_for_its_thickness() -> None:
    assert told(b"q", b"3 0 0 3 6 0 cm", LINE, b"Q", LINE) == lines(
        *(b"q", b"3 0 0 3 6 0 cm", LINE, b"Q"), LINE
    )
    dashes = b"q 0 J [1 2] 0 d 1 w 0 0 m 9 0 l S Q"
    assert told(b"q", b"1 0 0 1 5 5 cm", RED, dashes, b"Q", TEXT) == lines(
        b"1 0 0 RG", b"q 0 J [1 2] 0 d 1 w 5 5 m 14 5 l S Q", told(TEXT)
    )


def test_a_drawing_of_its_own_keeps_its_frame_and_place() -> None:
    assert told(b"q", b"1 0 0 1 6 0 cm", b"/X1 Do", b"Q", BOX) == lines(
        *(b"q", b"1 0 0 1 6 0 cm", b"/X1 Do", b"Q"), BOX
    )


def test_what_is_clipped_is_clipped_only_as_long_as_it_was() -> None:
    clip = b"0 0 9 9 re\nW* n"
    assert told(b"q", clip, b"q", b"1 0 0 1 1 1 cm", RED, BOX, b"Q", b"Q", RED, BOX) == lines(
        *(b"q", clip, b"1 0 0 rg", b"1 1 4 1 re", b"f", b"Q"),
        *(b"1 0 0 rg", BOX),
    )


def test_an_operator_that_is_not_known_stops_the_printing() -> None:
    with pytest.raises(Problem, match="2 Tr"):
        say_once(b"2 Tr")


def piece(number: int, *parts: bytes) -> bytes:
    return lines(b"/P <</MCID %d >>BDC" % number, *parts, b"EMC")


def test_pieces_with_nothing_but_text_share_a_text_object() -> None:
    text = b"1 0 0 -1 3 4 Tm\n<0001> Tj"
    whole = lines(b"BT", text, b"ET")
    both = gather(lines(piece(0, whole), whole, piece(1, whole), b""))
    assert both == lines(b"BT", piece(0, text), text, piece(1, text), b"ET", b"")
    drawn = lines(piece(0, BOX, whole), b"")
    assert gather(drawn) == drawn


def placed(*parts: bytes) -> bytes:
    return follow(lines(b"/F1 10 Tf", b"BT", *parts, b"ET"), {b"F1": WIDTHS})[13:-2]


def test_a_run_is_placed_from_the_one_before_it() -> None:
    first = b"1 0 0 -1 3 40 Tm\n<0001> Tj\n"
    assert placed(first + b"1 0 0 -1 5.5 56 Tm\n<0001> Tj") == (first + b"2.5 -16 Td\n<0001> Tj\n")


def test_a_run_that_begins_where_the_last_one_ends_is_not_placed() -> None:
    first = b"1 0 0 -1 3 40 Tm\n[<0001>100<0002>] TJ\n"  # 5 - 1 + 2.5 wide
    assert placed(first + b"1 0 0 -1 9.5 40 Tm\n<0001> Tj") == first + b"<0001> Tj\n"
    spread = b"1 Tc\n1 0 0 -1 3 40 Tm\n<00010002> Tj\n"  # 5 + 1 + 2.5 + 1
    assert placed(spread + b"1 0 0 -1 12.5 40 Tm\n<0001> Tj") == spread + b"<0001> Tj\n"
    off = placed(first + b"1 0 0 -1 9.6 40 Tm\n<0001> Tj")
    assert off == first + b"6.6 0 Td\n<0001> Tj\n"


def test_strings_are_written_as_their_bytes() -> None:
    assert literals(b"[<00415C28>2<290A>] TJ") == b"[(\x00A\\\\\\()2(\\)\\n)] TJ"
    assert literals(b"/P <</MCID 0 >>BDC") == b"/P <</MCID 0 >>BDC"
