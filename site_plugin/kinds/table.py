"""Tables of facts, written once for all languages: a fence ``table`` names a file of data/tables.

    ```table
    wsgi-and-asgi
    ```

The file has ``columns`` and ``rows``. A cell is one text for all languages, or one
for each, by its code.
Its text is Markdown of one line; a link to a page is relative to the page that shows the table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml
from mkdocs.exceptions import PluginError

from common.languages import chosen, languages, whole
from common.places import ROOT
from site_plugin.facts import read_text
from site_plugin.fences import Place, RawFence
from site_plugin.registry import Context, Kind, register

TABLES: Final = ROOT / "data" / "tables"


class TableError(PluginError):
    """A mistake in a table's file; the text begins with the file, and says which row."""


def read(fence: RawFence, place: Place) -> Path:
    """The file that a fence names. Raises :class:`FenceError` where there is none."""
    path = TABLES / f"{Path(fence.text.strip()).name}.yml"
    if not path.is_file():
        names = ", ".join(sorted(file.stem for file in TABLES.glob("*.yml")))
        raise place.error(fence.start, f"there is no data/tables/{path.name}; there are {names}")
    return path


def render(path: Path, at: Context) -> str:
    return "\n".join(as_markdown(read_table(read_text(path), path.name, at.language)))


def read_table(text: str, name: str, language: str) -> list[list[str]]:
    """The cells in one language, the head first. Raises :class:`TableError`."""
    where = f"data/tables/{name}"
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise TableError(f"{where}{line}: this is not YAML: {error}") from None
    if not isinstance(data, dict) or set(data) != {"columns", "rows"}:
        raise TableError(f"{where}: write 'columns: [...]' and 'rows: [...]', and nothing else")
    head = data["columns"]
    for number, row in enumerate(data["rows"], 1):
        if not isinstance(row, list) or len(row) != len(head):
            raise TableError(f"{where}: row {number} needs {len(head)} cells, one for each column")
    return [
        [
            _cell(cell, language, f"{where}: {f'row {number}' if number else 'columns'}")
            for cell in row
        ]
        for number, row in enumerate([head, *data["rows"]])
    ]


def _cell(cell: Any, language: str, where: str) -> str:
    if isinstance(cell, dict):
        if not set(whole()) <= set(cell) <= set(languages()):
            needed = " and ".join(map(repr, whole()))
            raise TableError(f"{where}: a cell in several languages has {needed}, not {cell!r}")
        cell = chosen(cell, language)
    if not isinstance(cell, str) or "\n" in cell:
        raise TableError(f"{where}: a cell is one line of text (in quotes), not {cell!r}")
    return cell.replace("|", "\\|")


def as_markdown(rows: list[list[str]]) -> list[str]:
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return ["", head, f"|{' --- |' * len(rows[0])}", *body, ""]


register(Kind("table", read, render))
