"""Writes the entries of ``data/errors/`` into the page of the error decoder.

Where a page has the fence ``errors`` with a line ``group: starting``, the entries of
``data/errors/starting.yml`` come, each under a heading with an id of its own, so that a search
finds them one by one. A mistake in the data fails the build, with its file and its line.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from asgiscope.texts import words
from common import languages
from site_plugin.error_data import FOLDER, DataError, Entry, groups, load, versions
from site_plugin.facts import read_text
from site_plugin.fences import Place, RawFence
from site_plugin.registry import Kind, OnPage, register

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

GROUP: Final = re.compile(r"group: ([a-z-]+)")
VARIABLE: Final = re.compile(r"‹(.*?)›", re.S)
HEADING: Final = re.compile(r"^#+ +(.+?) +\{ *#([a-z0-9-]+) *\}$", re.M)
NAMES: Final = {
    "asgiref": "asgiref",
    "anyio": "AnyIO",
    "h11": "h11",
    "httpx": "HTTPX",
    "pytest": "pytest",
    "fastapi": "FastAPI",
    "blacksheep": "BlackSheep",
    "websockets": "websockets",
}


def group_of(fence: RawFence, place: Place) -> str:
    """The group that a fence names. Raises :class:`FenceError`."""
    named = GROUP.fullmatch(fence.text.strip())
    if named is None or not (FOLDER / f"{named[1]}.yml").is_file():
        known = ", ".join(groups())
        raise place.error(fence.start, f"write one line 'group: ...' of data/errors/: {known}")
    return named[1]


def render(group: str, at: OnPage) -> str:
    """The entries as Markdown, so that links in them are checked. Raises :class:`DataError`."""
    docs = Path(at.config.docs_dir)
    return "\n".join(_write(entry, at.language, at.page, docs) for entry in load(group))


def _write(entry: Entry, language: str, page: Page, docs: Path) -> str:
    """An entry: its message as a heading, then a list of definitions."""
    told = words(language, "decoder")
    labels = told.LABELS
    kind, _, detail = entry.where.partition(" ")
    where = told.PLACES[kind].format(detail)
    see = labels["and"].join(_link(target, entry, page, docs) for target in entry.see)
    parts = {
        "from": f"{name_of(entry.who)}{labels['comma']}{where}",
        **languages.chosen(entry.texts, language),
        "see": see,
    }
    listed = "\n\n".join(f"{labels[key]}\n:   {text}" for key, text in parts.items())
    marks = f'id="{entry.name}" data-by="{entry.who}" data-where="{entry.where}"'
    return (
        f'\n<h3 class="said" {marks}><code>{message_html(entry.message)}</code>'
        f'<a class="headerlink" href="#{entry.name}">#</a></h3>\n\n{listed}\n'
    )


def message_html(message: str) -> str:
    """The message as text, with ‹what differs› as variables."""
    html = VARIABLE.sub(r"<var>\1</var>", escape(message, quote=False))
    return "<br>".join(html.split("\n"))


def name_of(package: str) -> str:
    """A package as the pages call it, with its pinned version: "Uvicorn 0.54"."""
    name = title_of(package)
    return f"{name} {versions()[package]}" if package in versions() else name


def title_of(package: str) -> str:
    """A package as it calls itself: "FastAPI"."""
    return NAMES.get(package, package.title())


def _link(target: str, entry: Entry, page: Page, docs: Path) -> str:
    """A link with the title of the chapter that it leads to, or of the host."""
    if target.startswith("https://"):
        return f"[{target.split('/')[2]}]({target})"
    path, _, anchor = target.partition("#")
    file = languages.page(docs.name, path, docs.parent)
    titles = HEADING.findall(read_text(file)) if file else []
    if not titles or (anchor and anchor not in (name for _, name in titles)):
        raise DataError(f"{entry.at}: see names {target}, which is not in docs/{docs.name}")
    return f"[{titles[0][0]}]({'../' * page.file.src_uri.count('/')}{target})"


register(Kind("errors", group_of, render))
