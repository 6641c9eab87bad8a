"""The parts of the reference as short tables, for the cheat sheet: scopes, messages, states."""

from __future__ import annotations

from typing import Any, Final

from asgiscope import texts
from common.words import words

Data = dict[str, Any]
NONE: Final = "—"


def scopes(data: Data, names: str, language: str) -> str:
    """The keys of the scopes that are named, a column each: required, or what a missing one means.

    Every scope has ``type`` and ``asgi``, so these are left out.
    """
    chosen, told = names.split(), words(language).REFERENCE
    if not data["scopes"].keys() >= set(chosen):
        return ""
    found = {name: {key["name"]: key for key in data["scopes"][name]["keys"]} for name in chosen}
    keys = {name: key for each in found.values() for name, key in each.items()}
    rows = [
        [
            _code(name),
            _code(key["type"]),
            *(_default(found[scope].get(name), told) for scope in chosen),
        ]
        for name, key in keys.items()
        if name not in ("type", "asgi")
    ]
    return _table([told["key"], told["type"], *map(_code, chosen)], rows)


def messages(data: Data, protocol: str, language: str) -> str:
    """The messages of a protocol that need no extension: who gives each, and its keys."""
    told = words(language).REFERENCE
    rows = [
        [_code(name), told[message["direction"]], told["join"].join(map(_key, message["keys"]))]
        for name, message in data["messages"].items()
        if message["protocol"] == protocol and "extension" not in message
    ]
    return _table([told["message"], told["way"], told["keys"]], rows) if rows else ""


def states(data: Data, protocol: str, language: str) -> str:
    """What may be sent in each state, and the state that follows; extensions left out."""
    told, found = words(language).REFERENCE, data["states"].get(protocol)
    if found is None:
        return ""
    suffixes = texts.words(language, "states").SUFFIXES
    rows, reached = [], {found["start"]}
    for step in found["transitions"]:
        kind, plus, suffix = step["on"].partition("+")
        extends = suffix == "trailers" or "extension" in data["messages"][kind]
        if step["from"] in reached and not extends:
            reached.add(step["to"])
            label = _code(kind) + suffixes.get(plus + suffix, "")
            rows.append([found["names"][step["from"]], label, found["names"][step["to"]]])
    return _table([told["state"], told["message"], told["next"]], rows)


def _default(key: Data | None, told: dict[str, str]) -> str:
    if key is None:
        return NONE
    return _code(key["default"]) if "default" in key else told["required"]


def _key(key: Data) -> str:
    return _code(f"{key['name']}={key['default']}" if "default" in key else key["name"])


def _code(text: str) -> str:
    return f"`{text}`"


def _table(head: list[str], rows: list[list[str]]) -> str:
    # A "|" in code does not end a cell, and cells have it nowhere else.
    lines = [f"| {' | '.join(cell or NONE for cell in row)} |" for row in [head, *rows]]
    return "\n".join([lines[0], f"|{' --- |' * len(head)}", *lines[1:]])
