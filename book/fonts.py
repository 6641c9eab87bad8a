"""The fonts of the book: Noto CJK, Simplified Chinese, with the outlines that PDF can hold.

Noto CJK has cubic outlines (CFF), which Chromium can put into a PDF only as Type 3: drawings of
single glyphs, large and badly rendered. So the glyphs that the book needs are taken out of the
installed font, and their outlines turned into quadratic ones, as TrueType has. The file also
settles which shapes are used: a collection holds those of Japan, Korea and Taiwan too.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from common.fonts import ensure_noto_cjk, noto_cjk_file
from common.places import BUILD

MADE: Final = BUILD / "book-fonts"
FEATURES: Final = ("kern", "ccmp")  # no ligatures: "fi" is to be found as "f" and "i"
UNUSED_TABLES: Final = ("VORG", "vhea", "vmtx", "BASE", "DSIG", "GDEF")
DEVIATION: Final = 2.0  # thousandths of the font's size: in a heading, a fiftieth of a millimetre
VERSION: Final = "4"  # counts what this module does differently, so that no old file is taken


@dataclass(frozen=True)
class Font:
    """``family`` is how book.css calls it; ``installed`` is how the system does."""

    family: str
    weight: int
    installed: str
    bold: bool

    @property
    def name(self) -> str:
        return f"{self.family.replace(' ', '-').lower()}-{self.weight}.ttf"

    @property
    def is_mono(self) -> bool:
        return "Mono" in self.installed

    @property
    def rule(self) -> str:
        """The rule of CSS that makes the font known."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight};'
            f' src: url("/book/fonts/{self.name}"); }}\n'
        )


FONTS: Final = (
    Font("Book Sans", 400, "Noto Sans CJK SC", bold=False),
    Font("Book Sans", 700, "Noto Sans CJK SC", bold=True),
    Font("Book Serif", 400, "Noto Serif CJK SC", bold=False),
    Font("Book Serif", 700, "Noto Serif CJK SC", bold=True),
    Font("Book Mono", 400, "Noto Sans Mono CJK SC", bold=False),
    Font("Book Mono", 700, "Noto Sans Mono CJK SC", bold=True),
)


def make_fonts(text: str) -> dict[str, bytes]:
    """Every font by its file name, with the glyphs of this text.

    Raises Problem if the fonts they are made of are missing and cannot be installed.
    """
    ensure_noto_cjk()
    characters = "".join(sorted(set(text)))
    return {font.name: _make(font, _taken(font, characters)) for font in FONTS}


def _taken(font: Font, characters: str) -> str:
    """All but the wide ones for Book Mono: those are Book Sans's own, which book.css names next."""
    return "".join(one for one in characters if not (font.is_mono and _is_wide(one)))


def _is_wide(character: str) -> bool:
    """Whether it takes two columns of a terminal."""
    return unicodedata.east_asian_width(character) in ("W", "F")


def _make(font: Font, characters: str) -> bytes:
    file, index = noto_cjk_file(font.installed, font.bold)
    key = f"{VERSION} {file} {file.stat().st_size} {index} {characters}"
    made = MADE / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}-{font.name}"
    if not made.exists():
        MADE.mkdir(parents=True, exist_ok=True)
        unfinished = made.with_suffix(".part")
        convert(file, index, characters, unfinished)
        unfinished.replace(made)
    return made.read_bytes()


def convert(file: Path, index: int, characters: str, made: Path) -> None:
    """Write the glyphs of these characters, of one font of a collection, as a TrueType font."""
    with TTFont(file, fontNumber=index, lazy=True, recalcTimestamp=False) as font:
        _take(font, characters)
        font.save(made)


def _take(font: Any, characters: str) -> None:
    options = subset.Options(
        layout_features=list(FEATURES), hinting=False, notdef_outline=True, name_IDs=[1, 2, 4, 6]
    )
    options.drop_tables += UNUSED_TABLES
    taker = subset.Subsetter(options)
    taker.populate(text=characters)
    taker.subset(font)
    if "CFF " in font:
        _to_quadratic(font)


def _to_quadratic(font: Any) -> None:
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, DEVIATION, reverse_direction=True))
        glyphs[name] = pen.glyph(dropImpliedOnCurves=True)
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    maximum = font["maxp"]
    maximum.tableVersion = 0x00010000
    for field in (
        *("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"),
        *("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"),
    ):
        setattr(maximum, field, 0)
    maximum.maxZones = 1
    font["post"].formatType = 3.0
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"


def font_rules() -> str:
    return "".join(font.rule for font in FONTS)
