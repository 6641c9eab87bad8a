"""The search of the copy: each language's index as a script, as the theme expects it on a disk."""

from __future__ import annotations

import json
import posixpath

from offline.layout import Layout


def index_script(index: bytes, language_path: str, layout: Layout) -> bytes:
    """The index, its pages' addresses naming files. ``language_path``: "" or "en/"."""
    data = json.loads(index)
    found = ({**doc, "location": _location(doc, language_path, layout)} for doc in data["docs"])
    data["docs"] = [doc for doc in found if doc["location"]]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"var __index = {text};\n".encode()


def _location(doc: dict[str, str], language_path: str, layout: Layout) -> str | None:
    """Where a result leads, from the language's root; None for a page that is left out."""
    root = posixpath.join(language_path, "index.html")
    page, mark, section = doc["location"].partition("#")
    link = layout.link(page or "./", root)
    return None if link is None or "://" in link else link + mark + section
