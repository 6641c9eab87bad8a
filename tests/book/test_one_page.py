"""docs/assets/styles/print.css: a page that a reader prints from the browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.book.conftest import read_with
from tests.book.test_pdf import plain, read_gray

PAGES = ["/", "/learn/one-request/", "/en/understand/back-pressure/", "/en/look-up/rules/"]
PRESSED = ["编辑步骤", "运行", "Edit steps", "Run", "Reset"]


@pytest.mark.parametrize("address", PAGES)
def test_it_has_margins_and_nothing_to_press(
    readers: None, page: Page, site_url: str, tmp_path: Path, address: str
) -> None:
    page.goto(site_url + address)
    page.wait_for_function(
        "[...document.querySelectorAll('asgi-demo')].every("
        "demo => demo.querySelector('.demo-figure')?.firstElementChild)"
    )
    title = page.locator("h1").inner_text().removesuffix("#")
    file = tmp_path / "page.pdf"
    page.pdf(path=str(file), format="A4")
    text = read_with("pdftotext", file, "-")
    assert plain(title) in plain(text)
    lines = {line.strip() for line in text.splitlines()}
    assert not lines & set(PRESSED)
    read_with("pdftoppm", "-r", "36", "-gray", file, tmp_path / "page")
    for picture in tmp_path.glob("page-*.pgm"):
        width, height, dots = read_gray(picture)
        margin = width * 15 // 210
        for row in range(height):
            line = dots[row * width : (row + 1) * width]
            assert min(line[:margin] + line[-margin:]) > 245, (picture.name, row)


@pytest.mark.parametrize("address", ["/look-up/cheat-sheet/", "/en/look-up/cheat-sheet/"])
def test_the_cheat_sheet_fits_on_two_pages(
    readers: None, page: Page, site_url: str, tmp_path: Path, address: str
) -> None:
    page.goto(site_url + address)
    file = tmp_path / "sheet.pdf"
    page.pdf(path=str(file), format="A4")
    assert re.search(r"^Pages: +2$", read_with("pdfinfo", file), re.M)
