"""site_plugin/kinds/downloads.py: what can be taken away, with its size, or how to make it."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from site_plugin.fences import Place, scan
from site_plugin.kinds import downloads

LISTED = {"asgi-zh.pdf": "图解 <ASGI>"}


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(downloads, "DIST", tmp_path)
    return tmp_path


def test_a_file_that_is_there_is_linked_with_its_size(dist: Path) -> None:
    (dist / "asgi-zh.pdf").write_bytes(b"x" * 1_340_000)
    html = downloads.list_files(LISTED, "zh", "../")
    assert '<a href="../asgi-zh.pdf" download>图解 &lt;ASGI&gt;</a> <small>1.3 MB</small>' in html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_that_is_not_there_is_not_linked(dist: Path, language: str) -> None:
    html = downloads.list_files(LISTED, language, "../")
    assert "<a" not in html
    assert "<code>make pdf</code>" in html


def test_a_small_file_is_counted_in_kilobytes(dist: Path) -> None:
    (dist / "a").write_bytes(b"x" * 87_400)
    assert downloads.size_of(dist / "a") == "87 KB"


@pytest.mark.parametrize("text", ["- a list", "asgi.exe: what", "asgi.pdf: 3", "asgi.pdf: [", ""])
def test_a_list_that_is_wrong_is_named_with_its_line(text: str) -> None:
    (fence,) = scan(f"```downloads\n{text}\n```")
    with pytest.raises(PluginError, match=r"docs/zh/download\.md:3: write lines"):
        downloads.read(fence, Place("docs/zh/download.md", 2))


def test_the_page_is_linked_from_every_page(built_site: Path) -> None:
    for page in ("index.html", "learn/scope/index.html", "en/index.html", "download/index.html"):
        html = (built_site / page).read_text("utf-8")
        foot = html[html.index('class="colophon"') :]
        assert 'download/">' in foot or 'href="./">' in foot
