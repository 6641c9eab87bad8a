"""The specification as one piece of plain data, with its words in both languages.

This is what ``/spec.json`` holds, what the reference pages are written from, and what a figure
explains a message with. ``spec.schema.json`` beside the tables describes its shape.
"""

from __future__ import annotations

import re
from typing import Any, Final

from ..spec import EXTENSIONS, MESSAGES, RULES, SCOPES, SPECIFICATION, Key
from ..spec import meanings_en as en
from ..spec import meanings_zh as zh
from ..spec.source import source_data
from ..spec.statements import REASONS, STATEMENTS
from ..spec.texts_en import TEXTS as TEXTS_EN
from ..spec.texts_zh import TEXTS as TEXTS_ZH
from .state_diagrams import START, STATES, TABLES

OPTIONAL: Final = re.compile(r"\{and_\w+\}")
VERSION: Final = "3.0"  # of ASGI itself, as scope["asgi"]["version"] says it

# Types that have no short name in Python, in words. The others stay as they are.
_TYPES: Final[dict[str, dict[str, str]]] = {
    "headers": {"zh": "[bytes, bytes] 的可迭代对象", "en": "iterable of [bytes, bytes]"},
    "iterable of bytes": {"zh": "bytes 的可迭代对象", "en": "iterable of bytes"},
    "iterable of str": {"zh": "str 的可迭代对象", "en": "iterable of str"},
    "host and port": {"zh": "[str, int | None]", "en": "[str, int | None]"},
    "file": {"zh": "打开的文件", "en": "open file"},
}


def specification() -> dict[str, Any]:
    """Everything. A text is ``{"zh": ..., "en": ...}``; a default is Python source."""
    return {
        "asgi": VERSION,
        "source": SPECIFICATION,
        "read_from": source_data(),
        "scopes": {name: _scope(name) for name in SCOPES},
        "messages": {name: _message(name) for name in MESSAGES},
        "extensions": {name: _extension(name) for name in EXTENSIONS},
        "rules": {name: _rule(name) for name in RULES},
        "statements": [_statement(index) for index in range(len(STATEMENTS))],
        "reasons": REASONS,
        "states": {protocol: _machine(protocol) for protocol in TABLES},
    }


def in_language(data: Any, language: str) -> Any:
    """The same data with every text in one language."""
    if isinstance(data, list):
        return [in_language(item, language) for item in data]
    if not isinstance(data, dict):
        return data
    if set(data) == {"zh", "en"}:
        return data[language]
    return {key: in_language(value, language) for key, value in data.items()}


def _text(chinese: str, english: str) -> dict[str, str]:
    return {"zh": chinese, "en": english}


def _scope(name: str) -> dict[str, Any]:
    scope = SCOPES[name]
    keys = [_key(key, zh.SCOPES[name][key.name], en.SCOPES[name][key.name]) for key in scope.keys]
    return {"version": scope.version, "url": scope.url, "keys": keys}


def _message(name: str) -> dict[str, Any]:
    message = MESSAGES[name]
    data: dict[str, Any] = {
        "protocol": message.protocol,
        "direction": message.direction,
        "url": message.url,
        "meaning": _text(zh.MESSAGES[name], en.MESSAGES[name]),
    }
    if message.extension:
        data["extension"] = message.extension
    full = {key.name: f"{name}.{key.name}" for key in message.keys}
    data["keys"] = [
        _key(key, zh.KEYS[full[key.name]], en.KEYS[full[key.name]]) for key in message.keys
    ]
    return data


def _extension(name: str) -> dict[str, Any]:
    extension = EXTENSIONS[name]
    return {
        "protocols": list(extension.protocols),
        "url": extension.url,
        "meaning": _text(zh.EXTENSIONS[name], en.EXTENSIONS[name]),
        "messages": list(extension.messages),
        "keys": [_key(key, zh.TLS[key.name], en.TLS[key.name]) for key in extension.keys],
    }


def _key(key: Key, chinese: str, english: str) -> dict[str, Any]:
    """A key without ``default`` is required."""
    data = {"name": key.name, "type": _type(key.type), "meaning": _text(chinese, english)}
    if not key.required:
        data["default"] = repr(key.default).replace("'", '"')
    if key.since:
        data["since"] = key.since
    return data


def _type(name: str) -> dict[str, str]:
    plain, some, _ = name.partition(" or None")
    words = _TYPES.get(plain, _text(plain, plain))
    return {language: text + (" | None" if some else "") for language, text in words.items()}


def _rule(name: str) -> dict[str, Any]:
    rule = RULES[name]
    parts = zip(("title", "found", "fix"), TEXTS_ZH[name], TEXTS_EN[name], strict=True)
    words = {part: _text(_always(chinese), _always(english)) for part, chinese, english in parts}
    return {"level": rule.level, "raises": rule.raises, "url": rule.url, **words}


def _always(text: str) -> str:
    """A text without the sentences that it has only where there is something to say."""
    return OPTIONAL.sub("", text)


def _statement(index: int) -> dict[str, Any]:
    statement = STATEMENTS[index]
    data: dict[str, Any] = {
        "verb": statement.verb,
        "who": statement.who,
        "url": statement.url,
        "text": _text(statement.zh, statement.en),
        "rules": list(statement.rules),
    }
    if statement.reason:
        data["reason"] = statement.reason
    return data


def _machine(protocol: str) -> dict[str, Any]:
    transitions = [
        {"from": state.value, "on": trigger, "to": following.value}
        for state, row in TABLES[protocol].items()
        for trigger, following in row.items()
    ]
    known = {
        name: _text(STATES["zh"][protocol][name], text)
        for name, text in STATES["en"][protocol].items()
    }
    return {"start": START[protocol], "names": known, "transitions": transitions}
