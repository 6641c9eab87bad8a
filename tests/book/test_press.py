"""book/press.py and book/fonts.py: what is to be printed, in a real browser."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from book.fonts import FONTS, convert, make_fonts
from book.press import check_widths, opened
from common.fonts import SANS, noto_cjk_file
from common.problem import Problem

pytestmark = pytest.mark.xdist_group("press")  # fonts are made once

PAGE = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8">'
    '<link rel="stylesheet" href="/book/book.css">'
    '<body class="book"><main><section id="one">{}</section></main>'
)


@pytest.fixture(scope="module")
def fonts(own_browser: None) -> dict[str, bytes]:
    return make_fonts("图解 ASGI 直角")


def test_what_is_wider_than_the_paper_is_named_and_stops_the_printing(
    fonts: dict[str, bytes], tmp_path: Path
) -> None:
    with opened(PAGE.format("<p>图解 ASGI</p>"), tmp_path, fonts) as page:
        check_widths(page)
    wide = f'<pre style="overflow: auto">{"x" * 300}</pre>'
    with (
        opened(PAGE.format(wide), tmp_path, fonts) as page,
        pytest.raises(Problem, match="in one: xxx"),
    ):
        check_widths(page)


def test_a_diagram_too_wide_to_be_read_is_drawn_in_parts_that_overlap(
    fonts: dict[str, bytes], tmp_path: Path
) -> None:
    figure = '<div class="diagram"><svg viewBox="4 4 {} 800"><title>States</title></svg></div>'
    drawn = figure.format(1200) + figure.format(2310)
    with opened(PAGE.format(drawn), tmp_path, fonts) as page:
        boxes = page.eval_on_selector_all(
            "svg", "all => all.map(svg => [svg.getAttribute('viewBox'), svg.ariaHidden])"
        )
    assert boxes == [
        ["4 4 1200 800", None],
        ["4 4 1250 800", None],
        ["1064 4 1250 800", "true"],
    ]


def test_the_fonts_have_quadratic_outlines_and_no_more_glyphs_than_asked_for(
    fonts: dict[str, bytes],
) -> None:
    assert set(fonts) == {font.name for font in FONTS}
    for name, content in fonts.items():
        font = TTFont(io.BytesIO(content))
        assert "glyf" in font
        assert "CFF " not in font
        assert len(font.getGlyphOrder()) < 20
        wide = set() if "mono" in name else set("图解直角")
        assert {chr(code) for code in font.getBestCmap()} == {*wide, *" ASGI"}


def test_the_wide_glyphs_of_the_mono_font_are_those_of_the_sans(tmp_path: Path) -> None:
    """So that Book Mono can do without them."""
    shapes = []
    for number, family in enumerate((SANS, "Noto Sans Mono CJK SC")):
        made = tmp_path / f"{number}.ttf"
        convert(*noto_cjk_file(family, bold=False), "，直角（", made)
        font = TTFont(made)
        names = [font.getBestCmap()[ord(one)] for one in "，直角（"]
        shapes.append([(font["glyf"][name].coordinates, font["hmtx"][name]) for name in names])
    assert shapes[0] == shapes[1]


def test_the_glyphs_are_those_of_simplified_chinese(tmp_path: Path) -> None:
    file, index = noto_cjk_file(SANS, bold=False)
    shapes = []
    for number in (index, 0):  # in the collection, Japan's come first
        made = tmp_path / f"{number}.ttf"
        convert(file, number, "直", made)
        font = TTFont(made)
        shapes.append(font["glyf"][font.getBestCmap()[ord("直")]].coordinates)
    assert index != 0
    assert shapes[0] != shapes[1]
