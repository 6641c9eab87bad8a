"""drawing/letters.py: how wide text is, and where its lines end."""

from __future__ import annotations

import pytest

from drawing.letters import CODE, HEAD, NOTE, PROSE, face_of, longest_piece, wrapped


def test_the_table_has_every_character_of_ascii_and_all_else_is_full_width() -> None:
    letters = [chr(code) for code in range(0x20, 0x7F)]
    assert len(PROSE.widths) == len(letters)
    assert all(PROSE.width(letter) < 1.1 * PROSE.size for letter in letters)
    assert CODE.width("消息") == 2 * CODE.size
    assert CODE.width("receive()") == pytest.approx(9 * 0.605 * 13)


def test_no_face_has_letters_below_13_px() -> None:
    assert min(face.size for face in (PROSE, CODE, HEAD, NOTE)) >= 13


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("one two three", 999, ("one two three",)),
        ("one two three", 60, ("one two", "three")),
        ("first\nsecond", 999, ("first", "second")),
        ("a b c d e f", 60, ("a b c", "d e f")),  # balanced, not five and one
        ("extraordinarily", 40, ("extraordinarily",)),  # a word stays whole
        ("http.response.zerocopysend", 110, ("http.response.", "zerocopysend")),
        ("请求行，和头部", 70, ("请求行，", "和头部")),
        ("请求行和头部", 60, ("请求行", "和头部")),
        ("http.request，more_body=True", 130, ("http.request，", "more_body=True")),
    ],
)
def test_lines_end_at_blanks_after_chinese_punctuation_or_else_at_dots(
    text: str, most: float, lines: tuple[str, ...]
) -> None:
    assert wrapped(text, PROSE, most) == lines


def test_the_longest_piece_is_what_lines_may_not_be_shorter_than() -> None:
    longest = longest_piece("a path=/api/shop/7\nand more", CODE)
    assert longest == CODE.width("path=/api/shop/7")
    assert wrapped("a path=/api/shop/7", CODE, longest) == ("a", "path=/api/shop/7")


@pytest.mark.parametrize(
    "label",
    ["await receive()", "http.response.start", 'path="/"', "GET /", "return", "413", "KeyError"],
)
def test_a_label_that_holds_code_is_set_as_code(label: str) -> None:
    assert face_of(label) is CODE


@pytest.mark.parametrize(
    "label", ["request line and headers", "响应体", "another call", "is 5, not 6"]
)
def test_other_labels_are_prose(label: str) -> None:
    assert face_of(label) is PROSE
    assert face_of(label, NOTE) is NOTE
