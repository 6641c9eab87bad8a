"""The offline copy as files: every link leads somewhere, and the zip is always the same."""

from __future__ import annotations

import io
import posixpath
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from common.words import known, words
from offline.archive import write_zip
from offline.layout import Layout, Unknown
from offline.pages import for_disk
from offline.search import index_script
from site_plugin.copy_sizes import FOLDER, sizes_of

pytestmark = pytest.mark.xdist_group("offline copy")  # what is read of the copy, once

LOADED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}
SITE = Layout(
    frozenset(["index.html", "en/index.html", "en/learn/scope/index.html", "learn/body/index.html"])
)
ONLINE = Layout(SITE.has, {}, "https://asgi.example/book/")


def html_pages(files: dict[str, bytes]) -> dict[str, BeautifulSoup]:
    """The pages that a reader opens, by path."""
    return {
        path: BeautifulSoup(data, "html.parser")
        for path, data in files.items()
        if path.endswith("index.html")
    }


@pytest.fixture(scope="module")
def soups(files: dict[str, bytes]) -> dict[str, BeautifulSoup]:
    return html_pages(files)


def addresses(soup: BeautifulSoup) -> list[tuple[Tag, str]]:
    """Every address of a page that is one of this copy."""
    names = ("href", "src", "data-url", "data-theme", "data-reference")
    found = [(tag, str(tag[name])) for name in names for tag in soup.select(f"[{name}]")]
    return [(tag, link) for tag, link in found if not urlsplit(link).scheme]


def test_every_link_leads_to_a_file_and_to_a_place_in_it(
    files: dict[str, bytes], soups: dict[str, BeautifulSoup]
) -> None:
    ids = {path: {str(tag["id"]) for tag in soup.select("[id]")} for path, soup in soups.items()}
    wrong, links = [], 0
    for path, soup in soups.items():
        for _, link in addresses(soup):
            parts = urlsplit(link)
            folder = posixpath.dirname(path)
            there = posixpath.normpath(posixpath.join(folder, parts.path)) if parts.path else path
            mark = unquote(parts.fragment).partition("/")[0]  # what follows names a step
            is_made_in_the_page = "=" in mark
            links += 1
            if there not in files or not (
                not mark or is_made_in_the_page or mark in ids.get(there, {mark})
            ):
                wrong.append((path, link))
    assert wrong == []
    assert links > 4000


def test_every_demo_finds_its_python(
    files: dict[str, bytes], soups: dict[str, BeautifulSoup]
) -> None:
    demos = [
        posixpath.normpath(posixpath.join(posixpath.dirname(path), str(demo["data-runtime"])))
        for path, soup in soups.items()
        for demo in soup.select("asgi-demo")
    ]
    assert len(demos) > 100
    assert {f"{name}.js" in files for name in demos} == {True}


def test_no_page_loads_anything_from_elsewhere(soups: dict[str, BeautifulSoup]) -> None:
    for path, soup in soups.items():
        loaded = [str(tag.get(LOADED[tag.name])) for tag in soup.find_all(list(LOADED))]
        assert {urlsplit(link).scheme for link in loaded} <= {"", "data"}, path
        assert not soup.select("script[type=module]"), path
        assert not soup.select("meta[property^='og:'], link[rel~=canonical], link[rel~=alternate]")


def test_every_page_has_a_policy_that_lets_it_fetch_nothing(
    soups: dict[str, BeautifulSoup],
) -> None:
    for path, soup in soups.items():
        [policy] = soup.select("meta[http-equiv='Content-Security-Policy']")
        assert policy is soup.find_all("meta")[1], path
        directives = dict(part.split(" ", 1) for part in str(policy["content"]).split("; "))
        assert directives["connect-src"] == "'none'"
        assert directives["worker-src"] == "blob:"
        assert re.fullmatch(r"'self'( 'sha256-[^']+')+", directives["script-src"])


@pytest.mark.parametrize(
    ("link", "page", "leads"),
    [
        (
            "../../learn/scope/#keys",
            "en/look-up/rules/index.html",
            "../../learn/scope/index.html#keys",
        ),
        ("../../../learn/body/", "en/learn/scope/index.html", "../../../learn/body/index.html"),
        ("../..", "en/learn/scope/index.html", "../../index.html"),
        ("./", "index.html", "index.html"),
        (".", "en/index.html", "index.html"),
        ("#keys", "en/index.html", "#keys"),
        ("https://asgi.readthedocs.io/", "index.html", "https://asgi.readthedocs.io/"),
        ("http://127.0.0.1:8000/", "index.html", "http://127.0.0.1:8000/"),
    ],
)
def test_a_link_names_the_file_that_a_server_would_answer_with(
    link: str, page: str, leads: str
) -> None:
    assert SITE.link(link, page) == leads


