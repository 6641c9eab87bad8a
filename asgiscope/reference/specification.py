"""The specification as one piece of plain data, with its words in every language.

This is what ``/spec.json`` holds, what the reference pages are written from, and what a figure
explains a message with. ``spec.schema.json`` beside the tables describes its shape.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from typing import Any, Final, get_args

from ..spec import EXTENSIONS, MESSAGES, RULES, SCOPES, SPECIFICATION, Key
from ..spec.source import source_data
from ..spec.statements import STATEMENTS, Reason
from ..texts import languages, words
from .state_diagrams import START, TABLES

OPTIONAL: Final = re.compile(r"\{and_\w+\}")
VERSION: Final = "3.0"  # of ASGI itself, as scope["asgi"]["version"] says it


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
        "statements": list(_statements()),
        "reasons": {reason: _text("statements", "REASONS", reason) for reason in get_args(Reason)},
        "states": {protocol: _machine(protocol) for protocol in TABLES},
    }


def in_language(data: Any, language: str) -> Any:
    """The same data with every text in one language."""
    if isinstance(data, list):
        return [in_language(item, language) for item in data]
    if not isinstance(data, dict):
        return data
    if set(data) == set(languages()):
        return data[language]
    return {key: in_language(value, language) for key, value in data.items()}


def _text(part: str, table: str, *keys: Any) -> dict[str, str]:
    """By language, what one of its tables of words has under these keys."""
    return {
        language: reduce(getitem, keys, getattr(words(language, part), table))
        for language in languages()
    }


def _scope(name: str) -> dict[str, Any]:
    scope = SCOPES[name]
    keys = [_key(key, "SCOPES", name, key.name) for key in scope.keys]
    return {"version": scope.version, "url": scope.url, "keys": keys}


def _message(name: str) -> dict[str, Any]:
    message = MESSAGES[name]
    data: dict[str, Any] = {
        "protocol": message.protocol,
        "direction": message.direction,
        "url": message.url,
        "meaning": _text("meanings", "MESSAGES", name),
    }
    if message.extension:
        data["extension"] = message.extension
    data["keys"] = [_key(key, "KEYS", f"{name}.{key.name}") for key in message.keys]
    return data


def _extension(name: str) -> dict[str, Any]:
    extension = EXTENSIONS[name]
    return {
        "protocols": list(extension.protocols),
        "url": extension.url,
        "meaning": _text("meanings", "EXTENSIONS", name),
        "messages": list(extension.messages),
        "keys": [_key(key, "TLS", key.name) for key in extension.keys],
    }


def _key(key: Key, *meaning: str) -> dict[str, Any]:
    """A key without ``default`` is required. ``meaning`` is where its words are."""
    data: dict[str, Any] = {"name": key.name, "type": _type(key.type)}
    data["meaning"] = _text("meanings", *meaning)
    if not key.required:
        data["default"] = repr(key.default).replace("'", '"')
    if key.since:
        data["since"] = key.since
    return data


def _type(name: str) -> dict[str, str]:
    plain, some, _ = name.partition(" or None")
    none = " | None" if some else ""
    return {
        language: words(language, "meanings").TYPES.get(plain, plain) + none
        for language in languages()
    }


def _rule(name: str) -> dict[str, Any]:
    rule = RULES[name]
    told = {
        part: {lang: _always(text) for lang, text in _text("findings", "TEXTS", name, at).items()}
        for at, part in enumerate(("title", "found", "fix"))
    }
    return {"level": rule.level, "raises": rule.raises, "url": rule.url, **told}


def _always(text: str) -> str:
    """A text without the sentences that it has only where there is something to say."""
    return OPTIONAL.sub("", text)


def _statements() -> Iterator[dict[str, Any]]:
    """Their words stand by section, in the same order."""
    before: Counter[str] = Counter()
    for statement in STATEMENTS:
        section, index = statement.section, before[statement.section]
        before[section] += 1
        data: dict[str, Any] = {
            "verb": statement.verb,
            "who": statement.who,
            "url": statement.url,
            "text": _text("statements", "STATEMENTS", section, index),
            "rules": list(statement.rules),
        }
        if statement.reason:
            data["reason"] = statement.reason
        yield data


def _machine(protocol: str) -> dict[str, Any]:
    transitions = [
        {"from": state.value, "on": trigger, "to": following.value}
        for state, row in TABLES[protocol].items()
        for trigger, following in row.items()
    ]
    known = {
        state.value: _text("states", "STATES", protocol, state.value) for state in TABLES[protocol]
    }
    return {"start": START[protocol], "names": known, "transitions": transitions}
