"""What a run replaces in the standard library: once, for good, and also where it is bound already.

A module that says ``from time import sleep`` before the first run has the real function in its
own namespace. So the namespaces of modules are looked through for such names: those of the app and
of libraries, but not those of the standard library itself, which is handled by name.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Final

from .here import ENGINE

_replacements: Final[dict[int, Any]] = {}  # by the id of the real object
_kept: Final[list[Any]] = []  # the real objects, so that no other takes their id
_looked_through: Final[set[str]] = set()
_count = 0  # modules at the last look


def set_for_good(owner: Any, name: str, value: Any, *, everywhere: bool = True) -> None:
    """Replace an attribute; ``everywhere``: also wherever a module has bound the object."""
    real = getattr(owner, name)
    setattr(owner, name, value)
    if everywhere:
        _kept.append(real)
        _replacements[id(real)] = value


def look_through_modules() -> None:
    """Replace what modules that were imported since the last look have bound."""
    global _count
    if len(sys.modules) == _count:
        return
    _count = len(sys.modules)
    for name, module in list(sys.modules.items()):
        if name not in _looked_through:
            _looked_through.add(name)
            if isinstance(module, ModuleType) and not _is_exempt(name):
                _replace_in(vars(module))


def _is_exempt(name: str) -> bool:
    top = name.partition(".")[0]
    return top == ENGINE or (top in sys.stdlib_module_names and top != "__main__")


def _replace_in(names: dict[str, Any]) -> None:
    for name, value in list(names.items()):
        found = _replacements.get(id(value))
        if found is not None:
            names[name] = found