def test_a_link_to_a_download_leads_online_or_nowhere() -> None:
    for link in ("../../../asgi-zh.pdf", "../../../download/", "../../../copy.zip"):
        assert SITE.link(link, "en/learn/scope/index.html") is None
    assert [SITE.place(path) for path in ("asgi-zh.pdf", "copy.zip", "runtime/a.wasm")] == [
        None
    ] * 3
    there = ONLINE.link("../../download/#pdf", "en/learn/scope/index.html")
    assert there == "https://asgi.example/book/en/download/#pdf"


@pytest.mark.parametrize(
    "path",
    [
        *("index.html.br", "en/learn/scope/index.html.gz", "assets/site.0123.css.br"),
        *("_headers", "_redirects", ".nojekyll", ".git/config", "en/.env", ".well-known/x.txt"),
    ],
)
def test_what_only_a_host_reads_is_left_out(path: str) -> None:
    assert SITE.place(path) is None


def test_nothing_for_hosts_is_in_the_copy(files: dict[str, bytes]) -> None:
    assert [path for path in files if path.endswith((".br", ".gz")) or "_headers" in path] == []


def test_a_link_to_what_the_site_does_not_have_is_named_with_its_page() -> None:
    with pytest.raises(Unknown, match=r"^en/index\.html links to nowhere/, which the site"):
        SITE.link("nowhere/", "en/index.html")


PAGE = """<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<link rel="canonical" href="https://asgi.example/book/en/"><link rel="alternate " href="x">
<meta property="og:title" content="ASGI"></head>
<body><a title="a > b" href="learn/scope/?a=1&amp;b=2">go</a> &amp; <a href="../download/">get</a>
<script>const a = '<a href="nowhere/">';</script><!-- <a href="nowhere/"> --></body></html>"""


def test_of_a_page_only_what_a_disk_needs_is_changed() -> None:
    made = for_disk(PAGE, "en/index.html", SITE)
    head, body = made.split("<body>")
    assert head.count("<meta") == 2
    assert "<link" not in head
    assert body.startswith('<a title="a > b" href="learn/scope/index.html?a=1&amp;b=2">go</a>')
    assert body.endswith("&amp; <a>get</a>\n" + PAGE.split("get</a>\n")[1])


def test_a_site_with_a_public_address_is_named_in_its_copy() -> None:
    made = for_disk(PAGE, "en/index.html", ONLINE)
    assert '<link rel="canonical" href="https://asgi.example/book/en/">' in made
    assert '<a href="https://asgi.example/book/download/">get</a>' in made


def test_the_search_knows_files_and_no_page_that_is_left_out() -> None:
    index = b"""{"config": {}, "docs": [{"location": "", "title": "\\u56fe"},
        {"location": "learn/scope/#keys", "title": ""}, {"location": "download/", "title": ""}]}"""
    made = index_script(index, "en/", SITE).decode()
    assert made.startswith(
        'var __index = {"config":{},"docs":[{"location":"index.html","title":"图"'
    )
    assert '"learn/scope/index.html#keys"' in made
    assert "download" not in made


def test_the_zip_is_the_same_whenever_and_in_whatever_order_it_is_made(
    files: dict[str, bytes], archive: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.zip"
    write_zip(dict(reversed(files.items())), again)
    assert again.read_bytes() == archive.read_bytes()
    with zipfile.ZipFile(archive) as opened:
        entries = opened.infolist()
        assert opened.testzip() is None
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_every_system_can_unpack_the_names(files: dict[str, bytes]) -> None:
    assert [path for path in files if not re.fullmatch(r"[A-Za-z0-9._/-]+", path)] == []
    assert len({path.lower() for path in files}) == len(files)
    assert max(map(len, files)) < 120


def test_everything_is_in_one_folder_with_a_page_to_open(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        readme = opened.read(f"{FOLDER}/README.txt").decode()
    assert {name.split("/")[0] for name in names} == {FOLDER}
    for name in re.findall(r"[\w/]+\.html", readme):
        assert f"{FOLDER}/{name}" in names
    assert "2026-01-02" in readme


def test_the_parts_are_as_large_as_is_said(archive: Path) -> None:
    sizes = sizes_of(archive)
    whole = archive.stat().st_size
    assert 0 <= whole - sizes.reading - sizes.python < 100_000  # what the zip says of its entries
    assert sizes.reading < 4_000_000 < sizes.python < 25_000_000
    for language in known():
        told = sizes.told(words(language).DOWNLOADS["copy"])
        assert f"{sizes.python / 1e6:.1f} MB" in told


def test_the_command_makes_the_zip_of_a_built_site(
    project: Path, built_site: Path, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "copy.zip"
    command = [sys.executable, "-m", "scripts.offline", "--site", str(built_site)]
    done = subprocess.run(
        [*command, "--output", str(target)], cwd=project, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"copy\.zip: \d+\.\d MB, of it ", done.stdout)
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as opened:
        assert f"{FOLDER}/index.html" in opened.namelist()


def test_a_folder_that_is_no_site_is_one_message(project: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scripts.offline", "--site", str(tmp_path)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True)
    assert done.returncode == 1
    assert "build the site again" in done.stderr
    assert "Traceback" not in done.stderr
