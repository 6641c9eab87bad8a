"""Writes what the command ``asgiscope explain`` knows, from ``data/errors/``: one line an entry.

The engine needs nothing but Python, which cannot read YAML, and it is installed without the rest of
the project: so its package holds the same entries as JSON.
"""

from __future__ import annotations

import json
from typing import Final

from common.places import ROOT
from common.problem import run_main
from site_plugin.error_data import groups, load
from site_plugin.kinds.errors import name_of

FILE: Final = ROOT / "asgiscope" / "decoder" / "entries.json"
PAGE: Final = "look-up/errors.md"


def entries() -> str:
    """The file's text: a list of entries with id, message, who, where, texts, see."""
    lines = [
        json.dumps(
            {
                "id": entry.name,
                "message": entry.message,
                "who": name_of(entry.who),
                "where": entry.where,
                **entry.texts,
                "see": [address(f"{PAGE}#{entry.name}"), *map(address, entry.see)],
            },
            ensure_ascii=False,
        )
        for group in groups()
        for entry in load(group)
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def address(target: str) -> str:
    """Where a page is on the site: "learn/body.md#once" is at "learn/body/#once"."""
    return target.replace(".md", "/", 1) if not target.startswith("https://") else target


def main() -> int:
    FILE.write_text(entries(), "utf-8")
    return 0


if __name__ == "__main__":
    run_main(main)
