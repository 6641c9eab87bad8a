"""``make translated``: note in each page that it is up to date with the page it was written from.

A page that was written from the other language's page has a line ``source: ...`` in its front
matter, a hash of that page's text. Run this after you have brought the pages in step.
"""

from __future__ import annotations

import re

from common.languages import languages, other
from common.places import ROOT
from site_plugin.languages import content_hash

SOURCE = re.compile(r"^source: .*$", re.M)


def main() -> None:
    docs = ROOT / "docs"
    pages = [(page, code) for code in languages() for page in sorted((docs / code).rglob("*.md"))]
    for page, code in pages:
        original = docs / other(code) / page.relative_to(docs / code)
        text = page.read_text("utf-8")
        if not original.is_file() or not SOURCE.search(text):
            continue
        noted = SOURCE.sub(f"source: {content_hash(original.read_text('utf-8'))}", text, count=1)
        if noted != text:
            page.write_text(noted, "utf-8")
            print(f"{page.relative_to(ROOT)} is in step with {original.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
