"""Under ``make serve``: builds again only the pages that a change concerns.

MkDocs' own dirty build looks at the page's file alone, and forgets what it knew of the others. Here
a page is built again when anything it is made of is newer: its file, its counterpart in the other
language, the snippets and the tables that it names, and whatever all pages are made of. Of the
others what was read before is kept, for the navigation and for the check of links.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from mkdocs.utils import DuplicateFilter

from common.languages import languages
from common.places import ROOT
from site_plugin.facts import read_text

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

SHARED: Final = (
    *("mkdocs.yml", "terms.yml", "data/engine.yml", "data/glossary.yml", "data/errors"),
    *("site_plugin", "common", "overrides", "asgiscope", "diagrams", "drawing", "docs/assets"),
)
NAMED: Final = re.compile(r"[\w/-]+\.\w+|^```table\n(?P<table>.+)$", re.M)
READ: Final = (
    *("markdown", "content", "toc", "meta", "_title_from_render"),
    *("present_anchor_ids", "links_to_anchors"),
)

_dirty = False
_known: dict[tuple[str, str], Page] = {}


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _dirty
    _dirty = dirty
    if command == "serve":  # an error is told at every save, not only at the first
        build = logging.getLogger("mkdocs.commands.build")
        for each in [one for one in build.filters if isinstance(one, DuplicateFilter)]:
            build.removeFilter(each)
    if dirty:  # MkDocs warns that the navigation may be wrong; here it is not
        logging.getLogger("mkdocs.commands.build").addFilter(_no_warning)


def _no_warning(record: logging.LogRecord) -> bool:
    return "'dirty' build" not in record.msg


def on_config(config: MkDocsConfig) -> None:
    """The build of a further language inside this one is told (site_plugin/languages.py)."""
    config.extra.setdefault("dirty", _dirty)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Let MkDocs take a page for changed when something it is made of has changed."""
    if not config.extra["dirty"]:
        return
    shared = max(_changed(path) for name in SHARED for path in _all_files(ROOT / name))
    for file in files.documentation_pages():
        built = Path(file.abs_dest_path)
        if built.exists() and max(shared, *_parts(file)) > built.stat().st_mtime:
            built.unlink()


def _parts(file: File) -> Iterator[float]:
    """When the files that a page is made of were changed."""
    source = Path(file.abs_src_path or "")
    yield _changed(source)
    folder = ROOT / "docs"
    if source.is_relative_to(folder):
        _, *way = source.relative_to(folder).parts
        yield from (_changed(folder.joinpath(code, *way)) for code in languages())
    for found in NAMED.finditer(read_text(source)):
        name = f"{found['table'].strip()}.yml" if found["table"] else found[0]
        yield _changed(ROOT / "snippets" / name)
        yield _changed(ROOT / "data" / "tables" / name)


def _changed(path: Path) -> float:
    return path.stat().st_mtime if path.is_file() else 0


def _all_files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    yield from (file for file in path.rglob("*") if "__pycache__" not in file.parts)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """What is known of the pages that are not read again; MkDocs makes all of them anew."""
    if not config.extra["dirty"]:
        return
    for file in files.documentation_pages():
        page = file.page
        key = (config.extra["language"], file.src_uri)
        before = _known.get(key)
        if page is None:
            continue
        _known[key] = page
        if before and not file.is_modified():
            for name in READ:
                setattr(page, name, getattr(before, name))
