"""The files that a build writes: both languages, the same structure, nothing missing."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin

import autocorrect_py
import pytest
from bs4 import BeautifulSoup, Tag

from common.places import ROOT
from tests.site.conftest import LANGUAGES, PAGES

SITE = "http://127.0.0.1:8000"


# Parsing is what takes time: the tests of one page run one after the other, and parse it once.
BY_PAGE = [pytest.param(path, marks=pytest.mark.xdist_group(f"built /{path}")) for path in PAGES]


@pytest.fixture(params=BY_PAGE)
def path(request: pytest.FixtureRequest) -> str:
    """Every page, one after the other, by its path below its language's root."""
    return str(request.param)


@pytest.fixture(params=LANGUAGES.values(), ids=LANGUAGES)
def address(request: pytest.FixtureRequest, path: str) -> str:
    """Every page in every language."""
    return f"{request.param}{path}"


def html_of(site: Path, address: str) -> str:
    return (site / address.lstrip("/") / "index.html").read_text("utf-8")


@lru_cache(maxsize=2)
def read(site: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup(html_of(site, address), "html.parser")


def head_of(site: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup(html_of(site, address).partition("</head>")[0], "html.parser")


def article(site: Path, address: str) -> Tag:
    found = read(site, address).find("article")
    assert isinstance(found, Tag)
    return found


STRUCTURE: dict[str, Callable[[Tag], list[str]]] = {
    "headings": lambda tag: [
        f"{heading.name} #{heading.get('id')}" for heading in tag.find_all(re.compile(r"^h[1-6]$"))
    ],
    "demos": lambda tag: [
        json.loads(data.string or "")["app"] for data in tag.select("script.demo-data")
    ],
    "demo ids": lambda tag: [str(figure["id"]) for figure in tag.select(".figure-demo")],
    "figures": lambda tag: [" ".join(figure["class"]) for figure in tag.find_all("figure")],
    "tables": lambda tag: [
        f"{len(table.find_all('tr'))} x {len(table.find_all('th'))}" for table in tag("table")
    ],
    "code blocks": lambda tag: [f"{len(tag.select('.highlight'))}"],
    "side notes": lambda tag: [f"{len(tag.select('.side-note'))}"],
    "links to the specification": lambda tag: [
        str(link["href"]) for link in tag.select('a[href^="https://asgi.readthedocs.io"]')
    ],
}


def test_both_languages_have_the_same_structure(built_site: Path, path: str) -> None:
    pages = [article(built_site, root + path) for root in LANGUAGES.values()]
    first, *others = [{part: read(page) for part, read in STRUCTURE.items()} for page in pages]
    for other in others:
        assert other == first


def test_headings_have_ids_of_their_own(built_site: Path, address: str) -> None:
    for heading in article(built_site, address).find_all(re.compile(r"^h[2-6]$")):
        assert re.fullmatch(r"[a-z0-9-]+", str(heading.get("id"))), heading
        assert not re.fullmatch(r"_\d+", str(heading.get("id"))), heading


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_switcher_stays_on_the_page_and_needs_no_script(
    built_site: Path, path: str, code: str
) -> None:
    other = {"zh": "/en/", "en": "/"}[code]
    page = read(built_site, LANGUAGES[code] + path)
    (link,) = page.select(".languages a")
    assert urljoin(SITE + LANGUAGES[code] + path, str(link["href"])) == SITE + other + path
    assert page.html is not None
    assert str(page.html["lang"]).startswith(code)


def test_search_engines_are_told_of_both_languages(built_site: Path, address: str) -> None:
    page = head_of(built_site, address)
    links = {
        str(link["hreflang"]): str(link["href"]) for link in page.find_all("link", hreflang=True)
    }
    path = address.removeprefix("/en").lstrip("/")
    assert links == {
        "zh-Hans": f"{SITE}/{path}",
        "en": f"{SITE}/en/{path}",
        "x-default": f"{SITE}/{path}",
    }
    (canonical,) = page.find_all("link", rel="canonical")
    assert canonical["href"] == SITE + address


@pytest.mark.parametrize(("code", "root"), LANGUAGES.items())
def test_each_language_has_its_own_404_sitemap_and_search_index(
    built_site: Path, code: str, root: str
) -> None:
    folder = built_site / root.strip("/")
    missing = (folder / "404.html").read_text("utf-8")
    assert ("没有这一页" in missing) == (code == "zh")
    assert ("No such page" in missing) == (code == "en")
    sitemap = gzip.decompress((folder / "sitemap.xml.gz").read_bytes()).decode()
    assert re.findall(r"<loc>(.*?)</loc>", sitemap) == [
        SITE + root + path for path in sorted(PAGES, key=sitemap.index)
    ]
    index = json.loads((folder / "search" / "search_index.json").read_text("utf-8"))
    titles = " ".join(entry["title"] + entry["text"] for entry in index["docs"])
    assert bool(re.search(r"[\u4e00-\u9fff]", titles)) == (code == "zh")


def test_the_index_holds_no_data_of_demos_and_no_source_of_diagrams(built_site: Path) -> None:
    for root in LANGUAGES.values():
        text = (built_site / root.strip("/") / "search" / "search_index.json").read_text("utf-8")
        assert "sequenceDiagram" not in text
        assert '\\"trace\\"' not in text


def test_every_page_says_what_it_is_for_in_its_own_words(built_site: Path) -> None:
    seen: dict[str, str] = {}
    for root in LANGUAGES.values():
        for path in PAGES:
            (tag,) = head_of(built_site, root + path).select('meta[name="description"]')
            text = str(tag["content"])
            assert 15 <= len(text) <= 170, (root + path, text)
            assert seen.setdefault(text, root + path) == root + path


@pytest.mark.parametrize(("root", "word"), [("/", "图"), ("/en/", "Figure")])
def test_figures_are_numbered_by_chapter(built_site: Path, path: str, root: str, word: str) -> None:
    configuration = (ROOT / "mkdocs.yml").read_text("utf-8")
    files = re.findall(r"^ +- (?:.+: )?(\S+)\.md$", configuration, re.M)
    chapter = files.index(path.rstrip("/") or "index")
    numbers = [
        tag.get_text(strip=True)
        for tag in article(built_site, root + path).select(".figure-number")
    ]
    prefix = f"{chapter}-" if chapter else ""
    assert numbers == [f"{word} {prefix}{n}" for n in range(1, len(numbers) + 1)]


def test_chinese_typography_is_right_on_every_page(built_site: Path, path: str) -> None:
    html = str(article(built_site, "/" + path))
    html = re.sub(r"<(script|svg|pre)\b.*?</\1>", "", html, flags=re.S)
    assert autocorrect_py.lint_for(html, "html").lines == []


def test_nothing_is_built_that_no_page_uses(built_site: Path) -> None:
    assert not list(built_site.rglob("*.map"))
    assert not (built_site / "en" / "assets").exists()
    assert not list(built_site.rglob("lunr"))
    assert len(list(built_site.rglob("*.css"))) == 1


def test_no_page_is_behind_the_page_it_was_written_from(built_site: Path, address: str) -> None:
    behind = article(built_site, address).select(".notice")
    assert not behind, "bring it in step, then run `make translated`"


def test_a_link_to_the_page_can_be_shown_with_its_card(built_site: Path, address: str) -> None:
    page = head_of(built_site, address)
    said = {str(tag["property"]): str(tag["content"]) for tag in page.select("meta[property]")}
    language = "en" if address.startswith("/en/") else "zh"
    name = address.removeprefix("/en").strip("/") or "index"
    assert said["og:image"] == f"{SITE}/assets/cards/{language}/{name}.png"
    assert said["og:url"] == SITE + address
    assert all(said[f"og:{part}"] for part in ("title", "description", "image:alt"))
