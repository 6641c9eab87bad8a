"""Code that a page shows without running it: ``--8<-- "topic/file.py"`` inside a fence.

The files come from ``snippets/``, like those of the demos; a page gets them with the comments of
its own language only, so copies in one language are what pymdownx.snippets reads.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.exceptions import PluginError

from common.places import BUILD, ROOT
from site_plugin.facts import read_text
from site_plugin.one_language import PairError, keep_language

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

SNIPPETS: Final = ROOT / "snippets"
COPIES: Final = BUILD / "snippets"


def on_config(config: MkDocsConfig) -> None:
    copies = copy_in(config.extra["language"])
    config.mdx_configs["pymdownx.snippets"]["base_path"] = [str(copies)]


def copy_in(language: str) -> Path:
    """Make or refresh the copies in a language; their folder."""
    folder = COPIES / language
    for path in sorted(SNIPPETS.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            copy = folder / path.relative_to(SNIPPETS)
            text = _in_language(path, language)
            if not copy.exists() or copy.read_text("utf-8") != text:
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(text, "utf-8")
    return folder


def _in_language(path: Path, language: str) -> str:
    try:
        return keep_language(read_text(path), language)
    except PairError as error:
        name = path.relative_to(ROOT).as_posix()
        raise PluginError(f"{name}:{error.line}: {error}") from None
