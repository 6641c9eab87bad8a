"""Tables of facts, written once for both languages: a fence ``table`` names a file of data/tables.

    ```table
    wsgi-and-asgi
    ```

The file has ``columns`` and ``rows``. A cell is one text for both languages, or ``zh`` and ``en``.
Its text is Markdown of one line; a link to a page is relative to the page that shows the table.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

PROJECT: Final = Path(__file__).resolve().parent.parent
if str(PROJECT) not in sys.path:  # mkdocs loads hooks by path, from anywhere
    sys.path.insert(0, str(PROJECT))

import yaml  # noqa: E402
from mkdocs.exceptions import PluginError  # noqa: E402

from asgiscope.texts import languages  # noqa: E402
from hooks.fences import FenceError, Place, RawFence, place_of, replaced  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

TABLES: Final = PROJECT / "data" / "tables"
NAME: Final = "table"
LANGUAGES: Final = set(languages())


class TableError(Exception):
    """A mistake in a table's file; the text begins with the file, and says which row."""


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    place = place_of(page, markdown)
    language = config.extra["language"]
    try:
        return replaced(markdown, NAME, lambda fence: _table(fence, language, place))
    except (FenceError, TableError) as error:
        raise PluginError(str(error)) from None


def _table(fence: RawFence, language: str, place: Place) -> list[str]:
    path = TABLES / f"{Path(fence.text.strip()).name}.yml"
    if not path.is_file():
        names = ", ".join(sorted(file.stem for file in TABLES.glob("*.yml")))
        raise place.error(fence.start, f"there is no data/tables/{path.name}; there are {names}")
    return as_markdown(read_table(path.read_text("utf-8"), path.name, language))


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
        [_cell(cell, language, f"{where}: row {number}") for cell in row]
        for number, row in enumerate([head, *data["rows"]])
    ]


def _cell(cell: Any, language: str, where: str) -> str:
    if isinstance(cell, dict):
        if set(cell) != LANGUAGES:
            raise TableError(f"{where}: a cell in two languages has 'zh' and 'en', not {cell!r}")
        cell = cell[language]
    if not isinstance(cell, str) or "\n" in cell:
        raise TableError(f"{where}: a cell is one line of text (in quotes), not {cell!r}")
    return cell.replace("|", "\\|")


def as_markdown(rows: list[list[str]]) -> list[str]:
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return ["", head, f"|{' --- |' * len(rows[0])}", *body, ""]
