"""What Chromium leaves out of a PDF: outline, language, title; and what it could have left out."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pikepdf

from book.document import Book, Bookmark
from book.lean import share_resources, strip_fonts, unpad
from book.press import targets
from book.tags import simplify_tags


def finish_book(printed: bytes, book: Book, made: Path) -> None:
    """Write the finished PDF: the same book of the same day gives the same bytes."""
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        simplify_tags(pdf)
        strip_fonts(pdf)
        share_resources(pdf)
        _describe(pdf, book)
        places = targets(pdf)
        with pdf.open_outline() as outline:
            outline.root.extend(_item(mark, places) for mark in book.outline)
        pikepdf.settings.set_flate_compression_level(9)
        whole = io.BytesIO()
        pdf.save(
            whole,
            linearize=True,  # the first page is shown before the whole has come
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
        )
    made.parent.mkdir(parents=True, exist_ok=True)
    unfinished = made.with_suffix(".part")
    unfinished.write_bytes(unpad(whole.getvalue()))
    unfinished.replace(made)


def _describe(pdf: pikepdf.Pdf, book: Book) -> None:
    pdf.Root.Lang = pikepdf.String(book.tag)
    pdf.Root.PageMode = pikepdf.Name.UseOutlines
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    day = _midnight(book.made)
    stamp = f"D:{day:%Y%m%d%H%M%S}Z"
    pdf.docinfo.Title = book.title
    pdf.docinfo.Subject = book.about
    pdf.docinfo.CreationDate = pdf.docinfo.ModDate = stamp
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = book.title
        metadata["dc:description"] = book.about
        metadata["dc:language"] = [book.tag]
        metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = day.isoformat()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _item(mark: Bookmark, places: dict[str, Any]) -> pikepdf.OutlineItem:
    item = pikepdf.OutlineItem(mark.title, destination=pikepdf.Array(places[mark.id]))
    item.is_closed = True
    item.children.extend(_item(child, places) for child in mark.children)
    return item
