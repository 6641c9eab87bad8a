"""The file without what no reader of PDFs needs, and with what pages repeat said once."""

from __future__ import annotations

import io
import re
from typing import Any, Final

import pikepdf
from fontTools.ttLib import TTFont

# All that a font in a PDF may hold: which character a glyph stands for is said outside of it.
TABLES: Final = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
LENGTH: Final = re.compile(rb"/L \d+")
END: Final = b"\nstartxref\n"


def strip_fonts(pdf: pikepdf.Pdf) -> None:
    """Take out of the fonts the tables that only a browser reads."""
    for descriptor in pdf.objects:
        if isinstance(descriptor, pikepdf.Dictionary) and "/FontFile2" in descriptor:
            descriptor.FontFile2.write(_strip(descriptor.FontFile2.read_bytes()))


def _strip(content: bytes) -> bytes:
    made = io.BytesIO()
    with TTFont(io.BytesIO(content), recalcTimestamp=False) as font:
        for table in set(font.reader.keys()) - set(TABLES):
            del font[table]
        font.save(made)
    return made.getvalue()


def share_resources(pdf: pikepdf.Pdf) -> None:
    """Let pages with the same resources share them, and keep lists of links where all is packed.

    In a linearised file, what a page itself holds is not compressed; what it refers to is.
    """
    known: dict[bytes, Any] = {}
    for page in pdf.pages:
        resources = page.obj.Resources
        if "/ProcSet" in resources:  # for printers of the last century
            del resources.ProcSet
        text = resources.unparse()
        if text not in known:
            known[text] = pdf.make_indirect(resources)
        page.obj.Resources = known[text]
        if "/Annots" in page.obj:
            page.obj.Annots = pdf.make_indirect(page.obj.Annots)


def unpad(content: bytes) -> bytes:
    """The same linearised file without the room at its end.

    qpdf leaves it for the table of objects as it would be without compression, and fills what the
    compressed one does not take with spaces.
    """
    whole, end, rest = content.rpartition(END)
    whole = whole.rstrip(b" ")
    length = b"/L %d" % (len(whole) + len(end) + len(rest))
    return LENGTH.sub(lambda old: length.ljust(len(old[0])), whole, count=1) + end + rest
