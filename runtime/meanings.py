"""What the figure explains messages and findings with: the specification, as JSON.

The words and the tables are those of :mod:`asgiscope`; here they only take a form that the browser
can read at once. A language's file is fetched when a reader selects the first step; the addresses
of the rules come with what runs code.
"""

from __future__ import annotations

import json
from typing import Any, Final

from asgiscope.reference.specification import in_language, specification
from asgiscope.server.write_buffer import HIGH_WATER, LOW_WATER
from asgiscope.spec import RULES
from asgiscope.texts import languages, words

SHOWN: Final = {"scopes": ("url", "keys"), "messages": ("url", "meaning", "keys")}


def spec_files() -> dict[str, bytes]:
    """By name: ``addresses.json``, ``wire.json``, and ``meanings_zh.json``, ``mistakes_zh.json``
    and so on for each language.
    """
    files: dict[str, Any] = {}
    for language in languages():
        files[f"meanings_{language}.json"] = meanings(language)
        files[f"mistakes_{language}.json"] = mistakes(language)
    marks = {"high": HIGH_WATER, "low": LOW_WATER}
    return {
        name: _dump(data)
        for name, data in {**files, "addresses.json": addresses(), "wire.json": marks}.items()
    }


def addresses() -> dict[str, str]:
    """Where rules are written: the ids of the rules of each address."""
    rules: dict[str, list[str]] = {}
    for rule in RULES.values():
        rules.setdefault(rule.url, []).append(rule.id)
    return {url: " ".join(ids) for url, ids in rules.items()}


def meanings(language: str) -> dict[str, Any]:
    """Scopes and messages with their keys, and what the states of a connection mean."""
    told = in_language(specification(), language)
    data: dict[str, Any] = {
        kind: {name: {part: entry[part] for part in parts} for name, entry in told[kind].items()}
        for kind, parts in SHOWN.items()
    }
    data["states"] = {protocol: machine["names"] for protocol, machine in told["states"].items()}
    return data


def mistakes(language: str) -> dict[str, Any]:
    """The sentences for what is wrong with a client's steps."""
    told = words(language, "client")
    return {"nothing": told.NOTHING, "added": told.SENTENCES, "sentences": told.MISTAKES}


def _dump(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
