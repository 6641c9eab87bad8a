"""Lists what can be taken away: a fence ``downloads``, each line a file of dist/ and what it is.

    ```downloads
    asgi-zh.pdf: 中文版 PDF
    ```

A file that has been made is copied to the site's root and linked, with its size; one that has not
been made is named, without a link, together with the command that makes it. To offer another file,
add a line to the fence of both languages and, for its command, one to COMMANDS.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from common.places import ROOT
from common.words import words
from site_plugin.copy_sizes import sizes_of
from site_plugin.fences import Place, RawFence
from site_plugin.registry import Kind, OnPage, register

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

DIST: Final = ROOT / "dist"
COMMANDS: Final = {".pdf": "make pdf", ".zip": "make offline"}


def _parts_of_zip(file: Path, language: str) -> str:
    told = words(language).DOWNLOADS
    return str(told["between"]) + sizes_of(file).told(told["copy"])


# What else there is to say of a file's size.
PARTS: Final[dict[str, Callable[[Path, str], str]]] = {".zip": _parts_of_zip}


def size_of(file: Path) -> str:
    """ "1.3 MB"; below a tenth of that, "87 KB"."""
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} KB"


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Put what has been made into the site's root, once."""
    if config.extra["to_root"]:
        return
    for file in sorted(DIST.glob("*")):
        if file.suffix in COMMANDS:
            files.append(File.generated(config, file.name, abs_src_path=str(file)))


def read(fence: RawFence, place: Place) -> dict[str, str]:
    """What each file is, by its name. Raises :class:`FenceError` for any other text."""
    try:
        listed: Any = yaml.safe_load(fence.text)
    except yaml.YAMLError:
        listed = None
    if not isinstance(listed, dict) or not all(
        isinstance(about, str) and Path(str(name)).suffix in COMMANDS
        for name, about in listed.items()
    ):
        kinds = ", ".join(COMMANDS)
        raise place.error(fence.start, f"write lines 'name: what it is'; kinds: {kinds}")
    return listed


def render(listed: dict[str, str], at: OnPage) -> str:
    """The list, its links leading to the site's root, whichever language's page it is."""
    root = get_relative_url(".", at.page.url).rstrip("/") + "/" + at.config.extra["to_root"]
    return list_files(listed, at.language, root)


def list_files(listed: dict[str, str], language: str, root: str) -> str:
    items = "\n".join(_item(name, about, language, root) for name, about in listed.items())
    return f'<ul class="downloads" data-search-exclude>\n{items}\n</ul>'


def _item(name: str, about: str, language: str, root: str) -> str:
    file = DIST / name
    if file.is_file():
        link = f'<a href="{escape(root + name)}" download>{escape(about)}</a>'
        parts = PARTS[file.suffix](file, language) if file.suffix in PARTS else ""
        return f"<li>{link} <small>{size_of(file)}{parts}</small></li>"
    absent = words(language).DOWNLOADS["absent"].format(command=COMMANDS[file.suffix])
    return f"<li>{escape(about)} <small>{absent}</small></li>"


register(Kind("downloads", read, render))
