"""book/chapter.py and book/document.py: a page among others."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from book.chapter import Links, chapter_id, find_root, make_chapter
from book.document import check_links
from book.navigation import Entry, read_navigation
from common.problem import Problem

LINKS = Links({"/": "home", "/learn/scope/": "learn-scope"}, "https://example.org/book/")
SCOPE = Entry("读懂 scope", "3", "/learn/scope/")


def chapter_of(article: str) -> BeautifulSoup:
    page = BeautifulSoup(f"<article>{article}</article>", "html.parser")
    return BeautifulSoup(make_chapter(page, SCOPE, LINKS).html, "html.parser")


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("#keys", "#learn-scope--keys"),
        ("../../", "#home"),
        ("../../#map", "#home--map"),
        ("", "#learn-scope"),
        ("../../spec.json", "https://example.org/book/spec.json"),
        ("../../playground/?open=1#x", "https://example.org/book/playground/?open=1#x"),
        ("https://asgi.readthedocs.io/a#b", "https://asgi.readthedocs.io/a#b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_link_leads_into_the_book_or_to_the_site_online(href: str, target: str) -> None:
    link = chapter_of(f'<a href="{href}">x</a>').a
    assert link
    assert link["href"] == target


def test_ids_and_what_names_them_get_the_pages_name() -> None:
    made = chapter_of(
        '<p id="a" aria-labelledby="b c"></p><svg><path marker-end="url(#tip)"/><use href="#d"/>'
        "</svg>"
    )
    assert 'id="learn-scope--a"' in str(made)
    assert 'aria-labelledby="learn-scope--b learn-scope--c"' in str(made)
    assert 'marker-end="url(#learn-scope--tip)"' in str(made)
    assert 'href="#learn-scope--d"' in str(made)


def test_what_is_folded_is_open_and_tabs_stand_below_each_other() -> None:
    made = chapter_of(
        '<details><summary>More</summary></details><div class="tabbed-set">'
        '<input id="t1"><div class="tabbed-labels"><label for="t1">One</label>'
        '<label for="t2">Two</label></div><div class="tabbed-content">'
        '<div class="tabbed-block">first</div><div class="tabbed-block">second</div></div></div>'
    )
    assert made.details
    assert made.details.has_attr("open")
    assert made.get_text() == "MoreOnefirstTwosecond"
    assert not made.select("input, label")


def test_sections_are_numbered_as_on_the_site() -> None:
    page = BeautifulSoup(
        '<article><h2 id="a">A<a class="headerlink">#</a></h2><h3 id="b">B</h3>'
        '<h2 id="c">C</h2></article>',
        "html.parser",
    )
    found = [(one.number, one.title, one.id) for one in make_chapter(page, SCOPE, LINKS).sections]
    assert found == [
        ("3.1", "A", "learn-scope--a"),
        ("", "B", "learn-scope--b"),
        ("3.2", "C", "learn-scope--c"),
    ]


def test_a_link_to_nowhere_and_an_id_given_twice_are_named() -> None:
    check_links('<p id="a"><a href="#a">x</a></p>')
    with pytest.raises(Problem, match="links to nowhere: #b"):
        check_links('<p id="a"><a href="#b">x</a></p>')
    with pytest.raises(Problem, match="ids given twice: a"):
        check_links('<p id="a"></p><p id="a"></p>')


def test_the_sites_address_comes_from_a_page() -> None:
    page = BeautifulSoup('<link rel="canonical" href="https://a.org/book/en/">', "html.parser")
    assert find_root(page, "/en/") == "https://a.org/book/"
    with pytest.raises(Problem, match="site_url"):
        find_root(BeautifulSoup("<p>", "html.parser"), "/en/")


def test_a_page_that_says_so_is_left_out(tmp_path: Path) -> None:
    contents = (
        '<nav class="contents"><ol><li><a href="./"><span>Home</span></a></li><li>'
        '<p class="contents-part">Part</p><ol><li><a href="a/"><span class="contents-number">1'
        '</span><span>A</span></a></li><li><a href="b/"><span class="contents-number">2</span>'
        "<span>B</span></a></li></ol></li></ol></nav>"
    )
    pages = {"": "", "a": "", "b": " data-not-in-book"}
    for name, attribute in pages.items():
        (tmp_path / name).mkdir(exist_ok=True)
        text = f"{contents}<article{attribute}></article>"
        (tmp_path / name / "index.html").write_text(text, "utf-8")
    home, part = read_navigation(tmp_path, "/")
    assert home.is_home
    assert [(page.number, page.title, page.address) for page in part.pages()] == [("1", "A", "/a/")]


def test_a_site_that_is_not_built_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="make build"):
        read_navigation(tmp_path, "/")


def test_the_id_of_a_chapter_is_its_address() -> None:
    assert chapter_id("/en/learn/first-app/") == "en-learn-first-app"
    assert chapter_id("/") == "home"
