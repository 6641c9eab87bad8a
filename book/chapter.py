"""One page of the site, made ready to stand among all the others in one document.

Ids get the page's name in front, so that those of two pages never meet; links to other pages of the
book become links within it, and links to anything else of the site become absolute ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from book.navigation import Entry
from common.problem import Problem

NAMING: Final = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
WITHIN: Final = re.compile(r"url\((['\"]?)#([^)'\"]+)\1\)")
# What docs/assets/styles/code.css sets apart; operators and punctuation are ink on paper.
CLASSES: Final = (
    "k kc kd kn kp kr kt ow nt nd s sa sb sc s1 s2 sd se sh si sr ss sx dl m mb mf mh mi mo il l"
    " c c1 ch cm cp cs nf nc fm gd gr gi hll filename linenos demo-line"
)
COLOURED: Final = frozenset(re.split(" ", CLASSES))
NOT_PRINTED: Final = (
    *(".headerlink", ".map", ".md-source-file", "input", "nav", "style"),
    *(".playground-chooser", ".playground-listings", ".decoder", "script:not(.demo-data)"),
)


@dataclass(frozen=True)
class Section:
    """A heading within a chapter: ``level`` is 2 or 3, ``number`` is empty below 2."""

    id: str
    title: str
    level: int
    number: str


@dataclass(frozen=True)
class Chapter:
    """``html`` is the article; ``id`` is what links to the chapter itself name."""

    entry: Entry
    id: str
    html: str
    sections: list[Section]


@dataclass(frozen=True)
class Links:
    """Where a link leads: ``chapters`` are the ids by address, ``root`` is the online site's."""

    chapters: dict[str, str]
    root: str

    def target(self, address: str, href: str) -> str:
        """The link ``href`` of the page at ``address``, as it stands in the book."""
        parts = urlsplit(urljoin(address, href))
        if parts.scheme:
            return href
        chapter = self.chapters.get(parts.path.removesuffix("index.html"))
        if chapter is None or parts.query:
            return self.root + urljoin(address, href).lstrip("/")
        return f"#{chapter}--{parts.fragment}" if parts.fragment else f"#{chapter}"


def chapter_id(address: str) -> str:
    """ "/en/learn/scope/" is "en-learn-scope"; the home page is "home"."""
    return re.sub(r"\W+", "-", address.strip("/")) or "home"


def make_chapter(page: BeautifulSoup, entry: Entry, links: Links) -> Chapter:
    """Raises Problem if the page has no article."""
    article = page.select_one("article")
    if article is None:
        raise Problem(f"{entry.address} has no <article> (overrides/main.html)")
    for unwanted in article.select(", ".join(NOT_PRINTED)):
        unwanted.decompose()
    _open_all(page, article)
    _join_code(article)
    name = links.chapters[entry.address]
    for tag in article.find_all(True):
        _rename(tag, name)
        _relink(tag, entry.address, name, links)
    return Chapter(entry, name, str(article), _sections(article, entry.number))


def _open_all(page: BeautifulSoup, article: Tag) -> None:
    """On paper nothing can be pressed: what is folded is open, tabs stand one below the other."""
    for folded in article.select("details"):
        folded["open"] = ""
    for tabs in article.select(".tabbed-set"):
        labels = tabs.select(":scope > .tabbed-labels > label")
        for label, block in zip(
            labels, tabs.select(":scope > .tabbed-content > .tabbed-block"), strict=False
        ):
            title = page.new_tag("p", attrs={"class": "tab-title"})
            title.string = label.get_text(strip=True)
            block.insert(0, title)
        for labelled in tabs.select(":scope > .tabbed-labels"):
            labelled.decompose()


def _join_code(article: Tag) -> None:
    """Every element in a line of code is a text of its own in the PDF: keep those with a colour."""
    for span in article.select(".highlight code span[class]"):
        if COLOURED.isdisjoint(span["class"]):
            span.unwrap()
    article.smooth()


def _rename(tag: Tag, name: str) -> None:
    for attribute, value in tag.attrs.items():
        if attribute in NAMING:
            # "headers" and its like may come as a list of names
            names = value.split() if isinstance(value, str) else value
            tag[attribute] = " ".join(f"{name}--{one}" for one in names)
        elif isinstance(value, str) and "url(" in value:
            tag[attribute] = WITHIN.sub(rf"url(#{name}--\2)", value)


def _relink(tag: Tag, address: str, name: str, links: Links) -> None:
    if tag.name == "a" and tag.has_attr("href"):
        tag["href"] = links.target(address, str(tag["href"]))
        return
    for attribute in ("href", "xlink:href", "src"):
        value = str(tag.get(attribute, ""))
        if value.startswith("#"):
            tag[attribute] = f"#{name}--{value[1:]}"
        elif value and not value.startswith("data:"):
            tag[attribute] = urljoin(address, value)


def _sections(article: Tag, number: str) -> list[Section]:
    sections, count = [], 0
    for heading in article.select("h2[id], h3[id]"):
        level = int(heading.name[1])
        count += level == 2
        numbered = f"{number}.{count}" if number and level == 2 else ""
        title = " ".join(heading.get_text().split())
        sections.append(Section(str(heading["id"]), title, level, numbered))
    return sections


def find_root(page: BeautifulSoup, address: str) -> str:
    """The online site's address, from the canonical one of a page; raises Problem without it."""
    link = page.select_one('link[rel="canonical"]')
    whole = str(link["href"]) if link else ""
    if not whole.endswith(address):
        raise Problem(f"The page at {address} does not name its own address (site_url)")
    return whole[: len(whole) - len(address)] + "/"
