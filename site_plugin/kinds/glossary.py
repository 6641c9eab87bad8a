"""The tables of the glossary: ``glossary`` fences, made from terms.yml and data/glossary.yml.

A fence holds the name of a group, or ``index`` for links to all terms. A term is called what
``terms.yml`` calls it, in both languages; its anchor is like ``term-back-pressure``.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any, Final

from common import languages
from common.words import words
from site_plugin.facts import read_facts, read_text
from site_plugin.fences import Place, RawFence
from site_plugin.registry import Context, Kind, OnPage, register

FILES: Final = ("terms.yml", "data/glossary.yml")
TITLE: Final = re.compile(r"^# (?P<title>.+?)(?: \{[^}]*\})?$", re.M)


def read(fence: RawFence, place: Place) -> str:
    """The name of a group; which there are, the glossary knows."""
    return fence.text.strip()


def render(group: str, at: OnPage) -> str:
    folder = posixpath.dirname(at.page.file.src_uri)
    glossary = Glossary(at.language, Path(at.config.docs_dir), folder)
    return "\n".join(glossary.render(group, at))


class Glossary:
    """Both files, in one language, for a page in a folder of the documents."""

    def __init__(self, language: str, docs: Path, folder: str) -> None:
        self.terms, self.groups = (read_facts(name) for name in FILES)
        self.language, self.docs, self.folder = language, docs, folder
        self.other = languages.other(language)
        self.words = words(language).GLOSSARY

    def render(self, group: str, at: Context) -> list[str]:
        """The lines of Markdown for a group. Raises :class:`FenceError`."""
        if group == "index":
            return self.index()
        if group not in self.groups:
            known = ", ".join(["index", *self.groups])
            raise at.error(f"data/glossary.yml has no group {group!r}; known: {known}")
        try:
            rows = [self.row(key, entry) for key, entry in self.groups[group].items()]
        except LookupError as error:
            raise at.error(f"data/glossary.yml, group {group!r}: {error.args[0]}") from None
        return [_cells(self.words["head"]), _cells(["---"] * 3), *rows]

    def row(self, key: str, entry: dict[str, Any]) -> str:
        if key not in self.terms:
            raise LookupError(f"{key!r} is not in terms.yml")
        own, other = (self.name(key, one, entry.get("code")) for one in (self.language, self.other))
        path, _, anchor = entry["see"].partition("#")
        link = posixpath.relpath(path, self.folder or ".") + f"#{anchor}"
        title, text = self.title(key, path), languages.chosen(entry, self.language)
        text = self.words["see"].format(text=text, title=title, link=link)
        return _cells((f"**{own}**{{ #{_anchor(key)} }}", other, text))

    def name(self, key: str, language: str, code: Any = None) -> str:
        """What a term is called; marked where that is a word of the page's other language."""
        name = str(languages.chosen(self.terms[key], language))
        text = f"`{name}`" if code and name.isascii() else name
        if name == languages.chosen(self.terms[key], self.language):
            return text
        # For those who listen; and the index of an English page's search holds no Chinese.
        unfound = "" if language == "en" else " data-search-exclude"
        return f'<span lang="{languages.languages()[language].hreflang}"{unfound}>{text}</span>'

    def title(self, key: str, path: str) -> str:
        """The title of the chapter that explains a term."""
        file = languages.page(self.language, path, self.docs.parent)
        if file is None or (found := TITLE.search(read_text(file))) is None:
            raise LookupError(f"{key!r} says see: {path}, but there is no such page")
        return found["title"]

    def index(self) -> list[str]:
        """A line of links for each letter of the English alphabet that begins a term."""
        letters: dict[str, list[str]] = {}
        names = {key: self.terms[key]["en"] for group in self.groups.values() for key in group}
        for key, name in sorted(names.items(), key=lambda pair: pair[1].casefold()):
            text = " ".join(dict.fromkeys(self.name(key, one) for one in ("en", "zh")))
            letters.setdefault(name[0].upper(), []).append(f"[{text}](#{_anchor(key)})")
        between = self.words["between"]
        return [f"- **{letter}** {between.join(links)}" for letter, links in letters.items()]


def _cells(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _anchor(key: str) -> str:
    return f"term-{key.replace('_', '-')}"


register(Kind("glossary", read, render))
