"""Draws the picture that other sites show beside a link to a page: `make build` calls it.

Each page of the built site names its card in ``og:image``; what stands on the card is read from the
page itself. A card that was drawn before, of the same text, is taken from build/cards.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from common.browser import find_browser, launch_arguments
from common.colours import colours
from common.fonts import ensure_chinese_font
from common.places import BUILD

DRAWN = BUILD / "cards"
SIZE = {"width": 1200, "height": 630}
FOLDER = "assets/cards/"
CARD = """<!doctype html><html lang="{language}"><meta charset="utf-8"><style>
html {{ height: 100%; background: {colour[paper]}; color: {colour[ink]}; }}
body {{ box-sizing: border-box; height: 100%; margin: 0; padding: 78px 84px 64px 150px;
  display: flex; flex-direction: column; font: 30px/1.5 "Noto Sans CJK SC", "PingFang SC",
  "Microsoft YaHei", sans-serif; }}
body::before {{ content: ""; position: fixed; inset: 0 auto 0 56px; width: 34px; background:
  linear-gradient(90deg, {colour[client]} 0 6px, #0000 0 14px, {colour[server]} 0 20px,
    #0000 0 28px, {colour[app]} 0); }}
h1, b {{ font-family: "Noto Serif CJK SC", "Songti SC", SimSun, Georgia, serif; }}
h1 {{ margin: 12px 0 22px; font-size: {size}px; line-height: 1.25; text-wrap: balance; }}
i {{ color: {colour[accent]};
  font: 36px "Noto Serif CJK SC", "Songti SC", SimSun, Georgia, serif; }}
p {{ margin: 0; color: {colour[ink-2]}; display: -webkit-box; -webkit-line-clamp: 3;
  -webkit-box-orient: vertical; overflow: hidden; }}
b {{ margin-top: auto; font-size: 32px; }}
</style><i>{chapter}</i><h1>{title}</h1><p>{about}</p><b>{site}</b>"""


@dataclass(frozen=True)
class Card:
    """``path`` is below the site's folder; ``html`` draws it."""

    path: str
    html: str

    @property
    def drawn(self) -> Path:
        return DRAWN / f"{hashlib.sha256(self.html.encode()).hexdigest()[:16]}.png"


def cards(site: Path) -> list[Card]:
    """The cards that the pages of a built site name."""
    pages = sorted(site.rglob("index.html"))
    return [card for page in pages if (card := card_of(page.read_text("utf-8")))]


def card_of(html: str) -> Card | None:
    page = BeautifulSoup(html.partition("</h1>")[0], "html.parser")  # all that is read comes before

    def said(name: str) -> str:
        found = page.find("meta", property=f"og:{name}")
        return str(found["content"]) if found else ""

    _, folder, name = urlsplit(said("image")).path.rpartition(FOLDER)
    if not folder:
        return None
    number = page.select_one(".chapter-number")
    title = said("title")
    text = CARD.format(
        colour=colours(),
        language=str(page.html["lang"]) if page.html else "",
        size=76 if len(title) < 30 else 60,
        chapter=escape(number.get_text(strip=True)) if number else "",
        title=escape(title),
        about=escape(said("description")),
        site=escape(said("site_name")),
    )
    return Card(FOLDER + name, text)


def draw_cards(site: Path) -> None:
    """Put every card into a built site; raises Problem if no browser or no font can be had."""
    wanted = cards(site)
    missing = [card for card in wanted if not card.drawn.exists()]
    if missing:
        _draw(missing)
    for card in wanted:
        place = site / card.path
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(card.drawn, place)


def _draw(missing: list[Card]) -> None:
    ensure_chinese_font()
    print(f"Drawing {len(missing)} preview cards …", flush=True)
    DRAWN.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=launch_arguments()
        )
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        for card in missing:
            page.set_content(card.html)
            unfinished = card.drawn.with_suffix(".part.png")
            page.screenshot(path=str(unfinished))
            unfinished.replace(card.drawn)
        browser.close()
