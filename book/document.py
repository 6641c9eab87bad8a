"""The whole book as one HTML document: cover, contents, chapters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from book.chapter import Chapter, Links, chapter_id, find_root, make_chapter
from book.navigation import Entry, read_navigation, read_page
from common.languages import languages, paths
from common.problem import Problem
from common.words import words

PAGE = """<!doctype html>
<html lang="{tag}"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="{site_css}"><link rel="stylesheet" href="/book/book.css">
<style>{heads}</style>
</head><body class="book" data-md-color-scheme="default">
<section class="cover">{cover}</section>
<nav class="book-contents md-typeset" aria-labelledby="contents"><h1 id="contents">{contents}</h1>
<ol>{lines}</ol><div hidden>{places}</div></nav>
<main>{chapters}</main>
<script type="module" src="{script}"></script>
</body></html>"""
COVER = """<div class="cover-lanes" aria-hidden="true"><i></i><i></i><i></i></div>
<p class="cover-title">{title}</p><p class="cover-about">{about}</p>
<p class="cover-foot">{foot}</p>"""
LINE = (
    '<li class="{kind}"><a href="#{id}"><span class="line-number">{number}</span>'
    '<span class="line-title">{title}</span>'
    '<span class="line-page" data-of="{id}"></span></a></li>'
)
CHAPTER = '<section class="book-chapter" id="{id}" style="page: {page}">{part}{html}</section>'
HEAD = """@page {page} {{ @top-left {{ content: "{left}"; }} @top-right {{ content: "{right}"; }} }}
"""

Words = dict[str, str]  # what the book says itself, in its language


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline: ``id`` is where it leads."""

    title: str
    id: str
    children: list[Bookmark]


@dataclass(frozen=True)
class Book:
    """A language's book, ready to be printed."""

    language: str
    title: str
    about: str
    made: date
    html: str
    outline: list[Bookmark]

    @property
    def tag(self) -> str:
        return languages()[self.language].hreflang


def join_book(site: Path, language: str, made: date) -> Book:
    """Join a language of the built site; raises Problem if a page is not what it should be."""
    told: Words = words(language).BOOK
    home = f"/{paths()[language]}"
    front = read_page(site, home)
    parts = read_navigation(site, home)
    pages = [page for part in parts for page in part.pages()]
    links = Links(
        {page.address: chapter_id(page.address) for page in pages}, find_root(front, home)
    )
    sources = {page.address: read_page(site, page.address) for page in pages}
    script = _demo_script(sources)
    chapters = {page.address: make_chapter(sources[page.address], page, links) for page in pages}
    title, about = _said(front, "og:site_name"), _said(front, "og:description")
    html = PAGE.format(
        tag=languages()[language].hreflang,
        title=escape(title),
        site_css=urljoin(home, str(front.select_one('link[rel="stylesheet"]')["href"])),  # type: ignore[index]
        heads="".join(_head(chapter, title, told) for chapter in chapters.values()),
        cover=_cover(title, about, made, links.root, told),
        contents=told["contents"],
        lines="".join(_lines(parts, chapters, told)),
        places="".join(_places(chapters)),
        chapters="".join(_chapters(parts, chapters)),
        script=script,
    )
    check_links(html)
    return Book(language, title, about, made, html, _outline(parts, chapters, told))


def _said(page: BeautifulSoup, name: str) -> str:
    found = page.find("meta", property=name)
    return str(found["content"]) if found else ""


def _demo_script(sources: dict[str, BeautifulSoup]) -> str:
    """What draws the demos: the script of the first page that has one."""
    for address, page in sources.items():
        for script in page.select('head script[type="module"][src]'):
            return urljoin(address, str(script["src"]))
    return "data:text/javascript,"


def _cover(title: str, about: str, made: date, root: str, told: Words) -> str:
    foot = [told["on"].format(year=made.year, month=made.month, day=made.day, made=made)]
    if urlsplit(root).hostname not in ("127.0.0.1", "localhost"):
        link = f'<a href="{escape(root)}">{escape(root)}</a>'
        foot.append(told["at"].format(address=link))
    return COVER.format(title=escape(title), about=escape(about), foot="<br>".join(foot))


