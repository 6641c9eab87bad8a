"""What the figure explains a message with: the specification's keys, as JSON in each language.

The words and the tables are those of :mod:`asgiscope`; here they only take a form that the browser
can read at once. A language's file is fetched when a reader selects the first step.
"""

from __future__ import annotations

import json
from typing import Any, Final

from asgiscope.spec import MESSAGES, SCOPES, Key, meanings_en, meanings_zh
from asgiscope.state_diagrams import STATES
from asgiscope.wire import HIGH_WATER, LOW_WATER

# Types that have no short name in Python, in words. The others stay as they are.
TYPES: Final[dict[str, dict[str, str]]] = {
    "zh": {
        "headers": "[bytes, bytes] 的可迭代对象",
        "iterable of bytes": "bytes 的可迭代对象",
        "iterable of str": "str 的可迭代对象",
        "host and port": "[str, int | None]",
        "file": "打开的文件",
    },
    "en": {
        "headers": "iterable of [bytes, bytes]",
        "iterable of bytes": "iterable of bytes",
        "iterable of str": "iterable of str",
        "host and port": "[str, int | None]",
        "file": "open file",
    },
}
_MEANINGS: Final = {"zh": meanings_zh, "en": meanings_en}


def spec_files() -> dict[str, bytes]:
    """The files by name: ``meanings_zh.json``, ``meanings_en.json``, ``wire.json``."""
    files = {f"meanings_{language}.json": meanings(language) for language in _MEANINGS}
    marks = {"high": HIGH_WATER, "low": LOW_WATER}
    return {name: _dump(data) for name, data in {**files, "wire.json": marks}.items()}


def meanings(language: str) -> dict[str, Any]:
    """Scopes and messages with their keys, and what the states of a connection mean."""
    words = _MEANINGS[language]
    return {
        "scopes": {
            name: {
                "url": scope.url,
                "keys": [_key(key, words.SCOPES[name][key.name], language) for key in scope.keys],
            }
            for name, scope in SCOPES.items()
        },
        "messages": {
            name: {
                "url": message.url,
                "meaning": words.MESSAGES[name],
                "keys": [
                    _key(key, words.KEYS[f"{name}.{key.name}"], language) for key in message.keys
                ],
            }
            for name, message in MESSAGES.items()
        },
        "states": STATES[language],
    }


def _key(key: Key, meaning: str, language: str) -> dict[str, str]:
    """A key without ``default`` is required."""
    data = {"name": key.name, "type": _type(key.type, language), "meaning": meaning}
    if not key.required:
        data["default"] = repr(key.default).replace("'", '"')
    if key.since:
        data["since"] = key.since
    return data


def _type(name: str, language: str) -> str:
    plain, some, _ = name.partition(" or None")
    return TYPES[language].get(plain, plain) + (" | None" if some else "")


def _dump(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
