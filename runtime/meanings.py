"""What the figure explains a message with: the specification's keys, as JSON in each language.

The words and the tables are those of :mod:`asgiscope`; here they only take a form that the browser
can read at once. A language's file is fetched when a reader selects the first step.
"""

from __future__ import annotations

import json
from typing import Any, Final

from asgiscope.reference import in_language, specification
from asgiscope.wire import HIGH_WATER, LOW_WATER

LANGUAGES: Final = ("zh", "en")
SHOWN: Final = {"scopes": ("url", "keys"), "messages": ("url", "meaning", "keys")}


def spec_files() -> dict[str, bytes]:
    """The files by name: ``meanings_zh.json``, ``meanings_en.json``, ``wire.json``."""
    files = {f"meanings_{language}.json": meanings(language) for language in LANGUAGES}
    marks = {"high": HIGH_WATER, "low": LOW_WATER}
    return {name: _dump(data) for name, data in {**files, "wire.json": marks}.items()}


def meanings(language: str) -> dict[str, Any]:
    """Scopes and messages with their keys, and what the states of a connection mean."""
    told = in_language(specification(), language)
    data: dict[str, Any] = {
        kind: {name: {part: entry[part] for part in parts} for name, entry in told[kind].items()}
        for kind, parts in SHOWN.items()
    }
    data["states"] = {protocol: machine["names"] for protocol, machine in told["states"].items()}
    return data


def _dump(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
