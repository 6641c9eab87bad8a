"""The finished PDFs, as readers and their programs find them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bs4 import BeautifulSoup

from tests.book.conftest import BOOKS, Made, make_book, read_with

MOST = 3_500_000  # bytes
pytestmark = pytest.mark.timeout(900)  # two books of some 350 pages are printed first
PHRASES = {
    "zh": ["一次请求，逐条消息", "发送响应：也可以分段", "事件循环与"],
    "en": ["One request, message by message", "receive", "Specification"],
}
TITLES = {"zh": "图解 ASGI", "en": "ASGI, illustrated"}
TAGS = {"zh": "zh-Hans", "en": "en"}
BLOCKS = "h1, h2, h3, h4, p, td, th, dt, dd, figcaption, .demo-line, pre:not(.demo-code pre)"
IN_ORDER = "asgi-demo:not([data-view=time]) .demo-kind-call"  # where messages are drawn by name
CALL = re.compile(r"app\((?:http|websocket|lifespan)\)")
NOT_ON_PAPER = (
    ".headerlink, .map, .demo-steps, .playground-chooser, .playground-listings, .decoder, script"
)


def plain(text: str) -> str:
    """Without what setting a text changes: blanks, and letters in a form of their own."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_the_fonts_are_embedded_subsets_of_noto_in_simplified_chinese(book: Made) -> None:
    rows = [line.split() for line in read_with("pdffonts", book.file).splitlines()[2:]]
    assert rows
    for row in rows:
        assert row[1:4] == ["CID", "TrueType", "Identity-H"], row
        assert row[4:7] == ["yes", "yes", "yes"], f"embedded, subset, searchable: {row}"
    noto = [row[0] for row in rows if "Noto" in row[0]]
    assert all("CJKsc" in name for name in noto)
    for family in ("NotoSans", "NotoSerif", "NotoSansMono"):
        assert any(family in name for name in noto)


def test_a_phrase_is_found_by_two_readers(book: Made) -> None:
    mupdf = read_with("mutool", "draw", "-q", "-F", "text", book.file)
    for phrase in PHRASES[book.language]:
        assert phrase in book.text
        assert phrase in mupdf


def blocks_of(page: str) -> Iterator[str]:
    article = BeautifulSoup(page, "html.parser").select_one("article")
    assert article
    for gone in article.select(NOT_ON_PAPER):
        gone.decompose()
    for block in article.select(BLOCKS):
        if not block.select("p, li, pre") and plain(block.get_text()):
            yield block.get_text()


def is_found(block: str, text: str) -> bool:
    """Whether it is there, in one piece, or in two: a page may end in between."""
    if block in text:
        return True
    cuts = range(2, len(block) - 1)
    return any(block[:cut] in text and block[cut:] in text for cut in cuts)


def test_every_page_is_there_whole(book: Made) -> None:
    found = plain(book.text)
    pages = [address for _, part in book.pages_of_site() for _, address in part]
    missing = [
        f"{address}: {block[:70]}"
        for address in [book.home, *pages]
        for block in blocks_of(book.html(address))
        if not is_found(plain(block), found)
    ]
    assert not missing, "\n".join(missing)


def test_every_demo_is_drawn(book: Made) -> None:
    addresses = [address for _, part in book.pages_of_site() for _, address in part]
    calls = sum(
        CALL.search(call.get_text()) is not None
        for address in [book.home, *addresses]
        for call in BeautifulSoup(book.html(address), "html.parser").select(IN_ORDER)
    )
    assert calls > 50
    assert len(CALL.findall(book.text)) >= calls


def outline_of(items: Any) -> list[Any]:
    return [(item.title, outline_of(item.children)) for item in items]


def headings_of(page: str, number: str) -> list[Any]:
    found: list[Any] = []
    for heading in BeautifulSoup(page, "html.parser").select("article :is(h2, h3)[id]"):
        if heading.find_parent(class_="map"):  # on the home page; in the book, the contents
            continue
        for link in heading.select(".headerlink"):
            link.decompose()
        title = " ".join(heading.get_text().split())
        if heading.name == "h3":
            found[-1][1].append((title, []))
        else:
            found.append((f"{number}.{len(found) + 1} {title}" if number else title, []))
    return found


def test_the_outline_is_the_navigation(book: Made) -> None:
    opening = {"zh": "开篇", "en": "Opening"}[book.language]
    wanted: list[Any] = [(opening, headings_of(book.html(book.home), ""))]
    chapter = 0
    for part, pages in book.pages_of_site():
        within = []
        for title, address in pages:
            chapter += 1
            headings = headings_of(book.html(address), str(chapter))
            within.append((f"{chapter} {title}", headings))
        wanted.append((part, within))
    with book.pdf.open_outline() as outline:
        assert outline_of(outline.root) == wanted


def page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}


def test_the_contents_name_the_pages_that_the_outline_leads_to(book: Made) -> None:
    numbers = page_numbers(book.pdf)
    with book.pdf.open_outline() as outline:
        chapters = [item for part in outline.root for item in (part.children if part else [])]
        wanted = [
            (item.title, numbers[item.destination[0].objgen])
            for item in chapters
            if re.match(r"\d+ ", item.title)
        ]
    assert len(wanted) > 10
    last = str(min(number for _, number in wanted))
    contents = read_with("pdftotext", "-layout", "-f", "2", "-l", last, book.file, "-")
    lines = {plain(line) for line in contents.splitlines()}
    for title, number in wanted:
        assert plain(f"{title}{number}") in lines


def links_of(book: Made) -> Iterator[Any]:
    for page in book.pdf.pages:
        for note in page.obj.get("/Annots", []):
            if note.get("/Subtype") == "/Link":
                yield note


