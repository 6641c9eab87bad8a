"""What of the built site is where in the copy, and where a link of a page leads there.

Paths are those of files, from the root of the site or of the copy, with slashes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from common.languages import paths
from common.problem import Problem
from site_plugin.copy_sizes import PYTHON

SEARCH_INDEX: Final = "search/search_index.json"
SEARCH_SCRIPT: Final = "assets/search.js"
DEMO_SCRIPT: Final = "assets/{}.js"  # demo_zh, and so on
FURTHER: Final = "|".join(map(re.escape, filter(None, paths().values())))  # languages

# Of no use on a disk: what only a server answers with or is set up by, what the copy has in another
# form, and the downloads, of which the copy is one.
LEFT_OUT: Final = re.compile(
    rf"({FURTHER})?(404\.html|sitemap\.xml|llms\.txt|download/.*)|robots\.txt"
    r"|.+\.(br|gz)|_headers|_redirects|(.*/)?\..*"
    r"|[^/]+\.(pdf|zip)|assets/(cards|javascripts)/.*|runtime/.*"
)
PRESET: Final = re.compile(rf"((?:{FURTHER})?playground/[^/]+)\.json")
DEMO: Final = re.compile(r"runtime/(demo_\w+)\.[^/]+\.mjs")


class Unknown(Problem):
    """A page links to what the site does not have."""


@dataclass(frozen=True)
class Layout:
    """One site's. ``moved``: new places; ``online``: its public address, or nothing."""

    has: frozenset[str]
    moved: dict[str, str] = field(default_factory=dict)
    online: str = ""

    def place(self, path: str) -> str | None:
        """Where a file of the site is in the copy; None: it is left out."""
        if path in self.moved:
            return self.moved[path]
        return None if LEFT_OUT.fullmatch(path) else path

    def link(self, link: str, page: str) -> str | None:
        """Where a link of a page leads in the copy; None: nowhere. Raises :class:`Unknown`."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path:
            return link
        folder = posixpath.dirname(page)
        path = _file(posixpath.normpath(posixpath.join(folder, parts.path)), parts.path)
        place = self.place(path)
        rest = link[len(parts.path) :]
        if place is None:
            return self.online + path.removesuffix("index.html") + rest if self.online else None
        if path not in self.has:
            raise Unknown(f"{page} links to {link}, which the site does not have: correct the link")
        return posixpath.relpath(place, folder or ".") + rest


def _file(path: str, written: str) -> str:
    """The file that a server answers with for a path; ``written`` is the link, for its slash."""
    if path == ".":
        return "index.html"
    is_folder = written.endswith(("/", "..")) or written == "."
    return f"{path}/index.html" if is_folder else path


def layout_of(site: Path, manifest: str, online: str) -> Layout:
    """The layout of a built site. ``manifest`` is the name of the one in the copy's ``python``."""
    has = frozenset(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    moved = {
        one_file(site, "runtime", "manifest.*.json"): f"{PYTHON}/{manifest}",
        **{path: DEMO_SCRIPT.format(found[1]) for path in has if (found := DEMO.fullmatch(path))},
        one_file(site, "assets/javascripts", "bundle.*.min.js"): SEARCH_SCRIPT,
        **{f"{path}{SEARCH_INDEX}": f"{path}{SEARCH_INDEX[:-2]}" for path in paths().values()},
        **{path: f"{found[1]}.js" for path in has if (found := PRESET.fullmatch(path))},
    }
    return Layout(has, moved, online)


def one_file(site: Path, folder: str, pattern: str) -> str:
    """The path of the only file of a folder that has such a name."""
    found = sorted(Path(site, folder).glob(pattern))
    if len(found) != 1:
        raise Problem(
            f"{site / folder} has {len(found)} files {pattern}, not one: build the site again."
        )
    return found[0].relative_to(site).as_posix()


def online_address(canonical: Callable[[], str | None]) -> str:
    """The site's root, as its first page says; nothing if that is only this machine."""
    address = canonical() or ""
    host = urlsplit(address).hostname or "localhost"
    return "" if host in ("localhost", "127.0.0.1", "::1") else address
