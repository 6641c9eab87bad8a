"""Reads ``data/errors/``: the messages that the error decoder explains, one file a group.

An entry has these keys, and ``tests/snippets/test_error_messages.py`` provokes it for real:

``id``       its anchor: a to z, 0 to 9 and hyphens
``message``  what is said, word for word; what differs from case to case stands in ‹ ›
``who``      who says it: a package of requirements.txt, or ``python``
``where``    ``exception``, ``warning``, ``terminal``, or with one word more ``log ERROR``,
             ``response 404``, ``close 1011``
``zh, en``   each with ``why`` and ``fix``, in Markdown
``see``      where it is explained: a list of pages, ``learn/body.md#once``, or of addresses
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from mkdocs.exceptions import PluginError

from common.languages import languages, whole
from common.places import ROOT
from site_plugin.facts import read_text

FOLDER: Final = ROOT / "data" / "errors"
KEYS: Final = ("id", "message", "who", "where", "see")  # and a key for each language
TEXTS: Final = ("why", "fix")
ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WHERE: Final = re.compile(r"exception|warning|terminal|log [A-Z]+|response \d{3}|close \d{4}")
PIN: Final = re.compile(r"^([a-z0-9-]+)==(\d+\.\d+)", re.M)
LINE: Final = "line of the mapping"


class DataError(PluginError):
    """A mistake in a file of ``data/errors``; the text begins with ``data/errors/...yml:LINE``."""


@dataclass(frozen=True)
class Entry:
    """One message, and what there is to say about it in each language."""

    name: str
    message: str
    who: str
    where: str
    texts: dict[str, dict[str, str]]
    see: tuple[str, ...]
    at: str


class _Lines(yaml.SafeLoader):
    """Notes in every mapping the line in which it begins."""


def _with_line(loader: _Lines, node: yaml.MappingNode) -> dict[Any, Any]:
    return {**loader.construct_mapping(node, deep=True), LINE: node.start_mark.line + 1}


_Lines.add_constructor("tag:yaml.org,2002:map", _with_line)


def groups(folder: Path = FOLDER) -> list[str]:
    """The names of all groups."""
    return sorted(path.stem for path in folder.glob("*.yml"))


def load(group: str, folder: Path = FOLDER) -> list[Entry]:
    """The entries of a group, in order. Raises :class:`DataError`."""
    name = f"data/errors/{group}.yml"
    try:
        data = yaml.load(read_text(folder / f"{group}.yml"), _Lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataError(f"{name}:{line}: not valid YAML: {error.problem}") from None
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise DataError(
            f"{name}:1: write a list of entries, each with {', '.join((*KEYS, *whole()))}"
        )
    entries = [_entry(one, f"{name}:{one[LINE]}") for one in data]
    seen: dict[str, str] = {}
    for entry in entries:
        if entry.name in seen:
            raise DataError(f"{entry.at}: the id {entry.name!r} is taken at {seen[entry.name]}")
        seen[entry.name] = entry.at
    return entries


def versions() -> dict[str, str]:
    """The pinned version of every package, as "0.54"; the newest, where there are two."""
    return dict(PIN.findall((ROOT / "requirements.txt").read_text("utf-8")))


def _entry(data: dict[str, Any], at: str) -> Entry:
    told = [code for code in languages() if code in whole() or code in data]
    _check_keys(data, (*KEYS, *told), at, "an entry")
    for language in told:
        if not isinstance(data[language], dict):
            raise DataError(f"{at}: {language} needs {' and '.join(TEXTS)}")
        _check_keys(data[language], TEXTS, at, language)
    if not ID.fullmatch(str(data["id"])):
        raise DataError(f"{at}: the id {data['id']!r} may have a to z, 0 to 9 and hyphens only")
    if data["who"] != "python" and data["who"] not in versions():
        raise DataError(f"{at}: requirements.txt has no package {data['who']!r} (see who)")
    if not WHERE.fullmatch(str(data["where"])):
        raise DataError(
            f"{at}: where is {data['where']!r}; write exception, warning, terminal, or such as"
            " 'log ERROR', 'response 404', 'close 1011'"
        )
    if not isinstance(data["see"], list) or not data["see"]:
        raise DataError(f"{at}: see is a list of pages, such as [learn/body.md#once]")
    texts = {code: {key: data[code][key].strip() for key in TEXTS} for code in told}
    return Entry(
        *(data["id"], data["message"].strip(), data["who"], data["where"], texts),
        see=tuple(data["see"]),
        at=at,
    )


def _check_keys(data: dict[str, Any], keys: tuple[str, ...], at: str, what: str) -> None:
    for key in data.keys() - {LINE, *keys}:
        near = difflib.get_close_matches(str(key), keys, 1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; it has {', '.join(keys)}"
        raise DataError(f"{at}: {what} has no key {key!r}{hint}")
    for key in keys:
        if not data.get(key):
            raise DataError(f"{at}: {what} needs {key!r}")
        if key in (*TEXTS, "id", "message", "who", "where") and not isinstance(data[key], str):
            raise DataError(f"{at}: {key!r} is a text; put it in quotes")
