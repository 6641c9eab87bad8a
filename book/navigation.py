"""What the book holds, in order: the contents that every page of the built site carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from common.problem import Problem

LEFT_OUT: Final = re.compile(
    r"<article[^>]* data-not-in-book"
)  # overrides/main.html sets it for pages with `book: false`


@dataclass(frozen=True)
class Entry:
    """A part, which has children, or a page, which has an address: "/learn/scope/"."""

    title: str
    number: str = ""
    address: str = ""
    children: list[Entry] = field(default_factory=list)

    @property
    def is_home(self) -> bool:
        return bool(self.address) and not self.number

    def pages(self) -> Iterator[Entry]:
        """This page, or the pages of this part and of the parts in it."""
        if self.address:
            yield self
        for child in self.children:
            yield from child.pages()


def page_file(site: Path, address: str) -> Path:
    return site / address.strip("/") / "index.html"


def read_page(site: Path, address: str) -> BeautifulSoup:
    """A page of the built site; raises Problem if it is not there."""
    file = page_file(site, address)
    if not file.is_file():
        raise Problem(f"{file} is missing. Build the site first: make build")
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def read_navigation(site: Path, home: str) -> list[Entry]:
    """The parts and pages of the language with this home page, but for those left out."""
    contents = read_page(site, home).select_one("nav.contents > ol")
    if contents is None:
        raise Problem(f"{page_file(site, home)} has no contents (overrides/partials/contents.html)")
    return _entries(site, home, contents)


def _entries(site: Path, home: str, contents: Tag) -> list[Entry]:
    entries = []
    for item in contents.find_all("li", recursive=False):
        link = item.find("a", recursive=False)
        entry = _page(home, link) if link else _part(site, home, item)
        if entry.children or (entry.address and not _is_left_out(site, entry.address)):
            entries.append(entry)
    return entries


def _page(home: str, link: Tag) -> Entry:
    number = link.select_one(".contents-number")
    return Entry(
        title=link.find_all("span")[-1].get_text(strip=True),
        number=number.get_text(strip=True) if number else "",
        address=urljoin(home, str(link["href"])).removesuffix("index.html"),
    )


def _part(site: Path, home: str, item: Tag) -> Entry:
    title = item.select_one(".contents-part")
    within = item.find("ol", recursive=False)
    return Entry(
        title=title.get_text(strip=True) if title else "",
        children=_entries(site, home, within) if within else [],
    )


def _is_left_out(site: Path, address: str) -> bool:
    file = page_file(site, address)
    return file.is_file() and LEFT_OUT.search(file.read_text("utf-8")) is not None
