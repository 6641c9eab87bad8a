"""scripts/cards.py: the pictures beside links, drawn by a real browser."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from scripts import build_site, cards

PAGE = """<!doctype html><html lang="zh"><head>
<meta property="og:site_name" content="图解 ASGI">
<meta property="og:title" content="读 &lt;scope&gt;">
<meta property="og:description" content="它从哪里来">
<meta property="og:image" content="https://example.org/book/assets/cards/zh/learn/scope.png">
</head><body><p class="chapter-number">第 3 章</p></body></html>"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built site of one page."""
    monkeypatch.setattr(cards, "DRAWN", tmp_path / "drawn")
    (tmp_path / "site" / "learn" / "scope").mkdir(parents=True)
    (tmp_path / "site" / "learn" / "scope" / "index.html").write_text(PAGE, "utf-8")
    return tmp_path / "site"


def test_the_card_says_what_the_page_says() -> None:
    card = cards.card_of(PAGE)
    assert card is not None
    assert card.path == "assets/cards/zh/learn/scope.png"
    for text in ("读 &lt;scope&gt;", "第 3 章", "它从哪里来", "图解 ASGI"):
        assert text in card.html
    assert cards.card_of("<p>no card") is None


def test_a_card_is_drawn_once_and_again_when_its_text_changes(
    site: Path, own_browser: None, capsys: pytest.CaptureFixture[str]
) -> None:
    cards.draw_cards(site)
    drawn = site / "assets" / "cards" / "zh" / "learn" / "scope.png"
    width, height = struct.unpack(">II", drawn.read_bytes()[16:24])
    assert (width, height) == (1200, 630)
    first = drawn.read_bytes()
    capsys.readouterr()
    cards.draw_cards(site)
    assert capsys.readouterr().out == ""
    assert drawn.read_bytes() == first
    page = site / "learn" / "scope" / "index.html"
    page.write_text(PAGE.replace("第 3 章", "第 4 章"), "utf-8")
    cards.draw_cards(site)
    assert "Drawing 1 " in capsys.readouterr().out
    assert drawn.read_bytes() != first


def test_they_can_be_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Small\ntheme: mkdocs\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# First\n")
    for name, path in (("ROOT", ""), ("SITE", "site"), ("UNFINISHED", "build/unfinished")):
        monkeypatch.setattr(build_site, name, tmp_path / path)
    monkeypatch.setattr(build_site, "OUTPUT", tmp_path / "runtime")
    monkeypatch.setattr(build_site, "draw_cards", lambda site: pytest.fail("drawn all the same"))
    monkeypatch.setenv("CARDS", "0")
    build_site.build_site()
    assert (tmp_path / "site" / "index.html").exists()
