"""common/words: each language says all that the others say, of the same values."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

import pytest

from common.languages import languages
from common.words import known, words


def holes(told: Any, name: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Every text of a module, by the way to it, with the names of the values that it takes."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield from holes(value, f"{name}.{key}")
    elif isinstance(told, tuple):
        for number, value in enumerate(told):
            yield from holes(value, f"{name}.{number}")
    else:
        yield name, frozenset(field for _, field, _, _ in string.Formatter().parse(told) if field)


def all_of(language: str) -> dict[str, frozenset[str]]:
    module = vars(words(language))
    return dict(hole for name in module if name.isupper() for hole in holes(module[name], name))


@pytest.mark.parametrize("language", known())
def test_a_language_has_the_words_and_the_values_of_the_first(language: str) -> None:
    first, *_ = languages()
    wanted = all_of(first)
    found = all_of(language)
    assert found.keys() == wanted.keys()
    differ = {key for key in found if found[key] != wanted[key]}
    assert differ <= {"BOOK.on"}  # a month has a name or a number


def test_every_language_of_the_site_has_words() -> None:
    assert set(languages()) <= set(known())
    with pytest.raises(KeyError, match=r"common/words has no fr\.py; it has en, zh"):
        words("fr")