def test_every_link_within_the_book_leads_to_one_of_its_pages(book: Made) -> None:
    numbers = page_numbers(book.pdf)
    inside = [link for link in links_of(book) if "/Dest" in link or link.A.S != "/URI"]
    assert len(inside) > 200
    for link in inside:
        place = link.get("/Dest", link.get("/A", {}).get("/D"))
        if not isinstance(place, pikepdf.Array):
            place = book.pdf.Root.Dests[str(place) if str(place)[0] == "/" else f"/{place}"]
        assert place[0].objgen in numbers


def test_links_out_of_the_book_go_to_what_is_not_in_it(book: Made) -> None:
    outside = {str(link.A.URI) for link in links_of(book) if "/A" in link and "/URI" in link.A}
    assert any(url.startswith("https://asgi.readthedocs.io/") for url in outside)
    addresses = {address for _, part in book.pages_of_site() for _, address in part}
    root = re.search(r'rel="canonical" href="([^"]+)"', book.html(""))
    assert root
    for url in outside:
        assert re.match(r"https?://|mailto:", url), url
        assert url.removeprefix(root[1]).partition("#")[0] not in addresses, url


def test_it_says_what_it_is(book: Made) -> None:
    info = read_with("pdfinfo", book.file)
    assert re.search(rf"^Title: +{re.escape(TITLES[book.language])}$", info, re.M)
    assert re.search(r"^Tagged: +yes$", info, re.M)
    assert re.search(r"^Page size: .*\(A4\)$", info, re.M)
    assert str(book.pdf.Root.Lang) == TAGS[book.language]
    assert bool(book.pdf.Root.ViewerPreferences.DisplayDocTitle)
    sizes = {tuple(round(float(edge)) for edge in page.mediabox) for page in book.pdf.pages}
    assert sizes == {(0, 0, 595, 842)}


def test_it_is_small(book: Made) -> None:
    assert book.file.stat().st_size < MOST


def test_nothing_is_a_picture_of_dots(book: Made) -> None:
    assert len(read_with("pdfimages", "-list", book.file).splitlines()) == 2  # only the heading


def test_nothing_is_a_drawing_of_its_own(book: Made) -> None:
    """Chromium makes one of each thing that is transparent as a whole, for a few hundred bytes."""
    for number, page in enumerate(book.pdf.pages, 1):
        assert "/XObject" not in page.resources, number


def elements_of(element: Any) -> Iterator[Any]:
    held = element.get("/K", [])
    for kid in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements_of(kid)


def test_screen_readers_find_headings_lists_tables_and_named_figures(book: Made) -> None:
    elements = list(elements_of(book.pdf.Root.StructTreeRoot))
    roles = Counter(str(element.S) for element in elements)
    for role in ("/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link", "/Code"):
        assert roles[role], role
    assert sum("/Alt" in element for element in elements if element.S == "/Figure") > 10


def test_tags_and_content_know_each_other(book: Made) -> None:
    tree = pikepdf.NumberTree(book.pdf.Root.StructTreeRoot.ParentTree)
    owned: dict[tuple[int, int], dict[int, Any]] = {}
    for element in elements_of(book.pdf.Root.StructTreeRoot):
        for kid in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
            if isinstance(kid, int):
                owned.setdefault(element.Pg.objgen, {})[kid] = element.objgen
            elif kid.get("/Type") == "/MCR" and "/Stm" not in kid:
                owned.setdefault(kid.Pg.objgen, {})[int(kid.MCID)] = element.objgen
    for page in book.pdf.pages:
        marked = re.findall(rb"/MCID (\d+) >>BDC", page.obj.Contents.read_bytes())
        parents = tree[int(page.obj.StructParents)] if marked else []
        for number in map(int, marked):
            assert parents[number].objgen == owned[page.obj.objgen][number]


def test_the_tags_are_those_that_readers_know(book: Made) -> None:
    tree = read_with("pdfinfo", "-struct", book.file)  # complains about any other
    assert tree.startswith("Document")
    assert "Form" not in tree.split()


def read_gray(file: Path) -> tuple[int, int, bytes]:
    """A picture in the simplest of formats: width, height, and a byte for each dot."""
    kind, width, height, _, dots = file.read_bytes().split(maxsplit=4)
    assert kind == b"P5"
    return int(width), int(height), dots


def test_the_margins_are_white(book: Made, tmp_path: Path) -> None:
    read_with("pdftoppm", "-r", "36", "-gray", book.file, tmp_path / "page")
    pictures = sorted(tmp_path.glob("page-*.pgm"))
    assert len(pictures) == len(book.pdf.pages)
    for picture in pictures:
        width, height, dots = read_gray(picture)
        margin = width * 16 // 210  # millimetres of A4's 210; the text begins at 18
        for row in range(height):
            line = dots[row * width : (row + 1) * width]
            sides = line[:margin] + line[-margin:]
            assert min(sides) > 245, (
                f"{picture.name}: something at {row / height:.0%} of its height"
            )


@pytest.mark.long
@pytest.mark.parametrize("book", BOOKS[1:], indirect=True)
def test_the_same_book_of_the_same_day_is_the_same_file(
    book: Made, built_site: Path, tmp_path: Path
) -> None:
    again = make_book(built_site, tmp_path, book.language)
    assert again.read_bytes() == book.file.read_bytes()


def test_the_first_page_is_the_cover(book: Made) -> None:
    first = read_with("pdftotext", "-l", "1", book.file, "-")
    assert TITLES[book.language] in first
    assert "2026" in first