def _title(entry: Entry, told: Words) -> str:
    return told["opening"] if entry.is_home else entry.title


def _head(chapter: Chapter, title: str, told: Words) -> str:
    """The running head: the book on the left, the chapter on the right."""
    entry = chapter.entry
    right = f"{entry.number}\u2003{entry.title}" if entry.number else _title(entry, told)
    return HEAD.format(page=_page_name(chapter), left=_css(title), right=_css(right))


def _page_name(chapter: Chapter) -> str:
    return f"page-{chapter.id}"


def _css(text: str) -> str:
    """Text as it stands in a string of CSS that stands in HTML."""
    return "".join(f"\\{ord(char):x} " if char in '"\\<\n' else char for char in text)


def _lines(parts: list[Entry], chapters: dict[str, Chapter], told: Words) -> list[str]:
    lines = []
    for entry in parts:
        if entry.children:
            lines.append(f'<li class="line-part"><p>{escape(entry.title)}</p></li>')
            lines += _lines(entry.children, chapters, told)
            continue
        chapter = chapters[entry.address]
        lines.append(_line("line-chapter", chapter.id, entry.number, _title(entry, told)))
        lines += [
            _line("line-section", section.id, section.number, section.title)
            for section in chapter.sections
            if section.level == 2
        ]
    return lines


def _line(kind: str, id: str, number: str, title: str) -> str:  # noqa: A002
    return LINE.format(kind=kind, id=escape(id), number=number, title=escape(title))


def _places(chapters: dict[str, Chapter]) -> list[str]:
    """A link to each section: Chromium notes where a place is only if something leads there."""
    ids = [section.id for chapter in chapters.values() for section in chapter.sections]
    return [f'<a href="#{escape(id)}"></a>' for id in ids]  # noqa: A001


def _chapters(parts: list[Entry], chapters: dict[str, Chapter], part: str = "") -> list[str]:
    """The chapters; the first one of a part carries the part's title."""
    written = []
    for entry in parts:
        if entry.children:
            written += _chapters(entry.children, chapters, entry.title)
            continue
        chapter = chapters[entry.address]
        opens = f'<p class="book-part">{escape(part)}</p>' if part else ""
        part = ""
        page = _page_name(chapter)
        written.append(CHAPTER.format(id=chapter.id, page=page, part=opens, html=chapter.html))
    return written


def _outline(parts: list[Entry], chapters: dict[str, Chapter], told: Words) -> list[Bookmark]:
    marks = []
    for entry in parts:
        if entry.children:
            within = _outline(entry.children, chapters, told)
            marks.append(Bookmark(entry.title, within[0].id, within))
            continue
        chapter = chapters[entry.address]
        title = f"{entry.number} {_title(entry, told)}".strip()
        marks.append(Bookmark(title, chapter.id, _section_marks(chapter)))
    return marks


def _section_marks(chapter: Chapter) -> list[Bookmark]:
    marks: list[Bookmark] = []
    for section in chapter.sections:
        mark = Bookmark(f"{section.number} {section.title}".strip(), section.id, [])
        (marks[-1].children if section.level > 2 and marks else marks).append(mark)
    return marks


def check_links(html: str) -> None:
    """Raise Problem for a link within the book that leads nowhere, and for an id given twice."""
    page = BeautifulSoup(html, "html.parser")
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    twice = sorted({one for one in ids if ids.count(one) > 1}) if len(ids) > len(set(ids)) else []
    known = set(ids)
    dead = sorted(
        {str(link["href"]) for link in page.select('a[href^="#"]') if link["href"][1:] not in known}
    )
    for fault, found in (("ids given twice", twice), ("links to nowhere", dead)):
        if found:
            raise Problem(f"The book has {fault}: {', '.join(found)}")
