"""What a run needs before it begins: modules imported ahead, and notice of those that are absent.

Each run begins from the same memory (``memory.ts``), so what it imports is gone after it. What a
package takes long to import is therefore imported before that memory is put aside.
"""

from __future__ import annotations

import ast
import gc
import random
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

absent: Final[list[str]] = []  # top-level modules that a run has looked for in vain
MOST_ABSENT: Final = 20


class Absent:
    """Stands last among the finders. The rest of the standard library can still be fetched."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names and top not in absent and len(absent) < MOST_ABSENT:
            absent.append(top)


def begin() -> None:
    """Forget what was looked for before; a snapshot has the same random numbers every time."""
    absent.clear()
    random.seed()


def import_ahead(source: str, packages: str) -> None:
    """Import what a source imports of packages, by their names with spaces between them.

    What cannot be imported is left to the run, which will say why.
    """
    wanted = packages.split()
    gc.disable()  # what is imported is not garbage
    try:
        for module, names in _imports(source):
            if module.partition(".")[0] in wanted:
                with suppress(Exception):
                    __import__(module, fromlist=names)
    finally:
        gc.freeze()
        gc.enable()


def _imports(source: str) -> Iterator[tuple[str, list[str]]]:
    """The modules that a source imports at its top level, with the names taken from them."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, [alias.name for alias in node.names]
