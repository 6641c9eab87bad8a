"""Writes a page anew for a disk: its links, its scripts, its policy.

A page on a disk has no server that answers for a folder with its index.html, may load no modules,
and may fetch nothing. Everything else of the page stays, byte for byte.
"""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import Final

from offline.layout import Layout
from site_plugin import policy

# Of these attributes, each has one address in it.
ADDRESSES: Final = ("href", "src", "data-runtime", "data-reference", "data-url", "data-theme")
ATTRIBUTE: Final = re.compile(rf'\s(?P<name>{"|".join(ADDRESSES)})="(?P<value>[^"]*)"')

# What `file:` needs, and nothing more. In a browser's eyes all files of a disk are 'self'; nothing
# is fetched at all, WebAssembly is only in Python's frame, and the search's worker is a blob.
DIRECTIVES: Final = {
    **policy.DIRECTIVES,
    "default-src": "'none'",
    "script-src": "'self'",
    "connect-src": "'none'",
    "worker-src": "blob:",
    "manifest-src": "'none'",
}


class _Tags(HTMLParser):
    """Collects the start tags of a page: where each begins, its text, its name and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str, str, dict[str, str | None]]] = []
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        text = self.get_starttag_text() or ""
        self.found.append((self._lines[line - 1] + column, text, tag, dict(attrs)))


def for_disk(html: str, page: str, layout: Layout) -> str:
    """The page as the copy has it. ``page`` is its path in the site."""
    parts, end = [], 0
    for start, text, tag, attributes in _Tags(html).found:
        parts += [html[end:start], _tag(text, tag, attributes, page, layout)]
        end = start + len(text)
    made = "".join([*parts, html[end:]])
    return policy.with_policy(made, page, DIRECTIVES)


def _tag(text: str, tag: str, attributes: dict[str, str | None], page: str, layout: Layout) -> str:
    if _is_for_servers(tag, attributes, layout):
        return ""
    if tag == "script" and attributes.get("type") == "module":
        text = text.replace(' type="module"', " defer")
    return ATTRIBUTE.sub(lambda found: _attribute(found, page, layout), text)


def _is_for_servers(tag: str, attributes: dict[str, str | None], layout: Layout) -> bool:
    """Whether an element speaks of the site online, or is the policy, which is written anew."""
    if tag == "link":
        rel = (attributes.get("rel") or "").strip()
        return rel == "alternate" or (rel == "canonical" and not layout.online)
    named = attributes.get("property") or attributes.get("name") or attributes.get("http-equiv")
    return tag == "meta" and (named or "").startswith(("og:", "twitter:", policy.HEADER))


def _attribute(found: re.Match[str], page: str, layout: Layout) -> str:
    link = layout.link(unescape(found["value"]), page)
    return "" if link is None else f' {found["name"]}="{escape(link)}"'


def canonical(html: str) -> str | None:
    """The public address that a page names as its own."""
    for _, _, tag, attributes in _Tags(html).found:
        if tag == "link" and attributes.get("rel") == "canonical":
            return attributes.get("href")
    return None
