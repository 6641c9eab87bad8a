"""book/tags.py: what a finished file holds no longer, and what it still does."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from book.tags import simplify_tags


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    made = pikepdf.new()
    for _ in range(3):
        made.add_blank_page()
    return made


def tag(pdf: pikepdf.Pdf, content: bytes, *elements: Dictionary) -> list[Any]:
    """Give the first page this content and these elements; gives them, as they are afterwards."""
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(content)
    page.StructParents = 0
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, Array()])))
    root.K = Array()
    for element in elements:
        element.Pg = page
        element.P = root
        root.K.append(pdf.make_indirect(element))
    pdf.Root.StructTreeRoot = root
    simplify_tags(pdf)
    return list(root.K)


def element(role: str, *pieces: int, **more: Any) -> Dictionary:
    return Dictionary({"/S": Name(f"/{role}"), "/K": Array(pieces), **more})


def piece(number: int, drawn: bytes) -> bytes:
    return b"/NonStruct <</MCID %d >>BDC\n%bEMC\n" % (number, drawn)


TEXT, BOX = b"<0001> Tj\n", b"0 0 9 1 re\nf\n"


def test_pieces_of_one_element_that_follow_each_other_become_one(pdf: pikepdf.Pdf) -> None:
    content = piece(0, TEXT) + piece(1, TEXT) + piece(2, TEXT)
    one, other = tag(pdf, content, element("P", 0, 1), element("P", 2))
    assert pdf.pages[0].obj.Contents.read_bytes() == piece(0, TEXT + TEXT) + piece(1, TEXT)
    assert (list(one.K), list(other.K)) == ([0], [1])
    owners = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[0]
    assert [owner.objgen for owner in owners] == [one.objgen, other.objgen]


def test_what_is_only_drawn_is_no_piece(pdf: pikepdf.Pdf) -> None:
    content = piece(0, BOX) + piece(1, TEXT) + piece(2, BOX)
    elements = tag(pdf, content, element("P", 0, 1), element("TD", 2))
    assert pdf.pages[0].obj.Contents.read_bytes() == BOX + piece(0, TEXT) + BOX
    assert [list(one.K) for one in elements] == [[0], []]


def test_a_drawing_that_has_a_text_in_its_place_stays_a_piece(pdf: pikepdf.Pdf) -> None:
    figure = element("Figure", 0, **{"/Alt": pikepdf.String("A box")})
    (kept,) = tag(pdf, piece(0, BOX), figure)
    assert list(kept.K) == [0]
    assert pdf.pages[0].obj.Contents.read_bytes() == piece(0, BOX)
