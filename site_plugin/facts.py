"""Files that people write: texts and facts, read with the place of every mistake."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from mkdocs.exceptions import PluginError

from common.places import ROOT


def read_text(path: Path) -> str:
    """A file's text. Raises PluginError, with the line, where it is not UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PluginError(
            f"{name_of(path)}:{line}: this is not UTF-8 (byte {data[error.start]:#04x}); save the"
            " file as UTF-8"
        ) from None


def name_of(path: Path) -> str:
    """A file as messages name it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def read_facts(name: str) -> Any:
    """What a YAML file holds, by its path from the root; nobody may change it.

    It is parsed again only when its text is another, as it may be under ``make serve``. Raises
    PluginError, with the line, where it is not YAML.
    """
    return _parsed(name, read_text(ROOT / name))


@lru_cache(8)
def _parsed(name: str, text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PluginError(f"{name}:{line}: this is not valid YAML: {error.problem}") from None
