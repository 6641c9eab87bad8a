"""book/lean.py and book/tags.py: what a finished file holds no longer, and what it still does."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from book.fonts import make_fonts
from book.lean import TABLES, share_resources, strip_fonts, unpad
from book.tags import simplify_tags


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    made = pikepdf.new()
    for _ in range(3):
        made.add_blank_page()
    return made


def test_fonts_keep_what_a_pdf_needs_of_them(pdf: pikepdf.Pdf) -> None:
    whole = make_fonts("图解")["book-sans-400.ttf"]
    descriptor = Dictionary(Type=Name.FontDescriptor, FontFile2=pdf.make_stream(whole))
    pdf.Root.Font = pdf.make_indirect(descriptor)
    strip_fonts(pdf)
    before, after = (
        TTFont(io.BytesIO(whole)),
        TTFont(io.BytesIO(pdf.Root.Font.FontFile2.read_bytes())),
    )
    assert "cmap" in before
    assert set(after.reader.keys()) == set(before.reader.keys()) & set(TABLES)
    assert after.reader["glyf"] == before.reader["glyf"]


def test_pages_share_what_they_have_alike(pdf: pikepdf.Pdf) -> None:
    for page, font in zip(pdf.pages, ("/F1", "/F1", "/F2"), strict=True):
        page.obj.Resources = Dictionary({"/Font": Dictionary({font: Name.A}), "/ProcSet": Array()})
        page.obj.Annots = Array()
    share_resources(pdf)
    first, second, third = (page.obj for page in pdf.pages)
    assert first.Resources.objgen == second.Resources.objgen != (0, 0)
    assert third.Resources.objgen != first.Resources.objgen
    assert dict(first.Resources.items()) == {"/Font": {"/F1": Name.A}}
    assert first.Annots.is_indirect


def test_the_room_at_the_end_goes_and_the_file_stays_linearised(pdf: pikepdf.Pdf) -> None:
    for _ in range(5_000):
        pdf.Root[f"/N{_}"] = pdf.make_indirect(Dictionary(Size=_))
    whole = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate
    pdf.save(whole, linearize=True, object_stream_mode=mode)
    short = unpad(whole.getvalue())
    assert len(short) < len(whole.getvalue()) - 10_000
    with pikepdf.open(io.BytesIO(short)) as read:
        assert read.check_linearization()
        assert len(read.pages) == 3
        assert read.Root.N4999.Size == 4999


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
