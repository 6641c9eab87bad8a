"""Prints the joined document in Chromium, twice: the second time the contents know their pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import pikepdf
from playwright.sync_api import Page, Route, sync_playwright

from book.document import Book
from book.fonts import font_rules
from common.browser import find_browser, launch_arguments
from common.problem import Problem

HERE: Final = Path(__file__).resolve().parent
ADDRESS: Final = "http://127.0.0.1:9"  # nothing listens there: every request is answered below
PAPER: Final = {"width": 658, "height": 971}  # what the margins leave of A4, in pixels of CSS
DRAWN_MS: Final = 60_000
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ttf": "font/ttf",
}


def print_book(book: Book, site: Path, fonts: dict[str, bytes]) -> bytes:
    """The book as Chromium prints it; raises Problem if something would not be on the paper."""
    with opened(book.html, site, fonts) as page:
        check_widths(page)
        printed = _print(page)
        pages = target_pages(printed)
        page.evaluate("pages => onPaper.fillContents(pages)", pages)
        printed = _print(page)
    if target_pages(printed) != pages:
        raise Problem("The contents changed the page numbers that they name (book/book.css).")
    return printed


def _print(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=False)


@contextmanager
def opened(html: str, site: Path, fonts: dict[str, bytes]) -> Iterator[Page]:
    """The document in a browser, as it will be printed: fonts loaded, every demo drawn."""
    files = {
        "/book.html": html.encode(),
        "/book/book.css": ((HERE / "book.css").read_text("utf-8") + font_rules()).encode(),
        **{f"/book/fonts/{name}": font for name, font in fonts.items()},
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()),
            args=[*launch_arguments(), "--font-render-hinting=none"],
        )
        page = browser.new_page(viewport=PAPER, color_scheme="light")  # type: ignore[arg-type]
        page.route("**/*", lambda route: _answer(route, files, site))
        page.emulate_media(media="print")
        page.goto(f"{ADDRESS}/book.html")
        page.add_script_tag(path=HERE / "on_paper.js")
        page.evaluate("limit => onPaper.drawn(limit)", DRAWN_MS)
        page.evaluate("onPaper.settle()")
        yield page
        browser.close()


def _answer(route: Route, files: dict[str, bytes], site: Path) -> None:
    """Answer from memory or from the site's folder; anything else does not exist."""
    path = unquote(urlsplit(route.request.url).path)
    kind = TYPES.get(Path(path).suffix, "application/octet-stream")
    file = (site / path.lstrip("/")).resolve()
    if path in files:
        route.fulfill(body=files[path], content_type=kind)
    elif file.is_relative_to(site.resolve()) and file.is_file():
        route.fulfill(body=file.read_bytes(), content_type=kind)
    else:
        route.fulfill(status=404, body="")


def check_widths(page: Page) -> None:
    """Raise Problem with what is wider than the paper, and where."""
    wide: list[dict[str, str]] = page.evaluate("onPaper.findWide()")
    if wide:
        listed = "\n".join(f"  in {one['where']}: {one['what']}" for one in wide)
        raise Problem(f"Wider than the paper, so it would be cut off:\n{listed}")


def target_pages(printed: bytes) -> dict[str, int]:
    """The page, counted from 1, of every place that a link of the document leads to."""
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return {name: numbers[place[0].objgen] for name, place in targets(pdf).items()}


def targets(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """The named destinations as Chromium writes them: a dictionary of the catalogue."""
    if "/Dests" not in pdf.Root:
        return {}
    return {unquote(name.lstrip("/")): place for name, place in pdf.Root.Dests.items()}
