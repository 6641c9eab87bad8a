"""The languages of the site, as mkdocs.yml lists them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml

from common.places import ROOT

Text = TypeVar("Text")


class Language(NamedTuple):
    """``path`` is from the site's root; ``fallback`` the language of data that has no text in it.

    A language without ``fallback`` is whole: data that lacks a text in it fails the build.
    """

    code: str
    hreflang: str
    path: str
    fallback: str | None


class _Plain(yaml.SafeLoader):
    """Reads mkdocs.yml without what its tags stand for: none of it is about languages."""


_Plain.add_multi_constructor("", lambda _loader, _tag, _node: None)


@cache
def languages() -> dict[str, Language]:
    """By their codes, the one that MkDocs builds itself first."""
    config: dict[str, Any] = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _Plain)
    plugins = {name: options for each in config["plugins"] for name, options in each.items()}
    return {
        one["code"]: Language(one["code"], one["hreflang"], one["path"], one.get("fallback"))
        for one in plugins["asgi-illustrated"]["languages"]
    }


def paths() -> dict[str, str]:
    """Where each language's pages are, from the site's root: ``{"zh": "", "en": "en/"}``."""
    return {code: language.path for code, language in languages().items()}


def whole() -> tuple[str, ...]:
    """The codes of the languages in which all data has its texts."""
    return tuple(code for code, language in languages().items() if not language.fallback)


def first() -> str:
    """The language that MkDocs builds itself, at the site's root."""
    return next(iter(languages()))


def other(language: str) -> str:
    """The language that stands beside another one in the glossary, and that it is compared with."""
    return next(code for code in languages() if code != language)


def page(language: str, path: str, docs: Path = ROOT / "docs") -> Path | None:
    """The file of a page in a language, or in the first where it is not translated, or None."""
    files = (docs / code / path for code in (language, first()))
    return next((file for file in files if file.is_file()), None)


def chosen(texts: Mapping[str, Text], language: str) -> Text:
    """The text in a language, or in the one that it falls back to. Raises KeyError."""
    fallback = languages()[language].fallback
    return texts[language] if language in texts or not fallback else texts[fallback]
